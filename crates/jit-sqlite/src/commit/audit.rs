use jit_domain::audit::AuditEvent;
use sqlx::SqliteConnection;

use super::Done;
use crate::rows::json;

pub(super) async fn append(db: &mut SqliteConnection, it: &AuditEvent) -> Done {
    let insert = sqlx::query(
        "INSERT INTO audit_events (
            workspace_id, id, at, actor, ip, request_id, action, target, version_before,
            version_after, details)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    let insert = insert
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.at.timestamp_micros())
        .bind(json(&it.actor)?)
        .bind(it.origin.ip.map(|ip| ip.to_string()))
        .bind(&it.origin.request_id)
        .bind(it.event.action)
        .bind(&it.event.target)
        .bind(it.event.before.map(|version| version.0))
        .bind(it.event.after.map(|version| version.0))
        .bind(json(&it.event.details)?);
    insert.execute(db).await?;
    Ok(())
}
