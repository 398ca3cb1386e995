use crate::{
    access::{AccessRequest, Decision, Grant, RequestState},
    audit::Event,
    catalogue::{ApiCollection, Publication},
    change::{Change, Ref},
    clients::ApiClient,
    console::ConsoleCaller,
    error::{Error, InvalidField, Rejection},
    ids::{AccessRequestId, GrantId},
    people::EndUser,
    values::{Note, Timestamp, Version},
};

use super::{Decided, Portal};

/// How a request is approved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approval {
    /// What to say to the requester.
    pub note: Option<String>,
    /// Until when the access lasts; for ever if absent (R22).
    pub expires_at: Option<Timestamp>,
}

/// What a decision about a request relies on.
struct RequestView {
    request: AccessRequest,
    requester: EndUser,
    client: ApiClient,
    collection: ApiCollection,
}

impl RequestView {
    /// Whether this caller may decide it now (R21, R22, R24, R30).
    fn check(&self, caller: &ConsoleCaller) -> Result<(), Rejection> {
        if !caller.may_see(self.request.collection) {
            return Err(Rejection::NotFound {
                what: "access request",
            });
        }
        if !caller.may_decide(self.request.collection) {
            return Err(Rejection::RoleMissing { needed: "approver" });
        }
        if caller.is_same_person(&self.requester) {
            return Err(Rejection::OwnRequest);
        }
        Ok(())
    }

    /// Everything that the decision relied on, beside the request itself, which is put.
    fn guards(&self) -> Vec<Change> {
        vec![
            Change::Unchanged(Ref::EndUser(self.requester.id), self.requester.version),
            Change::Unchanged(Ref::ApiClient(self.client.id()), self.client.version),
            Change::Unchanged(
                Ref::ApiCollection(self.collection.id),
                self.collection.version,
            ),
        ]
    }
}

fn decide_approval(
    view: &RequestView,
    caller: &ConsoleCaller,
    note: Option<Note>,
    expires_at: Option<Timestamp>,
    grant: GrantId,
    now: Timestamp,
) -> Result<Decided<Grant>, Rejection> {
    view.check(caller)?;
    if let Some(end) = expires_at.filter(|end| *end <= now) {
        return Err(
            InvalidField::new("expires_at", "a moment in the future", end.to_rfc3339()).into(),
        );
    }
    let request = &view.request;
    let decision = Decision {
        by: caller.identity,
        at: now,
        note,
    };
    let approved = request.ended(RequestState::Approved { decision, grant })?;
    if !view.requester.is_usable() {
        return Err(Rejection::RequesterSuspended);
    }
    if view.collection.publication != Publication::Published {
        return Err(Rejection::NotFound {
            what: "published API collection",
        });
    }
    let grant = Grant {
        id: grant,
        workspace: caller.workspace,
        version: Version::FIRST,
        client: request.client,
        collection: request.collection,
        request: request.id,
        granted_by: caller.identity,
        granted_at: now,
        expires_at,
        revocation: None,
    };
    let events = vec![
        Event::changed("access_request.approved", request.id, request.version)
            .with("grant", grant.id)
            .with("client", request.client)
            .with("collection", request.collection),
        Event::made("grant.created", grant.id)
            .with("client", request.client)
            .with("collection", request.collection)
            .with_some("expires_at", expires_at.map(|end| end.to_rfc3339())),
    ];
    let mut changes = view.guards();
    changes.push(Change::put(approved));
    changes.push(Change::put(grant.clone()));
    Ok(Decided {
        result: grant,
        changes,
        events,
    })
}

fn decide_rejection(
    view: &RequestView,
    caller: &ConsoleCaller,
    note: Note,
    now: Timestamp,
) -> Result<Decided<()>, Rejection> {
    view.check(caller)?;
    let request = &view.request;
    let decision = Decision {
        by: caller.identity,
        at: now,
        note: Some(note),
    };
    let rejected = request.ended(RequestState::Rejected { decision })?;
    let event = Event::changed("access_request.rejected", request.id, request.version)
        .with("client", request.client)
        .with("collection", request.collection);
    Ok(Decided {
        result: (),
        changes: vec![Change::put(rejected)],
        events: vec![event],
    })
}

impl Portal {
    /// Approves a pending request: the client may call from the next call on (R21, R22).
    pub async fn approve(
        &self,
        caller: &ConsoleCaller,
        id: AccessRequestId,
        approval: &Approval,
    ) -> Result<Grant, Error> {
        let note = approval
            .note
            .as_deref()
            .filter(|note| !note.trim().is_empty());
        let note = note.map(|note| Note::parse("note", note)).transpose()?;
        self.deciding(|| async {
            let view = self.request_view(caller, id).await?;
            let now = self.now();
            let grant = self.id(GrantId::new, now);
            let decided =
                decide_approval(&view, caller, note.clone(), approval.expires_at, grant, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// Rejects a pending request, with a note that the requester reads (R22).
    pub async fn reject(
        &self,
        caller: &ConsoleCaller,
        id: AccessRequestId,
        note: &str,
    ) -> Result<(), Error> {
        let note = Note::parse("note", note)?;
        self.deciding(|| async {
            let view = self.request_view(caller, id).await?;
            let now = self.now();
            let decided = decide_rejection(&view, caller, note.clone(), now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    async fn request_view(
        &self,
        caller: &ConsoleCaller,
        id: AccessRequestId,
    ) -> Result<RequestView, Error> {
        let store = &self.ports.store;
        let workspace = caller.workspace;
        let request = store.find_access_request(workspace, id).await?;
        let request = request.ok_or(Rejection::NotFound {
            what: "access request",
        })?;
        let requester = store.find_end_user(workspace, request.requester).await?;
        let client = store.find_client(workspace, request.client).await?;
        let collection = store.find_collection(workspace, request.collection).await?;
        match (requester, client, collection) {
            (Some(requester), Some(client), Some(collection)) => Ok(RequestView {
                request,
                requester,
                client,
                collection,
            }),
            _ => Err(Rejection::NotFound {
                what: "access request",
            }
            .into()),
        }
    }
}
