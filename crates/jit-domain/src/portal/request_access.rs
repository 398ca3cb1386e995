use crate::{
    access::{AccessRequest, RequestState},
    audit::Event,
    catalogue::{self, ApiCollection},
    change::{Change, Ref},
    error::{Error, Rejection},
    ids::{AccessRequestId, ApiCollectionId},
    values::{Reason, Timestamp, Version},
    views::{AccessRequestFilter, AccessRequestRow, AccessState, Page, PageRequest},
};

use super::{
    Decided, EndUserCaller, Portal,
    discover::{Standing, for_user},
};

/// Decides a request for access (R18, R20, R23). `access` is where the user stands with the collection.
fn decide_request(
    standing: &Standing,
    collection: &ApiCollection,
    access: AccessState,
    reason: Reason,
    id: AccessRequestId,
    now: Timestamp,
) -> Result<Decided<AccessRequest>, Rejection> {
    let Standing { user, client } = standing;
    match access {
        AccessState::Granted(grant) => return Err(Rejection::AlreadyGranted { grant: grant.id }),
        AccessState::Pending(first) => return Err(Rejection::AlreadyPending { request: first.id }),
        AccessState::None | AccessState::Rejected(_) => {}
    }
    if !catalogue::is_visible(collection.publication, &collection.audience, &user.groups()) {
        return Err(Rejection::NotFound {
            what: "API collection",
        });
    }
    let request = AccessRequest {
        id,
        workspace: user.workspace,
        version: Version::FIRST,
        client: client.id(),
        requester: user.id,
        collection: collection.id,
        reason,
        requested_at: now,
        state: RequestState::Pending,
    };
    let event = Event::made("access_request.submitted", id)
        .with("client", client.id())
        .with("collection", collection.id);
    let changes = vec![
        Change::Unchanged(Ref::EndUser(user.id), user.version),
        Change::Unchanged(Ref::ApiClient(client.id()), client.version),
        Change::Unchanged(Ref::ApiCollection(collection.id), collection.version),
        Change::put(request.clone()),
    ];
    Ok(Decided {
        result: request,
        changes,
        events: vec![event],
    })
}

/// R23: a requester takes a pending request back; somebody else's does not exist for them.
fn decide_withdrawal(
    request: &AccessRequest,
    caller: &EndUserCaller,
    now: Timestamp,
) -> Result<Decided<()>, Rejection> {
    if request.requester != caller.end_user {
        return Err(Rejection::NotFound {
            what: "access request",
        });
    }
    let event = Event::changed("access_request.withdrawn", request.id, request.version);
    let withdrawn = request.ended(RequestState::Withdrawn { at: now })?;
    Ok(Decided {
        result: (),
        changes: vec![Change::put(withdrawn)],
        events: vec![event],
    })
}

impl Portal {
    /// Asks for a collection (R20).
    pub async fn request_access(
        &self,
        caller: &EndUserCaller,
        collection: ApiCollectionId,
        reason: &str,
    ) -> Result<AccessRequest, Error> {
        let reason = Reason::parse("reason", reason)?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let standing = self.standing(caller).await?;
            let client = standing.client.id();
            let collection = store.find_collection(caller.workspace, collection).await?;
            let collection = collection.ok_or(Rejection::NotFound {
                what: "API collection",
            })?;
            let requests = store
                .list_requests_of_client(caller.workspace, client)
                .await?;
            let grants = store
                .list_grants_of_client(caller.workspace, client)
                .await?;
            let now = self.now();
            let seen = for_user(
                vec![collection.clone()],
                &standing.user,
                &requests,
                &grants,
                now,
            )
            .pop();
            let access = seen
                .ok_or(Rejection::NotFound {
                    what: "API collection",
                })?
                .access;
            let id = self.id(AccessRequestId::new, now);
            let decided = decide_request(&standing, &collection, access, reason.clone(), id, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// Takes a pending request back (R23).
    pub async fn withdraw_request(
        &self,
        caller: &EndUserCaller,
        id: AccessRequestId,
    ) -> Result<(), Error> {
        self.deciding(|| async {
            let found = self
                .ports
                .store
                .find_access_request(caller.workspace, id)
                .await?;
            let request = found.ok_or(Rejection::NotFound {
                what: "access request",
            })?;
            let now = self.now();
            let decided = decide_withdrawal(&request, caller, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// The caller's own requests, newest first.
    pub async fn list_own_requests(
        &self,
        caller: &EndUserCaller,
        page: &PageRequest,
    ) -> Result<Page<AccessRequestRow>, Error> {
        let client = self.standing(caller).await?.client.id();
        let filter = AccessRequestFilter {
            client: Some(client),
            ..AccessRequestFilter::default()
        };
        Ok(self
            .ports
            .store
            .list_access_requests(caller.workspace, &filter, page)
            .await?)
    }
}
