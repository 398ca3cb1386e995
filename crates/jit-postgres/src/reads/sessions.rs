use async_trait::async_trait;
use jit_domain::{
    ids::WorkspaceId,
    ports::SessionRepository,
    sessions::{AuthnRequest, AuthnRequestId, Session},
    tokens::SecretHash,
};

use super::Read;
use crate::{
    rows::sessions::{AuthnRequestRow, SessionRow},
    store::PostgresStore,
};

#[async_trait]
impl SessionRepository for PostgresStore {
    async fn find_session(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<Session>> {
        let query = sqlx::query_as::<_, SessionRow>(
            "SELECT workspace_id, id, version, hash, principal, state, saml, created_at, expires_at
             FROM sessions WHERE workspace_id = $1 AND hash = $2",
        );
        self.find(query.bind(workspace.uuid()).bind(&hash.0[..]))
            .await
    }

    async fn find_authn_request(
        &self,
        workspace: WorkspaceId,
        id: AuthnRequestId,
    ) -> Read<Option<AuthnRequest>> {
        let query = sqlx::query_as::<_, AuthnRequestRow>(
            "SELECT workspace_id, id, version, connection_id, browser, return_to, created_at, expires_at
             FROM authn_requests WHERE workspace_id = $1 AND id = $2",
        );
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn is_assertion_accepted(
        &self,
        workspace: WorkspaceId,
        idp_entity_id: &str,
        assertion_id: &str,
    ) -> Read<bool> {
        let query = sqlx::query_as(
            "SELECT COUNT(*) FROM accepted_assertions
             WHERE workspace_id = $1 AND idp_entity_id = $2 AND assertion_id = $3",
        );
        let query = query.bind(workspace.uuid()).bind(idp_entity_id);
        Ok(self.number(query.bind(assertion_id)).await? > 0)
    }
}
