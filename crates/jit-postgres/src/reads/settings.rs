use async_trait::async_trait;
use jit_domain::{ids::WorkspaceId, ports::SettingsRepository, settings::JitSettings};

use super::Read;
use crate::{rows::settings::JitSettingsRow, store::PostgresStore};

#[async_trait]
impl SettingsRepository for PostgresStore {
    async fn find_jit_settings(&self, workspace: WorkspaceId) -> Read<Option<JitSettings>> {
        let query = sqlx::query_as::<_, JitSettingsRow>(
            "SELECT s.workspace_id, s.version, s.epoch, s.method, s.policy_id, s.method_locked_since,
                s.saved_by, s.saved_at,
                (SELECT COALESCE(jsonb_agg('grp_' || replace(g.group_id::text, '-', '')), '[]')
                 FROM jit_settings_groups g WHERE g.workspace_id = s.workspace_id) AS groups
             FROM jit_settings s WHERE s.workspace_id = $1",
        );
        self.find(query.bind(workspace.uuid())).await
    }
}
