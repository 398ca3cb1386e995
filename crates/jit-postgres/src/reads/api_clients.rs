use async_trait::async_trait;
use jit_domain::{
    clients::ApiClient,
    ids::{ApiClientId, EndUserId, WorkspaceId},
    ports::ApiClientRepository,
    views::{Page, PageRequest},
};

use super::{Read, below, credentials_of_client, one_more};
use crate::{rows::clients::ApiClientRow, store::PostgresStore};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.workspace_id, c.id, c.version, c.owner_id, c.method, c.origin, c.name,
                c.policy_id, c.state, c.created_at, ",
            credentials_of_client!(),
            " AS credentials FROM api_clients c ",
            $rest
        )
    };
}

#[async_trait]
impl ApiClientRepository for PostgresStore {
    async fn find_client(
        &self,
        workspace: WorkspaceId,
        id: ApiClientId,
    ) -> Read<Option<ApiClient>> {
        let query =
            sqlx::query_as::<_, ApiClientRow>(select!("WHERE c.workspace_id = $1 AND c.id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_client_of(
        &self,
        workspace: WorkspaceId,
        owner: EndUserId,
    ) -> Read<Option<ApiClient>> {
        let query = sqlx::query_as::<_, ApiClientRow>(select!(
            "WHERE c.workspace_id = $1 AND c.owner_id = $2 AND c.origin = 'jit'"
        ));
        self.find(query.bind(workspace.uuid()).bind(owner.uuid()))
            .await
    }

    async fn list_clients(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
    ) -> Read<Page<ApiClient>> {
        let query = sqlx::query_as::<_, ApiClientRow>(select!(
            "WHERE c.workspace_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
        ));
        let query = query
            .bind(workspace.uuid())
            .bind(below(page))
            .bind(one_more(page));
        self.page(query, page, |client: &ApiClient| client.id().uuid())
            .await
    }

    async fn count_jit_clients(&self, workspace: WorkspaceId) -> Read<u64> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM api_clients WHERE workspace_id = $1 AND origin = 'jit'",
        );
        self.number(query.bind(workspace.uuid())).await
    }
}
