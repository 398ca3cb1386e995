use jit_domain::{
    audit::{AuditEvent, Event, action_from},
    console::Origin,
    ids::{AuditEventId, WorkspaceId},
    values::Version,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct AuditEventRow {
    workspace_id: Uuid,
    id: Uuid,
    at: Moment,
    actor: JsonText,
    ip: Option<String>,
    request_id: Option<String>,
    action: String,
    target: String,
    version_before: Option<i64>,
    version_after: Option<i64>,
    details: JsonText,
}

impl TryFrom<AuditEventRow> for AuditEvent {
    type Error = PostgresError;

    fn try_from(row: AuditEventRow) -> Result<Self, PostgresError> {
        let id = AuditEventId::new(row.id);
        let at = Place::new("audit_events", &id);
        let version = |column, number: Option<i64>| {
            let version = number.map(|n| u32::try_from(n).map(Version)).transpose();
            version.map_err(|_| at.corrupt(column, "a version", number.unwrap_or_default()))
        };
        let action = action_from(&row.action)
            .ok_or_else(|| at.corrupt("action", "an action of this release", &row.action))?;
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            at: at.time("at", row.at)?,
            actor: at.json("actor", &row.actor)?,
            origin: Origin {
                ip: at.ip("ip", row.ip.as_deref())?,
                request_id: row.request_id,
            },
            event: Event {
                action,
                target: row.target,
                before: version("version_before", row.version_before)?,
                after: version("version_after", row.version_after)?,
                details: at.json("details", &row.details)?,
            },
        })
    }
}
