//! Access requests: the list, and the decision on one.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    access::RequestStatus,
    catalogue::Publication,
    error::Error,
    views::{AccessRequestFilter, AccessRequestRow as Found},
};

use super::{
    answer::show,
    list::{ListQuery, address},
    words,
};
use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        view::{Entry, Errors, Notice, Pager, Pill, Step, Tab, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod decision;
mod detail;

#[derive(Template)]
#[template(path = "admin/requests.html")]
pub struct RequestsPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    /// The state in the address; the filter keeps it.
    pub state: String,
    pub collections: Vec<Entry>,
    pub is_filtered: bool,
    pub rows: Vec<RequestRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct RequestRow {
    pub id: String,
    pub requester: String,
    pub email: String,
    pub collection: String,
    pub reason: String,
    pub requested: When,
    pub state: Pill,
    pub is_pending: bool,
}

#[derive(Template)]
#[template(path = "admin/request.html")]
pub struct RequestPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub row: RequestRow,
    pub api_version: String,
    pub client: String,
    pub policy: String,
    pub groups: String,
    /// Collections that the client may call already.
    pub access_now: Vec<String>,
    pub history: Vec<Step>,
    /// Why this person cannot decide; empty when they can.
    pub cannot_decide: String,
    /// What was typed before a mistake: the end date and the notes.
    pub ends_on: String,
    pub approve_note: String,
    pub reject_note: String,
    /// Of the grant that an approval made, while it is live.
    pub grant: Option<LiveGrant>,
}

#[derive(Clone, Debug, Default)]
pub struct LiveGrant {
    pub id: String,
    pub until: Option<When>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/requests", get(list))
        .route("/admin/requests/{id}", get(detail::show))
        .route("/admin/requests/{id}/approve", post(decision::approve))
        .route("/admin/requests/{id}/reject", post(decision::reject))
        .route("/admin/grants/{id}/revoke", post(decision::revoke))
}

/// The tabs: state in the address, label, and what the domain calls it.
const TABS: [(&str, &str, Option<RequestStatus>); 4] = [
    ("pending", "Pending", Some(RequestStatus::Pending)),
    ("approved", "Approved", Some(RequestStatus::Approved)),
    ("rejected", "Rejected", Some(RequestStatus::Rejected)),
    ("all", "All", None),
];

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<ListQuery>,
) -> Response {
    show(&visitor.context, page(&app, &visitor, &query).await)
}

async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    query: &ListQuery,
) -> Result<RequestsPage, Error> {
    let portal = &app.portal;
    let (state, _, status) = TABS
        .into_iter()
        .find(|tab| tab.0 == query.state)
        .unwrap_or(TABS[0]);
    let filter = |status| AccessRequestFilter {
        status,
        collection: query.collection.parse().ok(),
        ..AccessRequestFilter::default()
    };
    let mut tabs = Vec::new();
    let mut total = 0;
    for (name, label, status) in TABS {
        let found = portal
            .count_access_requests(&visitor.caller, &filter(status))
            .await?;
        let parameters = [("state", name), ("collection", &query.collection)];
        if name == state {
            total = found;
        }
        tabs.push(Tab {
            href: address("/admin/requests", &parameters),
            label: label.to_owned(),
            count: Some(found),
            current: name == state,
        });
    }
    let found = portal
        .list_access_requests(&visitor.caller, &filter(status), &query.page())
        .await?;
    let here = address(
        "/admin/requests",
        &[("state", state), ("collection", &query.collection)],
    );
    let summary = format!(
        "{} of {} request{}, newest first",
        found.items.len(),
        words::counted(&total),
        if total == 1 { "" } else { "s" },
    );
    Ok(RequestsPage {
        shell: visitor.shell("Access requests", Nav::AccessRequests),
        tabs,
        state: state.to_owned(),
        collections: collections(app, visitor, &query.collection).await?,
        is_filtered: !query.collection.is_empty(),
        pager: query.pager(&here, &found, summary),
        rows: found.items.into_iter().map(row).collect(),
    })
}

/// The collections whose requests the visitor sees (R24).
async fn collections(
    app: &App,
    visitor: &ConsoleVisitor,
    chosen: &str,
) -> Result<Vec<Entry>, Error> {
    let mut found = app.portal.store().list_collections(app.workspace).await?;
    found.retain(|it| it.publication != Publication::Deleted && visitor.caller.may_see(it.id));
    let entry = |it: jit_domain::catalogue::ApiCollection| Entry {
        chosen: it.id.to_string() == chosen,
        value: it.id.to_string(),
        label: it.name.to_string(),
        meta: String::new(),
    };
    Ok(found.into_iter().map(entry).collect())
}

fn row(found: Found) -> RequestRow {
    RequestRow {
        id: found.request.id.to_string(),
        requester: found.requester_name.to_string(),
        email: found
            .requester_email
            .map_or_else(String::new, |email| email.to_string()),
        collection: found.collection_name.to_string(),
        requested: When::from(found.request.requested_at),
        state: words::request(found.request.status()),
        is_pending: found.request.status() == RequestStatus::Pending,
        reason: found.request.reason.to_string(),
    }
}
