use jit_domain::{
    access::{AccessRequest, Decider, Decision, Grant, RequestState, Revocation},
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, EndUserId,
        GrantId, WorkspaceId,
    },
    values::Version,
};
use proptest::{option, prelude::*};

use super::values::{id, note, optional_timestamp, reason, timestamp};

/// A person or a script.
pub fn decider() -> impl Strategy<Value = Decider> {
    prop_oneof![
        id(AdministratorId::new).prop_map(Decider::Administrator),
        id(ApiTokenId::new).prop_map(Decider::ApiToken),
    ]
}

/// Who, when, and with what note.
pub fn decision() -> impl Strategy<Value = Decision> {
    let parts = (decider(), timestamp(), option::of(note()));
    parts.prop_map(|(by, at, note)| Decision { by, at, note })
}

/// Any state; a rejection has a note.
pub fn request_state() -> impl Strategy<Value = RequestState> {
    let rejected = (decision(), note()).prop_map(|(decision, note)| {
        let note = Some(note);
        let decision = Decision { note, ..decision };
        RequestState::Rejected { decision }
    });
    prop_oneof![
        Just(RequestState::Pending),
        (decision(), id(GrantId::new))
            .prop_map(|(decision, grant)| RequestState::Approved { decision, grant }),
        rejected,
        timestamp().prop_map(|at| RequestState::Withdrawn { at }),
        timestamp().prop_map(|at| RequestState::Cancelled { at }),
    ]
}

/// A request in any state.
pub fn access_request(workspace: WorkspaceId) -> impl Strategy<Value = AccessRequest> {
    let names = (
        id(AccessRequestId::new),
        id(ApiClientId::new),
        id(EndUserId::new),
        id(ApiCollectionId::new),
    );
    (names, reason(), timestamp(), request_state()).prop_map(
        move |((id, client, requester, collection), reason, requested_at, state)| AccessRequest {
            id,
            workspace,
            version: Version::FIRST,
            client,
            requester,
            collection,
            reason,
            requested_at,
            state,
        },
    )
}

/// When and why something was taken back.
pub fn revocation() -> impl Strategy<Value = Revocation> {
    let parts = (decider(), timestamp(), note());
    parts.prop_map(|(by, at, reason)| Revocation { by, at, reason })
}

/// A grant, ended or not.
pub fn grant(workspace: WorkspaceId) -> impl Strategy<Value = Grant> {
    let names = (
        id(GrantId::new),
        id(ApiClientId::new),
        id(ApiCollectionId::new),
        id(AccessRequestId::new),
    );
    let given = (decider(), timestamp(), optional_timestamp());
    (names, given, option::of(revocation())).prop_map(
        move |(
            (id, client, collection, request),
            (granted_by, granted_at, expires_at),
            revoked,
        )| {
            Grant {
                id,
                workspace,
                version: Version::FIRST,
                client,
                collection,
                request,
                granted_by,
                granted_at,
                expires_at,
                revocation: revoked,
            }
        },
    )
}
