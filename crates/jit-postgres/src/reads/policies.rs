use async_trait::async_trait;
use jit_domain::{
    catalogue::Policy,
    error::Reference,
    ids::{PolicyId, WorkspaceId},
    ports::PolicyRepository,
    views::PolicyRow as CountedPolicy,
};

use super::{Read, references};
use crate::{
    rows::policies::{CountedPolicyRow, PolicyRow},
    store::PostgresStore,
};

#[async_trait]
impl PolicyRepository for PostgresStore {
    async fn find_policy(&self, workspace: WorkspaceId, id: PolicyId) -> Read<Option<Policy>> {
        let query = sqlx::query_as::<_, PolicyRow>(
            "SELECT workspace_id, id, version, name, rate, quota, ip_rules, created_at
             FROM policies WHERE workspace_id = $1 AND id = $2",
        );
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_policies(&self, workspace: WorkspaceId) -> Read<Vec<CountedPolicy>> {
        let query = sqlx::query_as::<_, CountedPolicyRow>(
            "SELECT p.workspace_id, p.id, p.version, p.name, p.rate, p.quota, p.ip_rules, p.created_at,
                (SELECT COUNT(*) FROM api_clients c
                 WHERE c.workspace_id = p.workspace_id AND c.policy_id = p.id) AS clients
             FROM policies p WHERE p.workspace_id = $1 ORDER BY p.name_key, p.id",
        );
        self.list(query.bind(workspace.uuid())).await
    }

    async fn list_references_to_policy(
        &self,
        workspace: WorkspaceId,
        id: PolicyId,
    ) -> Read<Vec<Reference>> {
        Ok(references([
            (
                "JIT user settings",
                self.settings_under(workspace, id).await?,
            ),
            ("API clients", self.clients_under(workspace, id).await?),
        ]))
    }
}

impl PostgresStore {
    async fn settings_under(&self, workspace: WorkspaceId, id: PolicyId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM jit_settings WHERE workspace_id = $1 AND policy_id = $2",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn clients_under(&self, workspace: WorkspaceId, id: PolicyId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM api_clients WHERE workspace_id = $1 AND policy_id = $2",
        );
        self.number(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }
}
