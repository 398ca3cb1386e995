use async_trait::async_trait;
use jit_domain::{
    access::Grant,
    ids::{ApiClientId, ApiCollectionId, GrantId, WorkspaceId},
    ports::GrantRepository,
    views::{GrantFilter, GrantRow as NamedGrant, Page, PageRequest},
};

use super::{Read, below, one_more, some_ids};
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

/// The first condition leads the planner to an index; the others filter what that finds.
macro_rules! page_of {
    ($first:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", u.id AS owner_id, u.display_name AS owner_name, c.name AS client_name,
                k.name AS collection_name, k.slug AS collection_slug
             FROM grants g
             JOIN api_clients c ON c.workspace_id = g.workspace_id AND c.id = g.client_id
             JOIN end_users u ON u.workspace_id = g.workspace_id AND u.id = c.owner_id
             JOIN api_collections k ON k.workspace_id = g.workspace_id AND k.id = g.collection_id
             WHERE g.workspace_id = $1 ",
            $first,
            " AND ($2::uuid IS NULL OR g.client_id = $2)
                AND ($3::uuid IS NULL OR g.collection_id = $3)
                AND ($4::uuid[] IS NULL OR g.collection_id = ANY($4))
                AND g.id < $5
             ORDER BY g.id DESC LIMIT $6"
        )
    };
}

fn page_text(filter: &GrantFilter) -> &'static str {
    match filter {
        GrantFilter {
            client: Some(_), ..
        } => page_of!("AND g.client_id = $2"),
        GrantFilter {
            collection: Some(_),
            ..
        } => page_of!("AND g.collection_id = $3"),
        _ => page_of!(""),
    }
}

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
        let query = sqlx::query_as::<_, NamedGrantRow>(page_text(filter))
            .bind(workspace.uuid())
            .bind(filter.client.map(ApiClientId::uuid))
            .bind(filter.collection.map(ApiCollectionId::uuid))
            .bind(some_ids(filter.collections.as_ref()))
            .bind(below(page))
            .bind(one_more(page));
        self.page(query, page, |row: &NamedGrant| row.grant.id.uuid())
            .await
    }
}
