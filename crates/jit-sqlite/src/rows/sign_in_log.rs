use jit_domain::{
    console::Origin,
    ids::{IdpConnectionId, SignInAttemptId, WorkspaceId},
    sign_in_log::SignInAttempt,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::Place;
use crate::error::SqliteError;

#[derive(FromRow)]
pub(crate) struct SignInAttemptRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    at: i64,
    connection_id: Uuid,
    reference: Option<String>,
    outcome: String,
    ip: Option<String>,
    evidence: String,
    expires_at: i64,
}

impl TryFrom<SignInAttemptRow> for SignInAttempt {
    type Error = SqliteError;

    fn try_from(row: SignInAttemptRow) -> Result<Self, SqliteError> {
        let id = SignInAttemptId::new(row.id);
        let at = Place::new("sign_in_attempts", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            at: at.time("at", row.at)?,
            connection: IdpConnectionId::new(row.connection_id),
            outcome: at.json("outcome", &row.outcome)?,
            origin: Origin {
                ip: at.ip("ip", row.ip.as_deref())?,
                request_id: row.reference,
            },
            evidence: at.json("evidence", &row.evidence)?,
            expires_at: at.time("expires_at", row.expires_at)?,
        })
    }
}
