use async_trait::async_trait;
use jit_domain::{
    change::{GatewayChange, GatewayChanges},
    gateway::{CallingClient, Route},
    ids::{ApiClientId, WorkspaceId},
    ports::GatewayRepository,
};
use uuid::Uuid;

use super::{Read, credentials_of_client};
use crate::{
    rows::{
        collections::RouteRow,
        gateway::{CallingClientRow, GatewayChangeRow},
    },
    store::SqliteStore,
};

macro_rules! select_clients {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.owner_id, u.holds = '[]' AS owner_is_usable, c.method, c.state, c.policy_id,
                (SELECT json_group_array('grp_' || lower(hex(m.group_id))) FROM memberships m
                 WHERE m.workspace_id = c.workspace_id AND m.end_user_id = c.owner_id) AS groups, ",
            credentials_of_client!(),
            " AS credentials,
                (SELECT json_group_array(json_object(
                    'workspace_id', lower(hex(g.workspace_id)), 'id', lower(hex(g.id)),
                    'version', g.version, 'client_id', lower(hex(g.client_id)),
                    'collection_id', lower(hex(g.collection_id)),
                    'request_id', lower(hex(g.request_id)), 'granted_by', g.granted_by,
                    'granted_at', g.granted_at, 'expires_at', g.expires_at) ORDER BY g.id)
                 FROM grants g WHERE g.workspace_id = c.workspace_id AND g.client_id = c.id
                    AND g.revoked_at IS NULL) AS grants
             FROM api_clients c
             JOIN end_users u ON u.workspace_id = c.workspace_id AND u.id = c.owner_id ",
            $rest
        )
    };
}

#[async_trait]
impl GatewayRepository for SqliteStore {
    async fn find_latest_gateway_change(&self, workspace: WorkspaceId) -> Read<u64> {
        let query = sqlx::query_scalar(
            "SELECT COALESCE(MAX(number), 0) FROM gateway_changes WHERE workspace_id = ?",
        );
        self.number(query.bind(workspace.uuid())).await
    }

    async fn list_gateway_changes(
        &self,
        workspace: WorkspaceId,
        after: u64,
    ) -> Read<GatewayChanges> {
        let query = sqlx::query_as::<_, GatewayChangeRow>(
            "SELECT number, kind, id FROM gateway_changes
             WHERE workspace_id = ? AND number > ? ORDER BY number LIMIT 1000",
        );
        let number = i64::try_from(after).unwrap_or(i64::MAX);
        let query = query.bind(workspace.uuid()).bind(number);
        let changes: Vec<(u64, GatewayChange)> = self.list(query).await?;
        // One writes at a time, so numbers are in the order of commits.
        let settled = changes.last().map_or(after, |(number, _)| *number);
        Ok(GatewayChanges { changes, settled })
    }

    async fn list_calling_clients(
        &self,
        workspace: WorkspaceId,
        after: Option<ApiClientId>,
    ) -> Read<Vec<CallingClient>> {
        let query = sqlx::query_as::<_, CallingClientRow>(select_clients!(
            "WHERE c.workspace_id = ? AND c.id > ? ORDER BY c.id LIMIT 1000"
        ));
        let after = after.map_or(Uuid::nil(), ApiClientId::uuid);
        self.list(query.bind(workspace.uuid()).bind(after)).await
    }

    async fn find_calling_client(
        &self,
        workspace: WorkspaceId,
        id: ApiClientId,
    ) -> Read<Option<CallingClient>> {
        let query = sqlx::query_as::<_, CallingClientRow>(select_clients!(
            "WHERE c.workspace_id = ? AND c.id = ?"
        ));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_routes(&self, workspace: WorkspaceId) -> Read<Vec<Route>> {
        let query = sqlx::query_as::<_, RouteRow>(
            "SELECT id, slug, api_version, upstream, publication, audience
             FROM api_collections WHERE workspace_id = ? ORDER BY id",
        );
        self.list(query.bind(workspace.uuid())).await
    }
}
