use jit_domain::{
    sessions::{AuthnRequest, Session, SessionState},
    values::Timestamp,
};
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::{code, sessions::columns_of};

static SESSION: Put = Put {
    table: "sessions",
    insert: "INSERT INTO sessions (
            workspace_id, id, version, hash, principal, principal_id, state, saml, connection_id,
            name_id, created_at, expires_at, over_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    replace: "UPDATE sessions SET version = $3, hash = $4, principal = $5, principal_id = $6,
            state = $7, saml = $8, connection_id = $9, name_id = $10, created_at = $11,
            expires_at = $12, over_at = $13
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_session(batch: &mut Batch<'_>, it: &Session) -> Done {
    let (kind, principal_id) = columns_of(it.principal);
    let saml = it.saml.as_ref();
    let put = batch
        .put(&SESSION, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(&it.hash.0[..])
        .bind(kind)
        .bind(principal_id)
        .bind(Json(&it.state))
        .bind(saml.map(Json))
        .bind(saml.map(|it| it.connection.uuid()))
        .bind(saml.map(|it| it.name_id.value.as_str()))
        .bind(it.created_at)
        .bind(it.expires_at)
        .bind(over_at(it));
    put.hit()
}

fn over_at(session: &Session) -> Timestamp {
    match session.state {
        SessionState::Ended { at } => at.min(session.expires_at),
        SessionState::AwaitingBrowser { .. } | SessionState::Active => session.expires_at,
    }
}

static AUTHN_REQUEST: Put = Put {
    table: "authn_requests",
    insert: "INSERT INTO authn_requests (
            workspace_id, id, version, connection_id, purpose, browser, return_to, created_at,
            expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    replace:
        "UPDATE authn_requests SET version = $3, connection_id = $4, purpose = $5, browser = $6,
            return_to = $7, created_at = $8, expires_at = $9
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_authn_request(batch: &mut Batch<'_>, it: &AuthnRequest) -> Done {
    let put = batch
        .put(&AUTHN_REQUEST, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.connection.uuid())
        .bind(code(it.purpose)?)
        .bind(&it.browser.0[..])
        .bind(&it.return_to)
        .bind(it.created_at)
        .bind(it.expires_at);
    put.hit()
}
