use async_trait::async_trait;
use jit_domain::{
    access::{AccessRequest, RequestStatus},
    ids::{AccessRequestId, ApiClientId, ApiCollectionId, WorkspaceId},
    ports::AccessRequestRepository,
    views::{AccessRequestFilter, AccessRequestRow as NamedRequest, Page, PageRequest},
};
use sqlx::{Postgres, QueryBuilder};

use super::{Read, below, ids, one_more};
use crate::{
    rows::access::{AccessRequestRow, NamedRequestRow},
    store::PostgresStore,
};

macro_rules! columns {
    () => {
        "r.workspace_id, r.id, r.version, r.client_id, r.requester_id, r.collection_id, r.reason,
         r.requested_at, r.status, r.ended_at, r.decided_by, r.note, r.grant_id"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM access_requests r ", $rest)
    };
}

const PAGE: &str = concat!(
    "SELECT ",
    columns!(),
    ", u.display_name AS requester_name, u.email AS requester_email, c.name AS client_name,
        k.name AS collection_name, k.slug AS collection_slug
     FROM access_requests r
     JOIN end_users u ON u.workspace_id = r.workspace_id AND u.id = r.requester_id
     JOIN api_clients c ON c.workspace_id = r.workspace_id AND c.id = r.client_id
     JOIN api_collections k ON k.workspace_id = r.workspace_id AND k.id = r.collection_id
     WHERE r.workspace_id = "
);
const COUNT: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM access_requests r WHERE r.workspace_id = ";

/// Only the conditions that are asked for: the plan of a text with all of them would suit none.
fn matching(
    select: &'static str,
    workspace: WorkspaceId,
    filter: &AccessRequestFilter,
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(select);
    query.push_bind(workspace.uuid());
    match filter.status {
        // As in the condition of the index.
        Some(RequestStatus::Pending) => {
            query.push(" AND r.status = 'pending'");
        }
        Some(status) => {
            query.push(" AND r.status = ").push_bind(status.code());
        }
        None => {}
    }
    if let Some(client) = filter.client {
        query.push(" AND r.client_id = ").push_bind(client.uuid());
    }
    if let Some(collection) = filter.collection {
        query
            .push(" AND r.collection_id = ")
            .push_bind(collection.uuid());
    }
    if let Some(collections) = &filter.collections {
        query
            .push(" AND r.collection_id = ANY(")
            .push_bind(ids(collections))
            .push(")");
    }
    query
}

#[async_trait]
impl AccessRequestRepository for PostgresStore {
    async fn find_access_request(
        &self,
        workspace: WorkspaceId,
        id: AccessRequestId,
    ) -> Read<Option<AccessRequest>> {
        let query = sqlx::query_as::<_, AccessRequestRow>(select!(
            "WHERE r.workspace_id = $1 AND r.id = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_requests_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<AccessRequest>> {
        let query = sqlx::query_as::<_, AccessRequestRow>(select!(
            "WHERE r.workspace_id = $1 AND r.client_id = $2 ORDER BY r.id DESC"
        ));
        self.list(query.bind(workspace.uuid()).bind(client.uuid()))
            .await
    }

    async fn list_pending_requests_for(
        &self,
        workspace: WorkspaceId,
        collection: ApiCollectionId,
    ) -> Read<Vec<AccessRequest>> {
        let query = sqlx::query_as::<_, AccessRequestRow>(select!(
            "WHERE r.workspace_id = $1 AND r.collection_id = $2 AND r.status = 'pending' ORDER BY r.id"
        ));
        self.list(query.bind(workspace.uuid()).bind(collection.uuid()))
            .await
    }

    async fn list_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
        page: &PageRequest,
    ) -> Read<Page<NamedRequest>> {
        let mut query = matching(PAGE, workspace, filter);
        query.push(" AND r.id < ").push_bind(below(page));
        query
            .push(" ORDER BY r.id DESC LIMIT ")
            .push_bind(one_more(page));
        let query = query.build_query_as::<NamedRequestRow>();
        self.page(query, page, |row: &NamedRequest| row.request.id.uuid())
            .await
    }

    async fn count_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
    ) -> Read<u64> {
        let mut query = matching(COUNT, workspace, filter);
        // `MOST_COUNTED`, and one.
        query.push(" LIMIT 1001) AS counted");
        let query = query.build_query_as();
        self.number(query).await
    }
}
