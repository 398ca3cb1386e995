use jit_domain::{
    connections::{GroupSync, IdpConnection},
    console::SetupLink,
    saml_keys::SamlKey,
};
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::code;

static CONNECTION: Put = Put {
    table: "idp_connections",
    insert: "INSERT INTO idp_connections (
            workspace_id, id, version, slug, name, name_key, state, provider, entity_id, idp,
            metadata, saml, attributes, jit, group_rules, enforced_domains, linking, console_roles,
            certificate_notices, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20)",
    replace:
        "UPDATE idp_connections SET version = $3, slug = $4, name = $5, name_key = $6, state = $7,
            provider = $8, entity_id = $9, idp = $10, metadata = $11, saml = $12, attributes = $13,
            jit = $14, group_rules = $15, enforced_domains = $16, linking = $17,
            console_roles = $18, certificate_notices = $19, created_at = $20
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &IdpConnection) -> Done {
    let rules = match &it.group_sync {
        GroupSync::Off => None,
        GroupSync::On(rules) => Some(rules),
    };
    let put = batch
        .put(&CONNECTION, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.slug.as_str())
        .bind(it.name.as_str())
        .bind(it.name.as_str().to_lowercase())
        .bind(code(it.state)?)
        .bind(code(it.provider)?)
        .bind(it.idp.as_ref().map(|idp| idp.entity_id.as_str()))
        .bind(it.idp.as_ref().map(Json))
        .bind(Json(&it.metadata))
        .bind(Json(&it.saml))
        .bind(Json(&it.attributes))
        .bind(code(it.jit)?)
        .bind(rules.map(Json))
        .bind(Json(&it.enforced_domains))
        .bind(code(it.linking)?)
        .bind(Json(&it.console_roles))
        .bind(Json(&it.certificate_notices))
        .bind(it.created_at);
    put.hit()
}

static KEY: Put = Put {
    table: "saml_keys",
    insert: "INSERT INTO saml_keys (
            workspace_id, id, version, private, certificate, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)",
    replace: "UPDATE saml_keys SET version = $3, private = $4, certificate = $5, created_at = $6
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_key(batch: &mut Batch<'_>, it: &SamlKey) -> Done {
    let put = batch
        .put(&KEY, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(&it.private.0[..])
        .bind(Json(&it.certificate))
        .bind(it.created_at);
    put.hit()
}

static LINK: Put = Put {
    table: "setup_links",
    insert: "INSERT INTO setup_links (
            workspace_id, id, version, connection_id, hash, created_by, created_at, expires_at,
            opened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    replace: "UPDATE setup_links SET version = $3, connection_id = $4, hash = $5, created_by = $6,
            created_at = $7, expires_at = $8, opened_at = $9
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_link(batch: &mut Batch<'_>, it: &SetupLink) -> Done {
    let put = batch
        .put(&LINK, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.connection.uuid())
        .bind(&it.hash.0[..])
        .bind(Json(&it.created_by))
        .bind(it.created_at)
        .bind(it.expires_at)
        .bind(it.opened_at);
    put.hit()
}
