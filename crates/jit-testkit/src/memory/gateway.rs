use async_trait::async_trait;
use jit_domain::{
    catalogue::ApiCollection,
    change::GatewayChanges,
    clients::ApiClient,
    gateway::{CallingClient, Route},
    ids::{ApiClientId, WorkspaceId},
    ports::GatewayRepository,
};

use super::{MemoryStore, Read, state::State};

/// As many as one answer has at most.
const MOST: usize = 1_000;

#[async_trait]
impl GatewayRepository for MemoryStore {
    async fn find_latest_gateway_change(&self, workspace: WorkspaceId) -> Read<u64> {
        let state = self.state()?;
        let mut latest_first = state.changelog.iter().rev();
        let latest = latest_first.find(|(of, ..)| *of == workspace);
        Ok(latest.map_or(0, |(_, number, _)| *number))
    }

    async fn list_gateway_changes(
        &self,
        workspace: WorkspaceId,
        after: u64,
    ) -> Read<GatewayChanges> {
        let state = self.state()?;
        let mut changes = Vec::new();
        for (of, number, change) in &state.changelog {
            if *of == workspace && *number > after && changes.len() < MOST {
                changes.push((*number, *change));
            }
        }
        let settled = changes.last().map_or(after, |(number, _)| *number);
        Ok(GatewayChanges { changes, settled })
    }

    async fn list_calling_clients(
        &self,
        workspace: WorkspaceId,
        after: Option<ApiClientId>,
    ) -> Read<Vec<CallingClient>> {
        let state = self.state()?;
        let clients = state.clients.of(workspace);
        let rest = clients.filter(|it| after.is_none_or(|last| it.id() > last));
        Ok(rest
            .take(MOST)
            .filter_map(|it| calling(&state, it))
            .collect())
    }

    async fn find_calling_client(
        &self,
        workspace: WorkspaceId,
        id: ApiClientId,
    ) -> Read<Option<CallingClient>> {
        let state = self.state()?;
        let client = state.clients.find(workspace, id);
        Ok(client.and_then(|it| calling(&state, it)))
    }

    async fn list_routes(&self, workspace: WorkspaceId) -> Read<Vec<Route>> {
        Ok(self.state()?.collections.of(workspace).map(route).collect())
    }
}

fn calling(state: &State, client: &ApiClient) -> Option<CallingClient> {
    let workspace = client.workspace();
    let owner = state.end_users.find(workspace, client.owner())?;
    let grants = state.grants.of(workspace);
    let kept = grants.filter(|it| it.client == client.id() && it.revocation.is_none());
    Some(CallingClient {
        id: client.id(),
        owner: owner.id,
        owner_is_usable: owner.is_usable(),
        groups: owner.groups(),
        method: client.method(),
        state: client.state,
        policy: client.policy,
        credentials: client.credentials().to_vec(),
        grants: kept.cloned().collect(),
    })
}

fn route(collection: &ApiCollection) -> Route {
    Route {
        collection: collection.id,
        slug: collection.slug.clone(),
        api_version: collection.api_version.clone(),
        upstream: collection.upstream.clone(),
        publication: collection.publication,
        audience: collection.audience.clone(),
    }
}
