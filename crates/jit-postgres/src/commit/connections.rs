use jit_domain::connections::{GroupSync, IdpConnection};
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::code;

static CONNECTION: Put = Put {
    table: "idp_connections",
    insert: "INSERT INTO idp_connections (
            workspace_id, id, version, slug, name, name_key, state, entity_id, idp, attributes, jit,
            group_rules, enforced_domains, linking, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    replace:
        "UPDATE idp_connections SET version = $3, slug = $4, name = $5, name_key = $6, state = $7,
            entity_id = $8, idp = $9, attributes = $10, jit = $11, group_rules = $12,
            enforced_domains = $13, linking = $14, created_at = $15
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
        .bind(&it.idp.entity_id)
        .bind(Json(&it.idp))
        .bind(Json(&it.attributes))
        .bind(code(it.jit)?)
        .bind(rules.map(Json))
        .bind(Json(&it.enforced_domains))
        .bind(code(it.linking)?)
        .bind(it.created_at);
    put.hit()
}
