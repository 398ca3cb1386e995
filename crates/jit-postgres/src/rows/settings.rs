use jit_domain::{
    ids::{PolicyId, WorkspaceId},
    settings::JitSettings,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct JitSettingsRow {
    workspace_id: Uuid,
    version: i64,
    epoch: i64,
    method: String,
    policy_id: Option<Uuid>,
    groups: JsonText,
    method_locked_since: Option<Moment>,
    saved_by: JsonText,
    saved_at: Moment,
}

impl TryFrom<JitSettingsRow> for JitSettings {
    type Error = PostgresError;

    fn try_from(row: JitSettingsRow) -> Result<Self, PostgresError> {
        let workspace = WorkspaceId::new(row.workspace_id);
        let at = Place::new("jit_settings", &workspace);
        Ok(Self {
            workspace,
            version: at.version(row.version)?,
            epoch: at.counter("epoch", row.epoch)?,
            method: at.code("method", &row.method)?,
            policy: row.policy_id.map(PolicyId::new),
            groups: at.json("groups", &row.groups)?,
            method_locked_since: at.some_time("method_locked_since", row.method_locked_since)?,
            saved_by: at.json("saved_by", &row.saved_by)?,
            saved_at: at.time("saved_at", row.saved_at)?,
        })
    }
}
