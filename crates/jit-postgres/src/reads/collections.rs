use async_trait::async_trait;
use jit_domain::{
    catalogue::ApiCollection,
    ids::{ApiCollectionId, WorkspaceId},
    ports::CollectionRepository,
    values::Slug,
};

use super::Read;
use crate::{rows::collections::ApiCollectionRow, store::PostgresStore};

macro_rules! select {
    ($document:literal, $rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, slug, api_version, name, summary, owner, tags, upstream,
                publication, audience, operations, document_version, created_at, updated_at, ",
            $document,
            " AS document FROM api_collections ",
            $rest
        )
    };
}

#[async_trait]
impl CollectionRepository for PostgresStore {
    async fn find_collection(
        &self,
        workspace: WorkspaceId,
        id: ApiCollectionId,
    ) -> Read<Option<ApiCollection>> {
        let query = sqlx::query_as::<_, ApiCollectionRow>(select!(
            "document",
            "WHERE workspace_id = $1 AND id = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_collection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<ApiCollection>> {
        let query = sqlx::query_as::<_, ApiCollectionRow>(select!(
            "document",
            "WHERE workspace_id = $1 AND slug = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(slug.as_str()))
            .await
    }

    async fn list_collections(&self, workspace: WorkspaceId) -> Read<Vec<ApiCollection>> {
        let query = sqlx::query_as::<_, ApiCollectionRow>(select!(
            "''",
            "WHERE workspace_id = $1 ORDER BY name_key, id"
        ));
        self.list(query.bind(workspace.uuid())).await
    }
}
