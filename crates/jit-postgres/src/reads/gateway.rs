use async_trait::async_trait;
use jit_domain::{
    change::GatewayChanges,
    gateway::{CallingClient, Route},
    ids::{ApiClientId, WorkspaceId},
    ports::GatewayRepository,
};
use uuid::Uuid;

use super::{Read, credentials_of_client};
use crate::{
    rows::{
        collections::RouteRow,
        gateway::{CallingClientRow, GatewayChangeRow, Seen},
    },
    store::PostgresStore,
};

macro_rules! select_clients {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.owner_id, u.holds = '[]' AS owner_is_usable, c.method, c.state, c.policy_id,
                (SELECT COALESCE(jsonb_agg('grp_' || replace(m.group_id::text, '-', '')), '[]')
                 FROM memberships m
                 WHERE m.workspace_id = c.workspace_id AND m.end_user_id = c.owner_id) AS groups, ",
            credentials_of_client!(),
            " AS credentials,
                (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                    'workspace_id', g.workspace_id, 'id', g.id, 'version', g.version,
                    'client_id', g.client_id, 'collection_id', g.collection_id,
                    'request_id', g.request_id, 'granted_by', g.granted_by::text,
                    'granted_at', g.granted_at, 'expires_at', g.expires_at) ORDER BY g.id), '[]')
                 FROM grants g WHERE g.workspace_id = c.workspace_id AND g.client_id = c.id
                    AND g.revoked_at IS NULL) AS grants
             FROM api_clients c
             JOIN end_users u ON u.workspace_id = c.workspace_id AND u.id = c.owner_id ",
            $rest
        )
    };
}

/// Numbers are given before commits are visible, so the order of numbers is not the order of commits.
/// But a change is visible at most a second after it was written, or written again (`writer.rs`): whatever
/// will become visible has a greater number than one that was written two seconds before this look began.
macro_rules! is_settled {
    () => {
        "written_at < statement_timestamp() - INTERVAL '2 seconds'"
    };
}

#[async_trait]
impl GatewayRepository for PostgresStore {
    async fn find_latest_gateway_change(&self, workspace: WorkspaceId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COALESCE(MAX(number), 0) FROM gateway_changes WHERE workspace_id = $1",
        );
        self.number(query.bind(workspace.uuid())).await
    }

    async fn list_gateway_changes(
        &self,
        workspace: WorkspaceId,
        after: u64,
    ) -> Read<GatewayChanges> {
        let query = sqlx::query_as::<_, GatewayChangeRow>(concat!(
            "SELECT s.number AS settled_before, c.number, c.kind, c.id, c.is_settled
             FROM (SELECT COALESCE(MAX(number), 0) AS number FROM gateway_changes
                   WHERE workspace_id = $1 AND number <= $2 AND ",
            is_settled!(),
            ") s
             LEFT JOIN (SELECT number, kind, id, ",
            is_settled!(),
            " AS is_settled
                   FROM gateway_changes
                   WHERE workspace_id = $1 AND number > $2 ORDER BY number LIMIT 1000) c ON TRUE",
        ));
        let number = i64::try_from(after).unwrap_or(i64::MAX);
        let seen: Vec<Seen> = self.list(query.bind(workspace.uuid()).bind(number)).await?;
        let settled = seen.iter().map(|it| it.settled).max().unwrap_or_default();
        let mut changes: Vec<_> = seen.into_iter().filter_map(|it| it.change).collect();
        changes.sort_unstable();
        Ok(GatewayChanges { changes, settled })
    }

    async fn list_calling_clients(
        &self,
        workspace: WorkspaceId,
        after: Option<ApiClientId>,
    ) -> Read<Vec<CallingClient>> {
        let query = sqlx::query_as::<_, CallingClientRow>(select_clients!(
            "WHERE c.workspace_id = $1 AND c.id > $2 ORDER BY c.id LIMIT 1000"
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
            "WHERE c.workspace_id = $1 AND c.id = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_routes(&self, workspace: WorkspaceId) -> Read<Vec<Route>> {
        let query = sqlx::query_as::<_, RouteRow>(
            "SELECT id, slug, api_version, upstream, publication, audience
             FROM api_collections WHERE workspace_id = $1 ORDER BY id",
        );
        self.list(query.bind(workspace.uuid())).await
    }
}
