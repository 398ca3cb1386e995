use async_trait::async_trait;
use jit_domain::{
    console::{Administrator, ApiToken},
    ids::{AdministratorId, ApiTokenId, WorkspaceId},
    people::Subject,
    ports::ConsoleRepository,
    tokens::SecretHash,
    values::EmailAddress,
};

use super::Read;
use crate::{
    rows::console::{AdministratorRow, ApiTokenRow},
    store::PostgresStore,
};

macro_rules! select_administrators {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, email, name, role, password_hash, connection_id,
                idp_entity_id, name_id, end_user_id, created_at
             FROM administrators ",
            $rest
        )
    };
}

macro_rules! select_tokens {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, name, role, hash, hint, created_at, expires_at, revoked_at
             FROM api_tokens ",
            $rest
        )
    };
}

#[async_trait]
impl ConsoleRepository for PostgresStore {
    async fn find_administrator(
        &self,
        workspace: WorkspaceId,
        id: AdministratorId,
    ) -> Read<Option<Administrator>> {
        let query = sqlx::query_as::<_, AdministratorRow>(select_administrators!(
            "WHERE workspace_id = $1 AND id = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_administrator_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Option<Administrator>> {
        let query = sqlx::query_as::<_, AdministratorRow>(select_administrators!(
            "WHERE workspace_id = $1 AND email_key = $2 AND password_hash IS NOT NULL"
        ));
        self.find(query.bind(workspace.uuid()).bind(email.key()))
            .await
    }

    async fn find_administrator_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<Administrator>> {
        let query = sqlx::query_as::<_, AdministratorRow>(select_administrators!(
            "WHERE workspace_id = $1 AND idp_entity_id = $2 AND name_id = $3"
        ));
        let query = query.bind(workspace.uuid()).bind(&subject.idp_entity_id);
        self.find(query.bind(&subject.name_id)).await
    }

    async fn list_administrators(&self, workspace: WorkspaceId) -> Read<Vec<Administrator>> {
        let query = sqlx::query_as::<_, AdministratorRow>(select_administrators!(
            "WHERE workspace_id = $1 ORDER BY id"
        ));
        self.list(query.bind(workspace.uuid())).await
    }

    async fn find_api_token(
        &self,
        workspace: WorkspaceId,
        id: ApiTokenId,
    ) -> Read<Option<ApiToken>> {
        let query =
            sqlx::query_as::<_, ApiTokenRow>(select_tokens!("WHERE workspace_id = $1 AND id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_api_token_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<ApiToken>> {
        let query = sqlx::query_as::<_, ApiTokenRow>(select_tokens!(
            "WHERE workspace_id = $1 AND hash = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(&hash.0[..]))
            .await
    }

    async fn list_api_tokens(&self, workspace: WorkspaceId) -> Read<Vec<ApiToken>> {
        let query =
            sqlx::query_as::<_, ApiTokenRow>(select_tokens!("WHERE workspace_id = $1 ORDER BY id"));
        self.list(query.bind(workspace.uuid())).await
    }
}
