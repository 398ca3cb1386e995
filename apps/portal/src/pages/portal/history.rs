//! What became of a request, step by step.

use std::collections::BTreeMap;

use jit_domain::{
    access::{AccessRequest, Decider, Grant, RequestState},
    error::Error,
    ids::AccessRequestId,
    portal::EndUserCaller,
    values::Timestamp,
    views::{PageLimit, PageRequest},
};

use crate::{
    pages::view::{Step, Tone},
    wiring::App,
};

/// Tells histories; looks up each name once.
pub(super) struct Histories<'a> {
    app: &'a App,
    now: Timestamp,
    grants: BTreeMap<AccessRequestId, Grant>,
    names: BTreeMap<Decider, String>,
}

impl<'a> Histories<'a> {
    pub(super) async fn of(app: &'a App, caller: &EndUserCaller) -> Result<Self, Error> {
        let newest = PageRequest {
            after: None,
            limit: PageLimit::clamped(100),
        };
        let rows = app.portal.list_own_grants(caller, &newest).await?.items;
        let grants = rows
            .into_iter()
            .map(|row| (row.grant.request, row.grant))
            .collect();
        Ok(Self {
            app,
            now: app.portal.now(),
            grants,
            names: BTreeMap::new(),
        })
    }

    /// Oldest first, without the request itself.
    pub(super) async fn tell(&mut self, request: &AccessRequest) -> Result<Vec<Step>, Error> {
        Ok(match &request.state {
            RequestState::Pending => vec![],
            RequestState::Withdrawn { at } => vec![plain("Withdrawn by you", *at)],
            RequestState::Cancelled { at } => vec![plain(
                "Cancelled, for the collection is no longer published",
                *at,
            )],
            RequestState::Rejected { decision } => {
                let note = decision
                    .note
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                vec![
                    self.step(Tone::Bad, "Rejected", decision.by, decision.at, note)
                        .await?,
                ]
            }
            RequestState::Approved { decision, .. } => {
                let note = decision
                    .note
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                let approved = self
                    .step(Tone::Ok, "Approved", decision.by, decision.at, note)
                    .await?;
                let ended = self.end(request.id).await?;
                std::iter::once(approved).chain(ended).collect()
            }
        })
    }

    /// How the access ended that the request gave, or will end (R25).
    async fn end(&mut self, request: AccessRequestId) -> Result<Option<Step>, Error> {
        let Some(grant) = self.grants.get(&request).cloned() else {
            return Ok(None);
        };
        if let Some(revoked) = grant.revocation {
            let note = revoked.reason.to_string();
            let step = self
                .step(Tone::Bad, "Access taken back", revoked.by, revoked.at, note)
                .await?;
            return Ok(Some(step));
        }
        let title = |end: &Timestamp| {
            if *end <= self.now {
                "Access ended"
            } else {
                "Access will end"
            }
        };
        Ok(grant.expires_at.map(|end| plain(title(&end), end)))
    }

    async fn step(
        &mut self,
        tone: Tone,
        title: &str,
        by: Decider,
        at: Timestamp,
        note: String,
    ) -> Result<Step, Error> {
        let by = self.name(by).await?;
        Ok(Step {
            tone,
            title: title.to_owned(),
            at: Some(at.into()),
            by,
            note,
        })
    }

    async fn name(&mut self, decider: Decider) -> Result<String, Error> {
        if let Some(name) = self.names.get(&decider) {
            return Ok(name.clone());
        }
        let store = self.app.portal.store();
        let name = match decider {
            Decider::Administrator(id) => {
                let found = store.find_administrator(self.app.workspace, id).await?;
                found.map_or("an administrator".to_owned(), |it| it.name.to_string())
            }
            Decider::ApiToken(_) => "a script".to_owned(),
        };
        self.names.insert(decider, name.clone());
        Ok(name)
    }
}

fn plain(title: &str, at: Timestamp) -> Step {
    Step {
        title: title.to_owned(),
        at: Some(at.into()),
        ..Step::default()
    }
}
