use jit_domain::audit::AuditEvent;
use serde_json::json as object;
use sqlx::types::Json;

use super::{Batch, Done};

/// One statement however many there are.
pub(super) async fn append(batch: &mut Batch<'_>, events: &[AuditEvent]) -> Done {
    if events.is_empty() {
        return Ok(());
    }
    let row = |it: &AuditEvent| {
        object!({
            "workspace_id": it.workspace.uuid(),
            "id": it.id.uuid(),
            "at": it.at,
            "actor": it.actor,
            "ip": it.origin.ip,
            "request_id": it.origin.request_id,
            "action": it.event.action,
            "target": it.event.target,
            "version_before": it.event.before,
            "version_after": it.event.after,
            "details": it.event.details,
        })
    };
    let rows: Vec<_> = events.iter().map(row).collect();
    let insert = batch.statement(
        "audit_events",
        "INSERT INTO audit_events (
            workspace_id, id, at, actor, ip, request_id, action, target, version_before,
            version_after, details)
         SELECT e.workspace_id, e.id, e.at, e.actor, e.ip, e.request_id, e.action, e.target,
            e.version_before, e.version_after, e.details
         FROM jsonb_to_recordset($1) AS e (
            workspace_id uuid, id uuid, at timestamptz, actor jsonb, ip text, request_id text,
            action text, target text, version_before bigint, version_after bigint, details jsonb)",
    );
    insert.await?.bind(Json(rows)).run()
}
