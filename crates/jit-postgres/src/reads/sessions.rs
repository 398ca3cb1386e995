use async_trait::async_trait;
use jit_domain::{
    ids::{IdpConnectionId, WorkspaceId},
    ports::SessionRepository,
    sessions::{AuthnRequest, AuthnRequestId, Principal, Session},
    tokens::SecretHash,
};

use super::Read;
use crate::{
    rows::sessions::{AuthnRequestRow, SessionRow, columns_of},
    store::PostgresStore,
};

macro_rules! select_sessions {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, hash, principal, principal_id, state, saml, created_at,
                expires_at
             FROM sessions ",
            $rest
        )
    };
}

#[async_trait]
impl SessionRepository for PostgresStore {
    async fn find_session(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<Session>> {
        let query = sqlx::query_as::<_, SessionRow>(select_sessions!(
            "WHERE workspace_id = $1 AND hash = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(&hash.0[..]))
            .await
    }

    async fn list_sessions_of(
        &self,
        workspace: WorkspaceId,
        principal: Principal,
    ) -> Read<Vec<Session>> {
        let query = sqlx::query_as::<_, SessionRow>(select_sessions!(
            "WHERE workspace_id = $1 AND principal = $2 AND principal_id = $3
             ORDER BY id DESC LIMIT 1000"
        ));
        let (kind, id) = columns_of(principal);
        self.list(query.bind(workspace.uuid()).bind(kind).bind(id))
            .await
    }

    async fn list_sessions_by_name_id(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
        name_id: &str,
    ) -> Read<Vec<Session>> {
        let query = sqlx::query_as::<_, SessionRow>(select_sessions!(
            "WHERE workspace_id = $1 AND connection_id = $2 AND name_id = $3
             ORDER BY id DESC LIMIT 1000"
        ));
        let query = query.bind(workspace.uuid()).bind(connection.uuid());
        self.list(query.bind(name_id)).await
    }

    async fn find_authn_request(
        &self,
        workspace: WorkspaceId,
        id: AuthnRequestId,
    ) -> Read<Option<AuthnRequest>> {
        let query = sqlx::query_as::<_, AuthnRequestRow>(
            "SELECT workspace_id, id, version, connection_id, purpose, browser, return_to, created_at,
                expires_at
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
