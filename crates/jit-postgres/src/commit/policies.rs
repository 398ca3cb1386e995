use jit_domain::catalogue::Policy;
use sqlx::types::Json;

use super::{Batch, Done, Put};

static POLICY: Put = Put {
    table: "policies",
    insert: "INSERT INTO policies (
            workspace_id, id, version, name, name_key, rate, quota, ip_rules, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    replace: "UPDATE policies SET version = $3, name = $4, name_key = $5, rate = $6, quota = $7,
            ip_rules = $8, created_at = $9
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &Policy) -> Done {
    let put = batch
        .put(&POLICY, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.name.as_str())
        .bind(it.name.as_str().to_lowercase())
        .bind(it.rate.as_ref().map(Json))
        .bind(it.quota.as_ref().map(Json))
        .bind(Json(&it.ip_rules))
        .bind(it.created_at);
    put.hit()
}
