use async_trait::async_trait;
use jit_domain::{
    connections::IdpConnection,
    ids::{IdpConnectionId, WorkspaceId},
    ports::ConnectionRepository,
    values::Slug,
};

use super::Read;
use crate::{rows::connections::IdpConnectionRow, store::PostgresStore};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, slug, name, state, idp, attributes, jit, group_rules,
                enforced_domains, linking, created_at
             FROM idp_connections ",
            $rest
        )
    };
}

#[async_trait]
impl ConnectionRepository for PostgresStore {
    async fn find_connection(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
    ) -> Read<Option<IdpConnection>> {
        let query =
            sqlx::query_as::<_, IdpConnectionRow>(select!("WHERE workspace_id = $1 AND id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_connection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<IdpConnection>> {
        let query =
            sqlx::query_as::<_, IdpConnectionRow>(select!("WHERE workspace_id = $1 AND slug = $2"));
        self.find(query.bind(workspace.uuid()).bind(slug.as_str()))
            .await
    }

    async fn list_connections(&self, workspace: WorkspaceId) -> Read<Vec<IdpConnection>> {
        let query = sqlx::query_as::<_, IdpConnectionRow>(select!(
            "WHERE workspace_id = $1 ORDER BY name_key, id"
        ));
        self.list(query.bind(workspace.uuid())).await
    }
}
