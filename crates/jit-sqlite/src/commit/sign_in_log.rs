use jit_domain::sign_in_log::SignInAttempt;
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::json;

const ATTEMPT: Put = Put {
    insert: "INSERT INTO sign_in_attempts (
            workspace_id, id, version, at, connection_id, refusal, reference, outcome, ip,
            evidence, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    replace: "UPDATE sign_in_attempts SET version = ?3, at = ?4, connection_id = ?5, refusal = ?6,
            reference = ?7, outcome = ?8, ip = ?9, evidence = ?10, expires_at = ?11
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put(db: &mut SqliteConnection, it: &SignInAttempt) -> Done {
    let put = ATTEMPT
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.at.timestamp_micros())
        .bind(it.connection.uuid())
        .bind(it.outcome.refusal())
        .bind(&it.origin.request_id)
        .bind(json(&it.outcome)?)
        .bind(it.origin.ip.map(|ip| ip.to_string()))
        .bind(json(&it.evidence)?)
        .bind(it.expires_at.timestamp_micros());
    hit(db, put).await
}
