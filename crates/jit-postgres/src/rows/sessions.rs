use jit_domain::{
    ids::{AdministratorId, EndUserId, IdpConnectionId, SessionId, SetupLinkId, WorkspaceId},
    sessions::{AuthnRequest, AuthnRequestId, Principal, Session},
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
    principal: String,
    principal_id: Uuid,
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
            principal: principal_from(at, &row.principal, row.principal_id)?,
            state: at.json("state", &row.state)?,
            saml: at.some_json("saml", row.saml.as_deref())?,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
        })
    }
}

const END_USER: &str = "end_user";
const ADMINISTRATOR: &str = "administrator";
const SETUP_CONTACT: &str = "setup_contact";

/// The columns of a principal.
pub(crate) fn columns_of(principal: Principal) -> (&'static str, Uuid) {
    match principal {
        Principal::EndUser(id) => (END_USER, id.uuid()),
        Principal::Administrator(id) => (ADMINISTRATOR, id.uuid()),
        Principal::SetupContact(id) => (SETUP_CONTACT, id.uuid()),
    }
}

fn principal_from(at: Place<'_>, kind: &str, id: Uuid) -> Result<Principal, PostgresError> {
    Ok(match kind {
        END_USER => Principal::EndUser(EndUserId::new(id)),
        ADMINISTRATOR => Principal::Administrator(AdministratorId::new(id)),
        SETUP_CONTACT => Principal::SetupContact(SetupLinkId::new(id)),
        other => return Err(at.corrupt("principal", "somebody who can sign in", other)),
    })
}

#[derive(FromRow)]
pub(crate) struct AuthnRequestRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    connection_id: Uuid,
    purpose: String,
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
            purpose: at.code("purpose", &row.purpose)?,
            browser: at.hash("browser", &row.browser)?,
            return_to: row.return_to,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
        })
    }
}
