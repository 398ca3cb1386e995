use async_trait::async_trait;
use jit_domain::{
    clients::{ApiClient, ClientOrigin},
    console::Workspace,
    ids::{ApiClientId, EndUserId, WorkspaceId},
    ports::{ApiClientRepository, SettingsRepository, WorkspaceRepository},
    settings::JitSettings,
    values::Slug,
    views::{Page, PageRequest},
};

use super::{MemoryStore, Read};

#[async_trait]
impl WorkspaceRepository for MemoryStore {
    async fn find_workspace(&self, slug: &Slug) -> Read<Option<Workspace>> {
        let state = self.state()?;
        let mut all = state.workspaces.of_all();
        Ok(all.find(|it| it.slug == *slug).cloned())
    }
}

#[async_trait]
impl SettingsRepository for MemoryStore {
    async fn find_jit_settings(&self, workspace: WorkspaceId) -> Read<Option<JitSettings>> {
        Ok(self.state()?.settings.find(workspace, workspace).cloned())
    }
}

#[async_trait]
impl ApiClientRepository for MemoryStore {
    async fn find_client(
        &self,
        workspace: WorkspaceId,
        id: ApiClientId,
    ) -> Read<Option<ApiClient>> {
        Ok(self.state()?.clients.find(workspace, id).cloned())
    }

    async fn find_client_of(
        &self,
        workspace: WorkspaceId,
        owner: EndUserId,
    ) -> Read<Option<ApiClient>> {
        let theirs = |it: &ApiClient| it.owner() == owner && it.origin() == ClientOrigin::Jit;
        Ok(self.state()?.clients.find_by(workspace, theirs))
    }

    async fn list_clients(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
    ) -> Read<Page<ApiClient>> {
        let state = self.state()?;
        let show = |client: &ApiClient| Some(client.clone());
        Ok(state.clients.page(workspace, page, show, ApiClient::id))
    }

    async fn count_jit_clients(&self, workspace: WorkspaceId) -> Read<u64> {
        let state = self.state()?;
        let jit = |it: &&ApiClient| it.origin() == ClientOrigin::Jit;
        Ok(state.clients.of(workspace).filter(jit).count() as u64)
    }
}
