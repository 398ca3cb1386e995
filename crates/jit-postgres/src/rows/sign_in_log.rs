use jit_domain::{
    console::Origin,
    ids::{IdpConnectionId, SignInAttemptId, WorkspaceId},
    sign_in_log::SignInAttempt,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct SignInAttemptRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    at: Moment,
    connection_id: Uuid,
    reference: Option<String>,
    outcome: JsonText,
    ip: Option<String>,
    evidence: JsonText,
    expires_at: Moment,
}

impl TryFrom<SignInAttemptRow> for SignInAttempt {
    type Error = PostgresError;

    fn try_from(row: SignInAttemptRow) -> Result<Self, PostgresError> {
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
