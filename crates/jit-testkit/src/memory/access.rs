use async_trait::async_trait;
use jit_domain::{
    access::{AccessRequest, Grant, RequestState},
    ids::{AccessRequestId, ApiClientId, ApiCollectionId, GrantId, WorkspaceId},
    ports::{AccessRequestRepository, GrantRepository},
    views::{
        AccessRequestFilter, AccessRequestRow, GrantFilter, GrantRow, MOST_COUNTED, Page,
        PageRequest,
    },
};

use super::{MemoryStore, Read, state::State};

#[async_trait]
impl AccessRequestRepository for MemoryStore {
    async fn find_access_request(
        &self,
        workspace: WorkspaceId,
        id: AccessRequestId,
    ) -> Read<Option<AccessRequest>> {
        Ok(self.state()?.requests.find(workspace, id).cloned())
    }

    async fn list_requests_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<AccessRequest>> {
        let state = self.state()?;
        let newest_first = state.requests.of(workspace).rev();
        Ok(newest_first
            .filter(|it| it.client == client)
            .cloned()
            .collect())
    }

    async fn list_pending_requests_for(
        &self,
        workspace: WorkspaceId,
        collection: ApiCollectionId,
    ) -> Read<Vec<AccessRequest>> {
        let state = self.state()?;
        let waits =
            |it: &&AccessRequest| it.collection == collection && it.state == RequestState::Pending;
        Ok(state
            .requests
            .of(workspace)
            .filter(waits)
            .cloned()
            .collect())
    }

    async fn list_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
        page: &PageRequest,
    ) -> Read<Page<AccessRequestRow>> {
        let state = self.state()?;
        let show = |it: &AccessRequest| request_row(&state, filter, it);
        Ok(state
            .requests
            .page(workspace, page, show, |row| row.request.id))
    }

    async fn count_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
    ) -> Read<u64> {
        let state = self.state()?;
        let rows = state.requests.of(workspace);
        Ok(rows
            .filter_map(|it| request_row(&state, filter, it))
            .zip(0..=MOST_COUNTED)
            .count() as u64)
    }
}

#[async_trait]
impl GrantRepository for MemoryStore {
    async fn find_grant(&self, workspace: WorkspaceId, id: GrantId) -> Read<Option<Grant>> {
        Ok(self.state()?.grants.find(workspace, id).cloned())
    }

    async fn list_grants_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<Grant>> {
        let state = self.state()?;
        let newest_first = state.grants.of(workspace).rev();
        Ok(newest_first
            .filter(|it| it.client == client)
            .cloned()
            .collect())
    }

    async fn list_grants(
        &self,
        workspace: WorkspaceId,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Read<Page<GrantRow>> {
        let state = self.state()?;
        let show = |it: &Grant| grant_row(&state, filter, it);
        Ok(state.grants.page(workspace, page, show, |row| row.grant.id))
    }
}

/// The row of a request if the filter finds it.
fn request_row(
    state: &State,
    filter: &AccessRequestFilter,
    request: &AccessRequest,
) -> Option<AccessRequestRow> {
    let found = filter
        .status
        .is_none_or(|status| status == request.status())
        && filter.client.is_none_or(|id| id == request.client)
        && filter.collection.is_none_or(|id| id == request.collection)
        && filter
            .collections
            .as_ref()
            .is_none_or(|ids| ids.contains(&request.collection));
    if !found {
        return None;
    }
    let requester = state.end_users.find(request.workspace, request.requester)?;
    let client = state.clients.find(request.workspace, request.client)?;
    let collection = state
        .collections
        .find(request.workspace, request.collection)?;
    Some(AccessRequestRow {
        request: request.clone(),
        requester_name: requester.display_name.clone(),
        requester_email: requester.email.clone(),
        client_name: client.name.clone(),
        collection_name: collection.name.clone(),
        collection_slug: collection.slug.clone(),
    })
}

fn grant_row(state: &State, filter: &GrantFilter, grant: &Grant) -> Option<GrantRow> {
    let found = filter.client.is_none_or(|id| id == grant.client)
        && filter.collection.is_none_or(|id| id == grant.collection)
        && filter
            .collections
            .as_ref()
            .is_none_or(|ids| ids.contains(&grant.collection));
    if !found {
        return None;
    }
    let client = state.clients.find(grant.workspace, grant.client)?;
    let owner = state.end_users.find(grant.workspace, client.owner())?;
    let collection = state.collections.find(grant.workspace, grant.collection)?;
    Some(GrantRow {
        grant: grant.clone(),
        owner: owner.id,
        owner_name: owner.display_name.clone(),
        client_name: client.name.clone(),
        collection_name: collection.name.clone(),
        collection_slug: collection.slug.clone(),
    })
}
