use async_trait::async_trait;
use jit_domain::{
    catalogue::{ApiCollection, Policy},
    error::Reference,
    ids::{ApiCollectionId, PolicyId, WorkspaceId},
    ports::{CollectionRepository, PolicyRepository},
    values::Slug,
    views::PolicyRow,
};

use super::{MemoryStore, Read, by_name, references, state::State};

#[async_trait]
impl PolicyRepository for MemoryStore {
    async fn find_policy(&self, workspace: WorkspaceId, id: PolicyId) -> Read<Option<Policy>> {
        Ok(self.state()?.policies.find(workspace, id).cloned())
    }

    async fn list_policies(&self, workspace: WorkspaceId) -> Read<Vec<PolicyRow>> {
        let state = self.state()?;
        let row = |policy: &Policy| PolicyRow {
            policy: policy.clone(),
            clients: governed(&state, workspace, policy.id) as u64,
        };
        let all = state.policies.of(workspace).map(row).collect();
        Ok(by_name(all, |row: &PolicyRow| &row.policy.name))
    }

    async fn list_references_to_policy(
        &self,
        workspace: WorkspaceId,
        id: PolicyId,
    ) -> Read<Vec<Reference>> {
        let state = self.state()?;
        let settings = state.settings.find(workspace, workspace);
        let named = settings.filter(|it| it.policy == Some(id));
        Ok(references([
            ("JIT user settings", named.into_iter().count()),
            ("API clients", governed(&state, workspace, id)),
        ]))
    }
}

#[async_trait]
impl CollectionRepository for MemoryStore {
    async fn find_collection(
        &self,
        workspace: WorkspaceId,
        id: ApiCollectionId,
    ) -> Read<Option<ApiCollection>> {
        Ok(self.state()?.collections.find(workspace, id).cloned())
    }

    async fn find_collection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<ApiCollection>> {
        let state = self.state()?;
        Ok(state.collections.find_by(workspace, |it| it.slug == *slug))
    }

    async fn list_collections(&self, workspace: WorkspaceId) -> Read<Vec<ApiCollection>> {
        let state = self.state()?;
        let without_document = |it: &ApiCollection| ApiCollection {
            document: String::new(),
            ..it.clone()
        };
        let all = state.collections.of(workspace).map(without_document);
        Ok(by_name(all.collect(), |it: &ApiCollection| &it.name))
    }
}

fn governed(state: &State, workspace: WorkspaceId, id: PolicyId) -> usize {
    let clients = state.clients.of(workspace);
    clients.filter(|it| it.policy == Some(id)).count()
}
