//! `/requests`: what the visitor asked for.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{
    access::{AccessRequest, RequestStatus},
    error::{Error, Rejection},
    ids::{AccessRequestId, ApiCollectionId},
    views::{AccessRequestRow, AccessState, Cursor, PageRequest},
};
use serde::Deserialize;

use super::{history::Histories, words};
use crate::{
    pages::{
        Nav, Shell,
        input::{PagePath, PageQuery},
        respond,
        view::{Notice, Pager, Pill, Step, When},
        visitor::EndUserVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/my_requests.html")]
pub struct MyRequestsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub requests: Vec<MyRequest>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct MyRequest {
    pub id: String,
    pub collection: String,
    /// Empty if the collection is no longer there for the visitor.
    pub slug: String,
    pub state: Pill,
    pub requested: When,
    pub reason: String,
    pub history: Vec<Step>,
    pub may_withdraw: bool,
    pub may_ask_again: bool,
    pub is_approved: bool,
}

/// What the address says: which part of the list, and what just happened.
#[derive(Deserialize)]
pub struct Part {
    #[serde(default)]
    after: String,
    /// The id of a request.
    #[serde(default)]
    sent: String,
    #[serde(default)]
    withdrawn: String,
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PageQuery(part): PageQuery<Part>,
) -> Response {
    match list(&app, &visitor, &part).await {
        Ok(page) => respond::page(&page),
        Err(error) => visitor.refuse(&error),
    }
}

pub async fn withdraw(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(id): PagePath,
) -> Response {
    match take_back(&app, &visitor, &id).await {
        Ok(id) => Redirect::to(&format!("/requests?withdrawn={id}")).into_response(),
        Err(error) => visitor.refuse(&error),
    }
}

async fn take_back(
    app: &App,
    visitor: &EndUserVisitor,
    id: &str,
) -> Result<AccessRequestId, Error> {
    let unknown = |_| Rejection::NotFound {
        what: "access request",
    };
    let id = id.parse().map_err(unknown)?;
    app.portal.withdraw_request(&visitor.caller, id).await?;
    Ok(id)
}

async fn list(app: &App, visitor: &EndUserVisitor, part: &Part) -> Result<MyRequestsPage, Error> {
    let asked = PageRequest {
        after: Cursor::parse(&part.after),
        ..PageRequest::FIRST
    };
    let page = app
        .portal
        .list_own_requests(&visitor.caller, &asked)
        .await?;
    let seen = app.portal.discover(&visitor.caller).await?;
    let standing = seen
        .into_iter()
        .map(|it| (it.collection.id, it.access))
        .collect();
    let mut histories = Histories::of(app, &visitor.caller).await?;
    let mut newest = BTreeSet::new();
    let mut requests = Vec::new();
    for row in &page.items {
        let is_newest = newest.insert(row.request.collection);
        let history = histories.tell(&row.request).await?;
        requests.push(one(row, &standing, is_newest, history));
    }
    Ok(MyRequestsPage {
        shell: visitor.shell("My requests", Nav::MyRequests),
        notice: notice(&page.items, part),
        pager: Pager {
            summary: match (requests.len(), asked.after, page.next) {
                (1, None, None) => "1 request".to_owned(),
                (all, None, None) => format!("{all} requests"),
                (some, ..) => format!("{some} on this page"),
            },
            first: asked.after.map(|_| "/requests".to_owned()),
            next: page.next.map(|next| format!("/requests?after={next}")),
        },
        requests,
    })
}

fn one(
    row: &AccessRequestRow,
    standing: &HashMap<ApiCollectionId, AccessState>,
    is_newest: bool,
    history: Vec<Step>,
) -> MyRequest {
    let request = &row.request;
    let access = standing.get(&request.collection);
    let asks_anew = matches!(access, Some(AccessState::None | AccessState::Rejected(_)));
    MyRequest {
        id: request.id.to_string(),
        collection: row.collection_name.to_string(),
        slug: access
            .map(|_| row.collection_slug.to_string())
            .unwrap_or_default(),
        state: words::request(request.status()),
        requested: request.requested_at.into(),
        reason: request.reason.to_string(),
        history,
        may_withdraw: request.status() == RequestStatus::Pending,
        may_ask_again: is_newest && asks_anew,
        is_approved: matches!(access, Some(AccessState::Granted(grant)) if grant.request == request.id),
    }
}

/// Only of something that is so: the address may come from anywhere.
fn notice(rows: &[AccessRequestRow], part: &Part) -> Option<Notice> {
    let find = |id: &str, status| {
        let is_it =
            |request: &AccessRequest| request.id.to_string() == id && request.status() == status;
        rows.iter().find(|row| is_it(&row.request))
    };
    if find(&part.sent, RequestStatus::Pending).is_some() {
        return Some(Notice::done(
            "Request sent.",
            "You find the answer of the administrators here.",
        ));
    }
    let row = find(&part.withdrawn, RequestStatus::Withdrawn)?;
    let text = format!(
        "Nobody will decide your request for {}. You can ask again.",
        row.collection_name
    );
    Some(Notice::done("Withdrawn.", text))
}
