use jit_domain::{
    access::{AccessRequest, Decision, Grant, RequestState},
    ids::GrantId,
    values::{Note, Timestamp},
};
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::{json, some_json};

const REQUEST: Put = Put {
    insert: "INSERT INTO access_requests (
            workspace_id, id, version, client_id, requester_id, collection_id, reason, requested_at,
            status, ended_at, decided_by, note, grant_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    replace: "UPDATE access_requests SET version = ?3, client_id = ?4, requester_id = ?5,
            collection_id = ?6, reason = ?7, requested_at = ?8, status = ?9, ended_at = ?10,
            decided_by = ?11, note = ?12, grant_id = ?13
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_request(db: &mut SqliteConnection, it: &AccessRequest) -> Done {
    let end = End::of(&it.state);
    let put = REQUEST
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.client.uuid())
        .bind(it.requester.uuid())
        .bind(it.collection.uuid())
        .bind(it.reason.as_str())
        .bind(it.requested_at.timestamp_micros())
        .bind(it.status().code())
        .bind(end.at.map(|at| at.timestamp_micros()))
        .bind(some_json(end.decision.map(|decision| &decision.by))?)
        .bind(
            end.decision
                .and_then(|it| it.note.as_ref())
                .map(Note::as_str),
        )
        .bind(end.grant.map(GrantId::uuid));
    hit(db, put).await
}

/// The columns of a state but its name.
struct End<'a> {
    at: Option<Timestamp>,
    decision: Option<&'a Decision>,
    grant: Option<GrantId>,
}

impl<'a> End<'a> {
    fn of(state: &'a RequestState) -> Self {
        let (at, decision, grant) = match state {
            RequestState::Pending => (None, None, None),
            RequestState::Approved { decision, grant } => {
                (Some(decision.at), Some(decision), Some(*grant))
            }
            RequestState::Rejected { decision } => (Some(decision.at), Some(decision), None),
            RequestState::Withdrawn { at } | RequestState::Cancelled { at } => {
                (Some(*at), None, None)
            }
        };
        Self {
            at,
            decision,
            grant,
        }
    }
}

const GRANT: Put = Put {
    insert: "INSERT INTO grants (
            workspace_id, id, version, client_id, collection_id, request_id, granted_by, granted_at,
            expires_at, revoked_by, revoked_at, revocation_reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    replace: "UPDATE grants SET version = ?3, client_id = ?4, collection_id = ?5, request_id = ?6,
            granted_by = ?7, granted_at = ?8, expires_at = ?9, revoked_by = ?10, revoked_at = ?11,
            revocation_reason = ?12
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_grant(db: &mut SqliteConnection, it: &Grant) -> Done {
    let revocation = it.revocation.as_ref();
    let put = GRANT
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.client.uuid())
        .bind(it.collection.uuid())
        .bind(it.request.uuid())
        .bind(json(&it.granted_by)?)
        .bind(it.granted_at.timestamp_micros())
        .bind(it.expires_at.map(|at| at.timestamp_micros()))
        .bind(some_json(revocation.map(|it| &it.by))?)
        .bind(revocation.map(|it| it.at.timestamp_micros()))
        .bind(revocation.map(|it| it.reason.as_str()));
    hit(db, put).await
}
