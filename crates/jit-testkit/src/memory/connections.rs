use async_trait::async_trait;
use jit_domain::{
    connections::IdpConnection,
    console::SetupLink,
    ids::{IdpConnectionId, SetupLinkId, SignInAttemptId, WorkspaceId},
    ports::{ConnectionRepository, SignInLogRepository},
    saml_keys::SamlKey,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    tokens::SecretHash,
    values::Slug,
    views::{Page, PageRequest},
};

use super::{MemoryStore, Read, by_name};

#[async_trait]
impl ConnectionRepository for MemoryStore {
    async fn find_connection(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
    ) -> Read<Option<IdpConnection>> {
        Ok(self.state()?.connections.find(workspace, id).cloned())
    }

    async fn find_connection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<IdpConnection>> {
        let state = self.state()?;
        Ok(state.connections.find_by(workspace, |it| it.slug == *slug))
    }

    async fn list_connections(&self, workspace: WorkspaceId) -> Read<Vec<IdpConnection>> {
        let all = self.state()?.connections.of(workspace).cloned().collect();
        Ok(by_name(all, |it: &IdpConnection| &it.name))
    }

    async fn list_saml_keys(&self, workspace: WorkspaceId) -> Read<Vec<SamlKey>> {
        let state = self.state()?;
        Ok(state.saml_keys.of(workspace).rev().cloned().collect())
    }

    async fn find_setup_link(
        &self,
        workspace: WorkspaceId,
        id: SetupLinkId,
    ) -> Read<Option<SetupLink>> {
        Ok(self.state()?.setup_links.find(workspace, id).cloned())
    }

    async fn find_setup_link_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<SetupLink>> {
        let state = self.state()?;
        Ok(state.setup_links.find_by(workspace, |it| it.hash == *hash))
    }

    async fn list_setup_links(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
    ) -> Read<Vec<SetupLink>> {
        let state = self.state()?;
        let newest_first = state.setup_links.of(workspace).rev();
        Ok(newest_first
            .filter(|it| it.connection == connection)
            .cloned()
            .collect())
    }
}

#[async_trait]
impl SignInLogRepository for MemoryStore {
    async fn find_sign_in_attempt(
        &self,
        workspace: WorkspaceId,
        id: SignInAttemptId,
    ) -> Read<Option<SignInAttempt>> {
        Ok(self.state()?.sign_in_attempts.find(workspace, id).cloned())
    }

    async fn list_sign_in_attempts(
        &self,
        workspace: WorkspaceId,
        filter: &SignInAttemptFilter,
        page: &PageRequest,
    ) -> Read<Page<SignInAttempt>> {
        let state = self.state()?;
        let show = |it: &SignInAttempt| fits(it, filter).then(|| it.clone());
        Ok(state
            .sign_in_attempts
            .page(workspace, page, show, |it| it.id))
    }
}

fn fits(attempt: &SignInAttempt, filter: &SignInAttemptFilter) -> bool {
    let is_refused = attempt.outcome.refusal().is_some();
    filter.connection.is_none_or(|id| id == attempt.connection)
        && filter.refused.is_none_or(|wanted| wanted == is_refused)
        && (filter.reference.is_none() || filter.reference == attempt.origin.request_id)
}
