use jit_domain::{
    access::{AccessRequest, Decision, Grant, RequestState},
    ids::GrantId,
    values::{Note, Timestamp},
};
use sqlx::types::Json;

use super::{Batch, Done, Put};

static REQUEST: Put = Put {
    table: "access_requests",
    insert: "INSERT INTO access_requests (
            workspace_id, id, version, client_id, requester_id, collection_id, reason, requested_at,
            status, ended_at, decided_by, note, grant_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    replace: "UPDATE access_requests SET version = $3, client_id = $4, requester_id = $5,
            collection_id = $6, reason = $7, requested_at = $8, status = $9, ended_at = $10,
            decided_by = $11, note = $12, grant_id = $13
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_request(batch: &mut Batch<'_>, it: &AccessRequest) -> Done {
    let end = End::of(&it.state);
    let put = batch
        .put(&REQUEST, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.client.uuid())
        .bind(it.requester.uuid())
        .bind(it.collection.uuid())
        .bind(it.reason.as_str())
        .bind(it.requested_at)
        .bind(it.status().code())
        .bind(end.at)
        .bind(end.decision.map(|decision| &decision.by).map(Json))
        .bind(
            end.decision
                .and_then(|it| it.note.as_ref())
                .map(Note::as_str),
        )
        .bind(end.grant.map(GrantId::uuid));
    put.hit()
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

static GRANT: Put = Put {
    table: "grants",
    insert: "INSERT INTO grants (
            workspace_id, id, version, client_id, collection_id, request_id, granted_by, granted_at,
            expires_at, revoked_by, revoked_at, revocation_reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    replace: "UPDATE grants SET version = $3, client_id = $4, collection_id = $5, request_id = $6,
            granted_by = $7, granted_at = $8, expires_at = $9, revoked_by = $10, revoked_at = $11,
            revocation_reason = $12
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_grant(batch: &mut Batch<'_>, it: &Grant) -> Done {
    let revocation = it.revocation.as_ref();
    let put = batch
        .put(&GRANT, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.client.uuid())
        .bind(it.collection.uuid())
        .bind(it.request.uuid())
        .bind(Json(&it.granted_by))
        .bind(it.granted_at)
        .bind(it.expires_at)
        .bind(revocation.map(|it| &it.by).map(Json))
        .bind(revocation.map(|it| it.at))
        .bind(revocation.map(|it| it.reason.as_str()));
    put.hit()
}
