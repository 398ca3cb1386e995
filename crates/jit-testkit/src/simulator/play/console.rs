use jit_domain::{
    audit::Event,
    catalogue::{Audience, Publication},
    connections::{IdpConnection, Switch},
    error::StoreError,
    ids::{AccessRequestId, ApiCollectionId, EndUserGroupId, PolicyId},
    people::{EndUser, HoldSource},
    portal::{Approval, CollectionDraft, Decided, Expected, decide_clear_hold, decide_open_hold},
    ports::Clock,
    settings::{AuthMethod, JitSettings, JitSettingsDraft},
    values::Timestamp,
};

use super::{Acted, Actor, Halt, nth};
use crate::simulator::history::Colleague;

const DOCUMENT: &str = r#"{"openapi": "3.1.0", "info": {"title": "An API", "version": "1.0.0"},
    "servers": [{"url": "https://upstream.example"}],
    "paths": {"/things": {"get": {"summary": "List things"}}}}"#;

impl Actor<'_> {
    /// The first settings, with a method that this release cannot save: it can still be replaced.
    pub(super) async fn save_as_another_release(&self) -> Acted {
        let settings = JitSettings {
            method: AuthMethod::Oauth2,
            ..self.world.make.settings()
        };
        let event = Event::made("jit_settings.saved", self.world.workspace);
        let commit = self.world.commit(Some(settings.into()), event);
        match self.doors.store.commit(&commit).await {
            Err(StoreError::Conflict) => Err(Halt::Idle),
            done => Ok(done?),
        }
    }

    pub(super) async fn save(&self, policy: Option<u8>, groups: u8) -> Acted {
        let all = self.groups().into_iter().enumerate();
        let chosen = all.filter(|(n, _)| groups >> n & 1 == 1);
        let draft = JitSettingsDraft {
            method: Some(AuthMethod::AuthToken),
            policy: policy.and_then(|n| nth(self.policies(), n).ok()),
            groups: chosen.map(|(_, group)| group).collect(),
        };
        let admin = self.administrator();
        self.portal
            .save_jit_settings(&admin, Expected::Any, &draft)
            .await?;
        Ok(())
    }

    pub(super) async fn apply(&self) -> Acted {
        self.portal
            .apply_jit_settings(&self.administrator())
            .await?;
        Ok(())
    }

    pub(super) async fn switch_jit(&self, on: bool) -> Acted {
        loop {
            let (workspace, id) = (self.world.workspace, self.world.connection);
            let found = self.doors.store.find_connection(workspace, id).await?;
            let before = found.ok_or(Halt::Idle)?;
            let event = Event::changed("idp_connection.changed", id, before.version);
            let after = IdpConnection {
                version: before.version.next(),
                jit: if on { Switch::On } else { Switch::Off },
                ..before
            };
            let commit = self.world.commit(Some(after.into()), event);
            match self.doors.store.commit(&commit).await {
                Err(StoreError::Conflict) => {}
                done => return Ok(done?),
            }
        }
    }

    pub(super) async fn approve(&self, request: u8, by: Colleague, hours: Option<u8>) -> Acted {
        let id = nth(self.requests(), request)?;
        let approval = Approval {
            note: None,
            expires_at: self.in_hours(hours),
        };
        self.portal
            .approve(&self.world.caller(by), id, &approval)
            .await?;
        self.world.known.borrow_mut().tally.approvals += 1;
        Ok(())
    }

    pub(super) async fn reject(&self, request: u8, by: Colleague) -> Acted {
        let id = nth(self.requests(), request)?;
        let by = self.world.caller(by);
        self.portal.reject(&by, id, "Not now.").await?;
        Ok(())
    }

    pub(super) async fn revoke(&self, grant: u8, by: Colleague) -> Acted {
        let grants = self
            .world
            .ledger()
            .grants()
            .into_iter()
            .map(|it| it.id)
            .collect();
        let id = nth(grants, grant)?;
        let by = self.world.caller(by);
        self.portal.revoke_grant(&by, id, "Not needed.").await?;
        Ok(())
    }

    pub(super) async fn open_hold(&self, number: u8, source: HoldSource) -> Acted {
        if source == HoldSource::Admin {
            let id = self.user(number)?;
            self.portal
                .open_hold(&self.administrator(), id, None)
                .await?;
            return Ok(());
        }
        self.pushed(number, |user, now| {
            decide_open_hold(user, source, None, now)
        })
        .await
    }

    pub(super) async fn clear_hold(&self, number: u8, source: HoldSource) -> Acted {
        if source == HoldSource::Admin {
            let id = self.user(number)?;
            self.portal.clear_hold(&self.administrator(), id).await?;
            return Ok(());
        }
        self.pushed(number, |user, _| decide_clear_hold(user, source))
            .await
    }

    /// What a provider pushes: read, decide, commit, and again on a conflict.
    async fn pushed(
        &self,
        number: u8,
        decide: impl Fn(&EndUser, Timestamp) -> Decided<EndUser>,
    ) -> Acted {
        let (store, id) = (&self.doors.store, self.user(number)?);
        loop {
            let found = store.find_end_user(self.world.workspace, id).await?;
            let user = found.ok_or(Halt::Idle)?;
            let decided = decide(&user, self.world.clock.now());
            let Some(event) = decided.events.into_iter().next() else {
                return Ok(());
            };
            let commit = self.world.commit(Some(decided.result.into()), event);
            match store.commit(&commit).await {
                Err(StoreError::Conflict) => {}
                done => return Ok(done?),
            }
        }
    }

    pub(super) async fn make_collection(&self, restricted: bool) -> Acted {
        let number = self.collections().len();
        let groups = self.groups();
        let group = groups.first().filter(|_| restricted);
        let draft = CollectionDraft {
            document: Some(DOCUMENT.to_owned()),
            slug: Some(format!("api-{number}")),
            audience: group.map(|id| Audience::Groups([*id].into())),
            ..CollectionDraft::default()
        };
        let admin = self.administrator();
        self.portal.create_collection(&admin, &draft).await?;
        Ok(())
    }

    pub(super) async fn publish(&self, collection: u8, publication: Publication) -> Acted {
        let id = nth(self.collections(), collection)?;
        let admin = self.administrator();
        self.portal.set_publication(&admin, id, publication).await?;
        Ok(())
    }

    pub(super) async fn delete_policy(&self, policy: u8) -> Acted {
        let id = nth(self.policies(), policy)?;
        self.portal.delete_policy(&self.administrator(), id).await?;
        Ok(())
    }

    pub(super) async fn delete_group(&self, group: u8) -> Acted {
        let id = nth(self.groups(), group)?;
        self.portal.delete_group(&self.administrator(), id).await?;
        Ok(())
    }

    /// The newest first, for that is what people decide.
    pub(super) fn requests(&self) -> Vec<AccessRequestId> {
        let ledger = self.world.ledger();
        ledger
            .requests()
            .into_iter()
            .rev()
            .map(|it| it.id)
            .collect()
    }

    pub(super) fn collections(&self) -> Vec<ApiCollectionId> {
        let ledger = self.world.ledger();
        ledger.collections().into_iter().map(|it| it.id).collect()
    }

    fn groups(&self) -> Vec<EndUserGroupId> {
        let ledger = self.world.ledger();
        ledger.groups().into_iter().map(|it| it.id).collect()
    }

    fn policies(&self) -> Vec<PolicyId> {
        let ledger = self.world.ledger();
        ledger.governing().into_iter().map(|it| it.id).collect()
    }
}
