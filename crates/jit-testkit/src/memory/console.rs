use async_trait::async_trait;
use jit_domain::{
    audit::AuditEvent,
    console::{Administrator, ApiToken, ConsoleSignIn},
    ids::{AdministratorId, ApiTokenId, IdpConnectionId, WorkspaceId},
    people::Subject,
    ports::{AuditRepository, ConsoleRepository, SessionRepository},
    sessions::{AuthnRequest, AuthnRequestId, Principal, Session},
    tokens::SecretHash,
    values::EmailAddress,
    views::{AuditFilter, Page, PageRequest},
};

use super::{MemoryStore, Read, state::Accepted};

/// As many as one answer has at most.
const MOST_SESSIONS: usize = 1_000;

#[async_trait]
impl ConsoleRepository for MemoryStore {
    async fn find_administrator(
        &self,
        workspace: WorkspaceId,
        id: AdministratorId,
    ) -> Read<Option<Administrator>> {
        Ok(self.state()?.administrators.find(workspace, id).cloned())
    }

    async fn find_administrator_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Option<Administrator>> {
        let same = |it: &Administrator| {
            matches!(it.sign_in, ConsoleSignIn::Password { .. }) && it.email.key() == email.key()
        };
        Ok(self.state()?.administrators.find_by(workspace, same))
    }

    async fn find_administrator_by_subject(
        &self,
        workspace: WorkspaceId,
        wanted: &Subject,
    ) -> Read<Option<Administrator>> {
        let same = |it: &Administrator| matches!(&it.sign_in, ConsoleSignIn::Sso { subject, .. } if subject == wanted);
        Ok(self.state()?.administrators.find_by(workspace, same))
    }

    async fn list_administrators(&self, workspace: WorkspaceId) -> Read<Vec<Administrator>> {
        let state = self.state()?;
        Ok(state.administrators.of(workspace).cloned().collect())
    }

    async fn find_api_token(
        &self,
        workspace: WorkspaceId,
        id: ApiTokenId,
    ) -> Read<Option<ApiToken>> {
        Ok(self.state()?.api_tokens.find(workspace, id).cloned())
    }

    async fn find_api_token_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<ApiToken>> {
        let state = self.state()?;
        Ok(state.api_tokens.find_by(workspace, |it| it.hash == *hash))
    }

    async fn list_api_tokens(&self, workspace: WorkspaceId) -> Read<Vec<ApiToken>> {
        let state = self.state()?;
        Ok(state.api_tokens.of(workspace).cloned().collect())
    }
}

#[async_trait]
impl SessionRepository for MemoryStore {
    async fn find_session(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<Session>> {
        let state = self.state()?;
        Ok(state.sessions.find_by(workspace, |it| it.hash == *hash))
    }

    async fn list_sessions_of(
        &self,
        workspace: WorkspaceId,
        principal: Principal,
    ) -> Read<Vec<Session>> {
        self.newest_sessions(workspace, |it| it.principal == principal)
    }

    async fn list_sessions_by_name_id(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
        name_id: &str,
    ) -> Read<Vec<Session>> {
        self.newest_sessions(workspace, |it| {
            it.saml
                .as_ref()
                .is_some_and(|it| it.connection == connection && it.name_id.value == name_id)
        })
    }

    async fn find_authn_request(
        &self,
        workspace: WorkspaceId,
        id: AuthnRequestId,
    ) -> Read<Option<AuthnRequest>> {
        Ok(self.state()?.authn_requests.find(workspace, id).cloned())
    }

    async fn is_assertion_accepted(
        &self,
        workspace: WorkspaceId,
        idp_entity_id: &str,
        assertion_id: &str,
    ) -> Read<bool> {
        let accepted = Accepted {
            workspace,
            idp_entity_id: idp_entity_id.to_owned(),
            assertion_id: assertion_id.to_owned(),
        };
        Ok(self.state()?.accepted.contains_key(&accepted))
    }
}

impl MemoryStore {
    fn newest_sessions(
        &self,
        workspace: WorkspaceId,
        fits: impl Fn(&Session) -> bool,
    ) -> Read<Vec<Session>> {
        let state = self.state()?;
        let newest_first = state.sessions.of(workspace).rev().filter(|it| fits(it));
        Ok(newest_first.take(MOST_SESSIONS).cloned().collect())
    }
}

#[async_trait]
impl AuditRepository for MemoryStore {
    async fn list_audit_events(
        &self,
        workspace: WorkspaceId,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Read<Page<AuditEvent>> {
        let state = self.state()?;
        let show = |it: &AuditEvent| fits(it, filter).then(|| it.clone());
        Ok(state.audit.page(workspace, page, show, |it| it.id))
    }
}

fn fits(line: &AuditEvent, filter: &AuditFilter) -> bool {
    let action = filter.action.as_ref().is_none_or(|wanted| {
        let all_of_it = wanted.ends_with('.') && line.event.action.starts_with(wanted.as_str());
        all_of_it || line.event.action == wanted
    });
    action
        && filter
            .target
            .as_ref()
            .is_none_or(|target| *target == line.event.target)
}
