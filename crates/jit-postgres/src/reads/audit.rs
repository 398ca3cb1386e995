use async_trait::async_trait;
use jit_domain::{
    audit::AuditEvent,
    ids::WorkspaceId,
    ports::AuditRepository,
    views::{AuditFilter, Page, PageRequest},
};

use super::{Read, below, one_more};
use crate::{rows::audit::AuditEventRow, store::PostgresStore};

/// The first condition leads the planner to an index; the others filter what that finds.
macro_rules! page_of {
    ($first:literal) => {
        concat!(
            "SELECT workspace_id, id, at, actor, ip, request_id, action, target, version_before,
                version_after, details
             FROM audit_events WHERE workspace_id = $1 ",
            $first,
            " AND ($2::text IS NULL OR action = $2
                    OR (right($2, 1) = '.' AND left(action, length($2)) = $2))
                AND ($3::text IS NULL OR target = $3)
                AND id < $4
             ORDER BY id DESC LIMIT $5"
        )
    };
}

fn page_text(filter: &AuditFilter) -> &'static str {
    match filter {
        AuditFilter {
            target: Some(_), ..
        } => page_of!("AND target = $3"),
        AuditFilter {
            action: Some(action),
            ..
        } if !action.ends_with('.') => page_of!("AND action = $2"),
        _ => page_of!(""),
    }
}

#[async_trait]
impl AuditRepository for PostgresStore {
    async fn list_audit_events(
        &self,
        workspace: WorkspaceId,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Read<Page<AuditEvent>> {
        let query = sqlx::query_as::<_, AuditEventRow>(page_text(filter))
            .bind(workspace.uuid())
            .bind(&filter.action)
            .bind(&filter.target)
            .bind(below(page))
            .bind(one_more(page));
        self.page(query, page, |event: &AuditEvent| event.id.uuid())
            .await
    }
}
