use jit_domain::audit::AuditEvent;
use serde_json::json as object;
use sqlx::SqliteConnection;

use super::Done;
use crate::rows::json;

/// One statement however many there are: each statement costs a hop to the thread of the connection.
pub(super) async fn append(db: &mut SqliteConnection, events: &[AuditEvent]) -> Done {
    if events.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(events.len());
    for it in events {
        rows.push(object!({
            "workspace_id": it.workspace.uuid().simple(),
            "id": it.id.uuid().simple(),
            "at": it.at.timestamp_micros(),
            "actor": json(&it.actor)?,
            "ip": it.origin.ip,
            "request_id": it.origin.request_id,
            "action": it.event.action,
            "target": it.event.target,
            "version_before": it.event.before,
            "version_after": it.event.after,
            "details": json(&it.event.details)?,
        }));
    }
    let insert = sqlx::query(
        "INSERT INTO audit_events (
            workspace_id, id, at, actor, ip, request_id, action, target, version_before,
            version_after, details)
         SELECT unhex(value ->> 'workspace_id'), unhex(value ->> 'id'), value ->> 'at',
            value ->> 'actor', value ->> 'ip', value ->> 'request_id', value ->> 'action',
            value ->> 'target', value ->> 'version_before', value ->> 'version_after',
            value ->> 'details'
         FROM json_each(?)",
    );
    insert.bind(json(&rows)?).execute(db).await?;
    Ok(())
}
