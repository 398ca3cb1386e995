use jit_domain::{
    ids::{IdpConnectionId, SessionId, WorkspaceId},
    sessions::{AuthnRequest, AuthnRequestId, Session},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct SessionRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    hash: Vec<u8>,
    principal: JsonText,
    state: JsonText,
    saml: Option<JsonText>,
    created_at: Moment,
    expires_at: Moment,
}

impl TryFrom<SessionRow> for Session {
    type Error = PostgresError;

    fn try_from(row: SessionRow) -> Result<Self, PostgresError> {
        let id = SessionId::new(row.id);
        let at = Place::new("sessions", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            hash: at.hash("hash", &row.hash)?,
            principal: at.json("principal", &row.principal)?,
            state: at.json("state", &row.state)?,
            saml: at.some_json("saml", row.saml.as_deref())?,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct AuthnRequestRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    connection_id: Uuid,
    browser: Vec<u8>,
    return_to: Option<String>,
    created_at: Moment,
    expires_at: Moment,
}

impl TryFrom<AuthnRequestRow> for AuthnRequest {
    type Error = PostgresError;

    fn try_from(row: AuthnRequestRow) -> Result<Self, PostgresError> {
        let id = AuthnRequestId::new(row.id);
        let at = Place::new("authn_requests", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            connection: IdpConnectionId::new(row.connection_id),
            browser: at.hash("browser", &row.browser)?,
            return_to: row.return_to,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
        })
    }
}
