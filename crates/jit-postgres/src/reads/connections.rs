use async_trait::async_trait;
use jit_domain::{
    connections::IdpConnection,
    console::SetupLink,
    ids::{IdpConnectionId, SetupLinkId, WorkspaceId},
    ports::ConnectionRepository,
    saml_keys::SamlKey,
    tokens::SecretHash,
    values::Slug,
};

use super::Read;
use crate::{
    rows::connections::{IdpConnectionRow, SamlKeyRow, SetupLinkRow},
    store::PostgresStore,
};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, slug, name, state, provider, idp, metadata, saml,
                attributes, jit, group_rules, enforced_domains, linking, console_roles,
                certificate_notices, created_at
             FROM idp_connections ",
            $rest
        )
    };
}

macro_rules! select_links {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, connection_id, hash, created_by, created_at, expires_at,
                opened_at
             FROM setup_links ",
            $rest
        )
    };
}

#[async_trait]
impl ConnectionRepository for PostgresStore {
    async fn find_connection(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
    ) -> Read<Option<IdpConnection>> {
        let query =
            sqlx::query_as::<_, IdpConnectionRow>(select!("WHERE workspace_id = $1 AND id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_connection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<IdpConnection>> {
        let query =
            sqlx::query_as::<_, IdpConnectionRow>(select!("WHERE workspace_id = $1 AND slug = $2"));
        self.find(query.bind(workspace.uuid()).bind(slug.as_str()))
            .await
    }

    async fn list_connections(&self, workspace: WorkspaceId) -> Read<Vec<IdpConnection>> {
        let query = sqlx::query_as::<_, IdpConnectionRow>(select!(
            "WHERE workspace_id = $1 ORDER BY name_key, id"
        ));
        self.list(query.bind(workspace.uuid())).await
    }

    async fn list_saml_keys(&self, workspace: WorkspaceId) -> Read<Vec<SamlKey>> {
        let query = sqlx::query_as::<_, SamlKeyRow>(
            "SELECT workspace_id, id, version, private, certificate, created_at
             FROM saml_keys WHERE workspace_id = $1 ORDER BY id DESC",
        );
        self.list(query.bind(workspace.uuid())).await
    }

    async fn find_setup_link(
        &self,
        workspace: WorkspaceId,
        id: SetupLinkId,
    ) -> Read<Option<SetupLink>> {
        let query =
            sqlx::query_as::<_, SetupLinkRow>(select_links!("WHERE workspace_id = $1 AND id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_setup_link_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<SetupLink>> {
        let query = sqlx::query_as::<_, SetupLinkRow>(select_links!(
            "WHERE workspace_id = $1 AND hash = $2"
        ));
        self.find(query.bind(workspace.uuid()).bind(&hash.0[..]))
            .await
    }

    async fn list_setup_links(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
    ) -> Read<Vec<SetupLink>> {
        let query = sqlx::query_as::<_, SetupLinkRow>(select_links!(
            "WHERE workspace_id = $1 AND connection_id = $2 ORDER BY id DESC"
        ));
        self.list(query.bind(workspace.uuid()).bind(connection.uuid()))
            .await
    }
}
