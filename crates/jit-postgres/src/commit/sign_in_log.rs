use jit_domain::sign_in_log::SignInAttempt;
use sqlx::types::Json;

use super::{Batch, Done, Put};

static ATTEMPT: Put = Put {
    table: "sign_in_attempts",
    insert: "INSERT INTO sign_in_attempts (
            workspace_id, id, version, at, connection_id, refusal, reference, outcome, ip,
            evidence, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    replace: "UPDATE sign_in_attempts SET version = $3, at = $4, connection_id = $5, refusal = $6,
            reference = $7, outcome = $8, ip = $9, evidence = $10, expires_at = $11
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &SignInAttempt) -> Done {
    let put = batch
        .put(&ATTEMPT, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.at)
        .bind(it.connection.uuid())
        .bind(it.outcome.refusal())
        .bind(&it.origin.request_id)
        .bind(Json(&it.outcome))
        .bind(it.origin.ip.map(|ip| ip.to_string()))
        .bind(Json(&it.evidence))
        .bind(it.expires_at);
    put.hit()
}
