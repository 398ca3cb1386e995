use async_trait::async_trait;
use jit_domain::{
    audit::AuditEvent,
    ids::WorkspaceId,
    ports::AuditRepository,
    views::{AuditFilter, Page, PageRequest},
};
use sqlx::QueryBuilder;

use super::{Read, below, one_more};
use crate::{rows::audit::AuditEventRow, store::PostgresStore};

const PAGE: &str =
    "SELECT workspace_id, id, at, actor, ip, request_id, action, target, version_before,
        version_after, details
     FROM audit_events WHERE workspace_id = ";

#[async_trait]
impl AuditRepository for PostgresStore {
    async fn list_audit_events(
        &self,
        workspace: WorkspaceId,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Read<Page<AuditEvent>> {
        // Only the conditions that are asked for: the plan of a text with all of them would suit none.
        let mut query = QueryBuilder::new(PAGE);
        query.push_bind(workspace.uuid());
        match filter.action.as_deref() {
            Some(action) if action.ends_with('.') => {
                query
                    .push(" AND starts_with(action, ")
                    .push_bind(action)
                    .push(")");
            }
            Some(action) => {
                query.push(" AND action = ").push_bind(action);
            }
            None => {}
        }
        if let Some(target) = &filter.target {
            query.push(" AND target = ").push_bind(target);
        }
        query.push(" AND id < ").push_bind(below(page));
        query
            .push(" ORDER BY id DESC LIMIT ")
            .push_bind(one_more(page));
        let query = query.build_query_as::<AuditEventRow>();
        self.page(query, page, |event: &AuditEvent| event.id.uuid())
            .await
    }
}
