use async_trait::async_trait;
use jit_domain::{
    error::Reference,
    ids::{EndUserGroupId, WorkspaceId},
    people::EndUserGroup,
    ports::GroupRepository,
    views::GroupRow,
};

use super::{Read, references};
use crate::{
    rows::people::{CountedGroupRow, EndUserGroupRow},
    store::SqliteStore,
};

#[async_trait]
impl GroupRepository for SqliteStore {
    async fn find_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Option<EndUserGroup>> {
        let query = sqlx::query_as::<_, EndUserGroupRow>(
            "SELECT workspace_id, id, version, name, description, created_at
             FROM end_user_groups WHERE workspace_id = ? AND id = ?",
        );
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_groups(&self, workspace: WorkspaceId) -> Read<Vec<GroupRow>> {
        let query = sqlx::query_as::<_, CountedGroupRow>(
            "SELECT g.workspace_id, g.id, g.version, g.name, g.description, g.created_at,
                (SELECT COUNT(DISTINCT m.end_user_id) FROM memberships m
                 WHERE m.workspace_id = g.workspace_id AND m.group_id = g.id) AS members
             FROM end_user_groups g WHERE g.workspace_id = ? ORDER BY g.name_key, g.id",
        );
        self.list(query.bind(workspace.uuid())).await
    }

    async fn list_references_to_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Vec<Reference>> {
        Ok(references([
            (
                "JIT user settings",
                self.settings_with(workspace, id).await?,
            ),
            ("API collections", self.audiences_with(workspace, id).await?),
            ("identity providers", self.rules_with(workspace, id).await?),
            ("end users", self.jit_members_of(workspace, id).await?),
        ]))
    }
}

impl SqliteStore {
    async fn settings_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM jit_settings_groups WHERE workspace_id = ? AND group_id = ?",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn audiences_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM api_collections c WHERE c.workspace_id = ? AND EXISTS (
                SELECT 1 FROM json_each(c.audience, '$.groups') g WHERE g.value = ?)",
        );
        self.number(query.bind(workspace.uuid()).bind(id.to_string()))
            .await
    }

    async fn rules_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM idp_connections c WHERE c.workspace_id = ? AND EXISTS (
                SELECT 1 FROM json_each(c.group_rules) r WHERE r.value ->> 'group' = ?)",
        );
        self.number(query.bind(workspace.uuid()).bind(id.to_string()))
            .await
    }

    async fn jit_members_of(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM memberships
             WHERE workspace_id = ? AND group_id = ? AND source = 'jit'",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }
}
