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
    store::PostgresStore,
};

#[async_trait]
impl GroupRepository for PostgresStore {
    async fn find_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Option<EndUserGroup>> {
        let query = sqlx::query_as::<_, EndUserGroupRow>(
            "SELECT workspace_id, id, version, name, description, created_at
             FROM end_user_groups WHERE workspace_id = $1 AND id = $2",
        );
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_groups(&self, workspace: WorkspaceId) -> Read<Vec<GroupRow>> {
        let query = sqlx::query_as::<_, CountedGroupRow>(
            "SELECT g.workspace_id, g.id, g.version, g.name, g.description, g.created_at,
                (SELECT COUNT(DISTINCT m.end_user_id) FROM memberships m
                 WHERE m.workspace_id = g.workspace_id AND m.group_id = g.id) AS members
             FROM end_user_groups g WHERE g.workspace_id = $1 ORDER BY g.name_key, g.id",
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

impl PostgresStore {
    async fn settings_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM jit_settings_groups WHERE workspace_id = $1 AND group_id = $2",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn audiences_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM api_collections c WHERE c.workspace_id = $1
                AND c.audience -> 'groups' ? $2",
        );
        self.number(query.bind(workspace.uuid()).bind(id.to_string()))
            .await
    }

    async fn rules_with(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM idp_connections c WHERE c.workspace_id = $1
                AND c.group_rules @> jsonb_build_array(jsonb_build_object('group', $2::text))",
        );
        self.number(query.bind(workspace.uuid()).bind(id.to_string()))
            .await
    }

    async fn jit_members_of(&self, workspace: WorkspaceId, id: EndUserGroupId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM memberships
             WHERE workspace_id = $1 AND group_id = $2 AND source = 'jit'",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }
}
