use async_trait::async_trait;
use jit_domain::{
    access::Grant,
    ids::{ApiClientId, GrantId, WorkspaceId},
    ports::GrantRepository,
    views::{GrantFilter, GrantRow as NamedGrant, Page, PageRequest},
};
use sqlx::QueryBuilder;

use super::{Read, below, ids, one_more};
use crate::{
    rows::access::{GrantRow, NamedGrantRow},
    store::PostgresStore,
};

macro_rules! columns {
    () => {
        "g.workspace_id, g.id, g.version, g.client_id, g.collection_id, g.request_id, g.granted_by,
         g.granted_at, g.expires_at, g.revoked_by, g.revoked_at, g.revocation_reason"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM grants g ", $rest)
    };
}

const PAGE: &str = concat!(
    "SELECT ",
    columns!(),
    ", u.id AS owner_id, u.display_name AS owner_name, c.name AS client_name,
        k.name AS collection_name, k.slug AS collection_slug
     FROM grants g
     JOIN api_clients c ON c.workspace_id = g.workspace_id AND c.id = g.client_id
     JOIN end_users u ON u.workspace_id = g.workspace_id AND u.id = c.owner_id
     JOIN api_collections k ON k.workspace_id = g.workspace_id AND k.id = g.collection_id
     WHERE g.workspace_id = "
);

#[async_trait]
impl GrantRepository for PostgresStore {
    async fn find_grant(&self, workspace: WorkspaceId, id: GrantId) -> Read<Option<Grant>> {
        let query =
            sqlx::query_as::<_, GrantRow>(select!("WHERE g.workspace_id = $1 AND g.id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_grants_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<Grant>> {
        let query = sqlx::query_as::<_, GrantRow>(select!(
            "WHERE g.workspace_id = $1 AND g.client_id = $2 ORDER BY g.id DESC"
        ));
        self.list(query.bind(workspace.uuid()).bind(client.uuid()))
            .await
    }

    async fn list_grants(
        &self,
        workspace: WorkspaceId,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Read<Page<NamedGrant>> {
        // Only the conditions that are asked for: the plan of a text with all of them would suit none.
        let mut query = QueryBuilder::new(PAGE);
        query.push_bind(workspace.uuid());
        if let Some(client) = filter.client {
            query.push(" AND g.client_id = ").push_bind(client.uuid());
        }
        if let Some(collection) = filter.collection {
            query
                .push(" AND g.collection_id = ")
                .push_bind(collection.uuid());
        }
        if let Some(collections) = &filter.collections {
            query
                .push(" AND g.collection_id = ANY(")
                .push_bind(ids(collections))
                .push(")");
        }
        query.push(" AND g.id < ").push_bind(below(page));
        query
            .push(" ORDER BY g.id DESC LIMIT ")
            .push_bind(one_more(page));
        let query = query.build_query_as::<NamedGrantRow>();
        self.page(query, page, |row: &NamedGrant| row.grant.id.uuid())
            .await
    }
}
