use jit_domain::{
    console::{Administrator, ApiToken, ConsoleSignIn},
    ids::{AdministratorId, ApiTokenId, EndUserId, IdpConnectionId, WorkspaceId},
    people::Subject,
    values::{EmailAddress, Name},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct AdministratorRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    email: String,
    name: String,
    role: JsonText,
    password_hash: Option<String>,
    connection_id: Option<Uuid>,
    idp_entity_id: Option<String>,
    name_id: Option<String>,
    end_user_id: Option<Uuid>,
    created_at: Moment,
}

impl TryFrom<AdministratorRow> for Administrator {
    type Error = PostgresError;

    fn try_from(row: AdministratorRow) -> Result<Self, PostgresError> {
        let id = AdministratorId::new(row.id);
        let at = Place::new("administrators", &id);
        let sign_in = match row.password_hash {
            Some(hash) => ConsoleSignIn::Password { hash },
            None => ConsoleSignIn::Sso {
                connection: IdpConnectionId::new(at.present("connection_id", row.connection_id)?),
                subject: Subject {
                    idp_entity_id: at.present("idp_entity_id", row.idp_entity_id)?,
                    name_id: at.present("name_id", row.name_id)?,
                },
            },
        };
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            email: EmailAddress::restore(row.email),
            name: Name::restore(row.name),
            role: at.json("role", &row.role)?,
            sign_in,
            end_user: row.end_user_id.map(EndUserId::new),
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ApiTokenRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    name: String,
    role: JsonText,
    hash: Vec<u8>,
    hint: String,
    created_at: Moment,
    expires_at: Option<Moment>,
    revoked_at: Option<Moment>,
}

impl TryFrom<ApiTokenRow> for ApiToken {
    type Error = PostgresError;

    fn try_from(row: ApiTokenRow) -> Result<Self, PostgresError> {
        let id = ApiTokenId::new(row.id);
        let at = Place::new("api_tokens", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            name: Name::restore(row.name),
            role: at.json("role", &row.role)?,
            hash: at.hash("hash", &row.hash)?,
            hint: row.hint,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.some_time("expires_at", row.expires_at)?,
            revoked_at: at.some_time("revoked_at", row.revoked_at)?,
        })
    }
}
