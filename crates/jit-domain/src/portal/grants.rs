use crate::{
    access::{Grant, Revocation},
    audit::Event,
    change::Change,
    console::ConsoleCaller,
    error::{Error, Rejection},
    ids::GrantId,
    values::{Note, Timestamp},
    views::{GrantFilter, GrantRow, Page, PageRequest},
};

use super::{Decided, EndUserCaller, Portal};

/// R25: a grant ends by revocation, with a reason, once.
fn decide_revocation(
    grant: &Grant,
    caller: &ConsoleCaller,
    reason: Note,
    now: Timestamp,
) -> Result<Decided<()>, Rejection> {
    if !caller.may_see(grant.collection) {
        return Err(Rejection::NotFound { what: "grant" });
    }
    if !caller.may_decide(grant.collection) {
        return Err(Rejection::RoleMissing { needed: "approver" });
    }
    if !grant.is_live(now) {
        return Err(Rejection::AlreadyEnded { what: "grant" });
    }
    let event = Event::changed("grant.revoked", grant.id, grant.version)
        .with("client", grant.client)
        .with("collection", grant.collection);
    let version = grant.version.next();
    let revocation = Some(Revocation {
        by: caller.identity,
        at: now,
        reason,
    });
    let changes = vec![Change::put(Grant {
        version,
        revocation,
        ..grant.clone()
    })];
    Ok(Decided {
        result: (),
        changes,
        events: vec![event],
    })
}

impl Portal {
    /// A page of grants; approvers of named collections see theirs (R24).
    pub async fn list_grants(
        &self,
        caller: &ConsoleCaller,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Result<Page<GrantRow>, Error> {
        let filter = GrantFilter {
            collections: caller.visible_collections().cloned(),
            ..filter.clone()
        };
        Ok(self
            .ports
            .store
            .list_grants(caller.workspace, &filter, page)
            .await?)
    }

    /// The caller's own grants.
    pub async fn list_own_grants(
        &self,
        caller: &EndUserCaller,
        page: &PageRequest,
    ) -> Result<Page<GrantRow>, Error> {
        let client = self.standing(caller).await?.client.id();
        let filter = GrantFilter {
            client: Some(client),
            ..GrantFilter::default()
        };
        Ok(self
            .ports
            .store
            .list_grants(caller.workspace, &filter, page)
            .await?)
    }

    /// Takes a grant back; the client's next call is refused (R25, R28).
    pub async fn revoke_grant(
        &self,
        caller: &ConsoleCaller,
        id: GrantId,
        reason: &str,
    ) -> Result<(), Error> {
        let reason = Note::parse("reason", reason)?;
        self.deciding(|| async {
            let grant = self.ports.store.find_grant(caller.workspace, id).await?;
            let grant = grant.ok_or(Rejection::NotFound { what: "grant" })?;
            let now = self.now();
            let decided = decide_revocation(&grant, caller, reason.clone(), now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }
}
