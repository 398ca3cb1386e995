use jit_domain::{
    sessions::{AuthnRequest, Session, SessionState},
    values::Timestamp,
};
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::{json, some_json};

const SESSION: Put = Put {
    insert: "INSERT INTO sessions (
            workspace_id, id, version, hash, principal, state, saml, created_at, expires_at, over_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    replace: "UPDATE sessions SET version = ?3, hash = ?4, principal = ?5, state = ?6, saml = ?7,
            created_at = ?8, expires_at = ?9, over_at = ?10
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_session(db: &mut SqliteConnection, it: &Session) -> Done {
    let put = SESSION
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(&it.hash.0[..])
        .bind(json(&it.principal)?)
        .bind(json(&it.state)?)
        .bind(some_json(it.saml.as_ref())?)
        .bind(it.created_at.timestamp_micros())
        .bind(it.expires_at.timestamp_micros())
        .bind(over_at(it).timestamp_micros());
    hit(db, put).await
}

fn over_at(session: &Session) -> Timestamp {
    match session.state {
        SessionState::Ended { at } => at.min(session.expires_at),
        SessionState::AwaitingBrowser { .. } | SessionState::Active => session.expires_at,
    }
}

const AUTHN_REQUEST: Put = Put {
    insert: "INSERT INTO authn_requests (
            workspace_id, id, version, connection_id, browser, return_to, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    replace:
        "UPDATE authn_requests SET version = ?3, connection_id = ?4, browser = ?5, return_to = ?6,
            created_at = ?7, expires_at = ?8
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_authn_request(db: &mut SqliteConnection, it: &AuthnRequest) -> Done {
    let put = AUTHN_REQUEST
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.connection.uuid())
        .bind(&it.browser.0[..])
        .bind(&it.return_to)
        .bind(it.created_at.timestamp_micros())
        .bind(it.expires_at.timestamp_micros());
    hit(db, put).await
}
