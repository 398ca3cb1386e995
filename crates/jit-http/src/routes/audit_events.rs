use axum::extract::State;
use jit_domain::views::AuditFilter;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::Console,
    dto::{audit::AuditEvent, items::Items},
    extract::{Query, page},
    problem::Problem,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// One action, or all actions of a subject if it ends with a dot: `access_request.`.
    action: Option<String>,
    /// The id of what it was done to.
    target: Option<String>,
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// The audit log, newest first.
#[utoipa::path(get, path = "/audit-events", tag = "audit-events", operation_id = "list_audit_events", params(Filter), responses((status = 200, body = Items<AuditEvent>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(filter): Query<Filter>,
    State(api): State<Api>,
) -> Result<Items<AuditEvent>, Problem> {
    let page = page(filter.limit, filter.after.as_deref())?;
    let filter = AuditFilter {
        action: filter.action,
        target: filter.target,
    };
    let events = api.portal.list_audit_events(&caller, &filter, &page);
    Ok(Items::page(events.await?))
}
