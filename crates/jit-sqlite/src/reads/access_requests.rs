use async_trait::async_trait;
use jit_domain::{
    access::{AccessRequest, RequestStatus},
    ids::{AccessRequestId, ApiClientId, ApiCollectionId, WorkspaceId},
    ports::AccessRequestRepository,
    views::{AccessRequestFilter, AccessRequestRow as NamedRequest, Page, PageRequest},
};

use super::{Read, below, one_more};
use crate::{
    rows::{
        access::{AccessRequestRow, NamedRequestRow},
        some_json,
    },
    store::SqliteStore,
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

/// The first condition leads the planner to an index; the others filter what that finds.
/// `CROSS JOIN` keeps the order of the tables, so that a page is read and not sorted.
macro_rules! filtered {
    ([$($select:tt)*] $first:literal $rest:literal) => {
        concat!(
            $($select)*,
            " FROM access_requests r
             CROSS JOIN end_users u ON u.workspace_id = r.workspace_id AND u.id = r.requester_id
             CROSS JOIN api_clients c ON c.workspace_id = r.workspace_id AND c.id = r.client_id
             CROSS JOIN api_collections k ON k.workspace_id = r.workspace_id AND k.id = r.collection_id
             WHERE r.workspace_id = ?1 ",
            $first,
            " AND (?2 IS NULL OR r.status = ?2)
                AND (?3 IS NULL OR r.client_id = ?3)
                AND (?4 IS NULL OR r.collection_id = ?4)
                AND (?5 IS NULL OR r.collection_id IN (
                    SELECT unhex(substr(j.value, 5)) FROM json_each(?5) j)) ",
            $rest
        )
    };
}

macro_rules! page_of {
    ($first:literal) => {
        filtered!(
            ["SELECT ", columns!(), ", u.display_name AS requester_name, u.email AS requester_email,
                c.name AS client_name, k.name AS collection_name, k.slug AS collection_slug"]
            $first
            "AND r.id < ?6 ORDER BY r.id DESC LIMIT ?7"
        )
    };
}

macro_rules! count_of {
    ($first:literal) => {
        // `MOST_COUNTED`, and one.
        filtered!(["SELECT COUNT(*) FROM (SELECT 1"] $first "LIMIT 1001)")
    };
}

/// A question for which one of the indexes is best.
struct Texts {
    page: &'static str,
    count: &'static str,
}

const OF_CLIENT: Texts = Texts {
    page: page_of!("AND r.client_id = ?3"),
    count: count_of!("AND r.client_id = ?3"),
};
const PENDING: Texts = Texts {
    page: page_of!("AND r.status = 'pending'"),
    count: count_of!("AND r.status = 'pending'"),
};
const FOR_COLLECTION: Texts = Texts {
    page: page_of!("AND r.collection_id = ?4"),
    count: count_of!("AND r.collection_id = ?4"),
};
const ANY: Texts = Texts {
    page: page_of!(""),
    count: count_of!(""),
};

fn texts(filter: &AccessRequestFilter) -> &'static Texts {
    match filter {
        AccessRequestFilter {
            client: Some(_), ..
        } => &OF_CLIENT,
        AccessRequestFilter {
            status: Some(RequestStatus::Pending),
            ..
        } => &PENDING,
        AccessRequestFilter {
            collection: Some(_),
            ..
        } => &FOR_COLLECTION,
        _ => &ANY,
    }
}

#[async_trait]
impl AccessRequestRepository for SqliteStore {
    async fn find_access_request(
        &self,
        workspace: WorkspaceId,
        id: AccessRequestId,
    ) -> Read<Option<AccessRequest>> {
        let query =
            sqlx::query_as::<_, AccessRequestRow>(select!("WHERE r.workspace_id = ? AND r.id = ?"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_requests_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<AccessRequest>> {
        let query = sqlx::query_as::<_, AccessRequestRow>(select!(
            "WHERE r.workspace_id = ? AND r.client_id = ? ORDER BY r.id DESC"
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
            "WHERE r.workspace_id = ? AND r.collection_id = ? AND r.status = 'pending' ORDER BY r.id"
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
        let query = sqlx::query_as::<_, NamedRequestRow>(texts(filter).page)
            .bind(workspace.uuid())
            .bind(filter.status.map(RequestStatus::code))
            .bind(filter.client.map(ApiClientId::uuid))
            .bind(filter.collection.map(ApiCollectionId::uuid))
            .bind(some_json(filter.collections.as_ref())?)
            .bind(below(page))
            .bind(one_more(page));
        self.page(query, page, |row: &NamedRequest| row.request.id.uuid())
            .await
    }

    async fn count_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
    ) -> Read<u64> {
        let query = sqlx::query_scalar(texts(filter).count)
            .bind(workspace.uuid())
            .bind(filter.status.map(RequestStatus::code))
            .bind(filter.client.map(ApiClientId::uuid))
            .bind(filter.collection.map(ApiCollectionId::uuid))
            .bind(some_json(filter.collections.as_ref())?);
        self.number(query).await
    }
}
