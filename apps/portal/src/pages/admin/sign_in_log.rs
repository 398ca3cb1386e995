//! `/admin/sso/log`: what came of sign-ins, for those who are asked why it does not work.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use jit_domain::{
    connections::IdpConnection,
    error::Error,
    sign_in_log::{AttemptOutcome, SignInAttempt, SignInAttemptFilter},
};
use serde::Deserialize;

use super::{
    answer::show,
    connections,
    list::{ListQuery, address, count},
    names::Names,
};
use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        view::{Entry, Pager, Pill, Tab, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod attempt;
pub mod words;

pub use attempt::{AttemptPage, CauseText, CheckLine};

#[derive(Template)]
#[template(path = "admin/sign_in_log.html")]
pub struct SignInLogPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    pub connections: Vec<Entry>,
    pub outcomes: Vec<Entry>,
    pub reference: String,
    pub is_filtered: bool,
    pub rows: Vec<AttemptRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct AttemptRow {
    pub id: String,
    pub at: When,
    pub connection: String,
    pub purpose: &'static str,
    pub outcome: Pill,
    /// Who signed in, or why nobody did.
    pub about: String,
    pub reference: String,
}

const HERE: &str = "/admin/sso/log";

pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/admin/sso/log/{id}", get(attempt::show))
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
struct LogQuery {
    #[serde(default)]
    connection: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    after: String,
}

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<LogQuery>,
) -> Response {
    show(&visitor.context, page(&app, &visitor, &query).await)
}

async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    query: &LogQuery,
) -> Result<SignInLogPage, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let connections = portal.list_connections(caller).await?;
    let reference = query.reference.trim();
    let filter = SignInAttemptFilter {
        connection: query.connection.parse().ok(),
        refused: match query.outcome.as_str() {
            "refused" => Some(true),
            "passed" => Some(false),
            _ => None,
        },
        reference: Some(reference.to_owned()).filter(|it| !it.is_empty()),
    };
    let list = ListQuery {
        after: query.after.clone(),
        ..ListQuery::default()
    };
    let found = portal
        .list_sign_in_attempts(caller, &filter, &list.page())
        .await?;
    let here = address(
        HERE,
        &[
            ("connection", &query.connection),
            ("outcome", &query.outcome),
            ("reference", reference),
        ],
    );
    let summary = count(found.items.len() as u64, "attempt", "attempts");
    let pager = list.pager(&here, &found, format!("{summary}, newest first"));
    let mut names = Names::of(app);
    let mut rows = Vec::new();
    for attempt in &found.items {
        rows.push(row(&mut names, attempt).await?);
    }
    Ok(SignInLogPage {
        shell: visitor.shell("Sign-in log", Nav::Connections),
        tabs: connections::tabs(HERE),
        connections: connections.iter().map(|it| entry(it, query)).collect(),
        outcomes: outcomes(&query.outcome),
        reference: reference.to_owned(),
        is_filtered: here != HERE,
        rows,
        pager,
    })
}

fn entry(connection: &IdpConnection, query: &LogQuery) -> Entry {
    let id = connection.id.to_string();
    Entry {
        chosen: id == query.connection,
        value: id,
        label: connection.name.to_string(),
        meta: String::new(),
    }
}

fn outcomes(chosen: &str) -> Vec<Entry> {
    let entry = |value: &str, label: &str| Entry {
        value: value.to_owned(),
        label: label.to_owned(),
        meta: String::new(),
        chosen: value == chosen,
    };
    vec![entry("refused", "Refused"), entry("passed", "Accepted")]
}

async fn row(names: &mut Names<'_>, attempt: &SignInAttempt) -> Result<AttemptRow, Error> {
    let connection = names.name(&attempt.connection.to_string()).await?;
    Ok(AttemptRow {
        id: attempt.id.to_string(),
        at: When::from(attempt.at),
        connection,
        purpose: words::purpose(attempt.evidence.purpose),
        outcome: words::outcome(&attempt.outcome),
        about: about(names, &attempt.outcome).await?,
        reference: attempt.origin.request_id.clone().unwrap_or_default(),
    })
}

async fn about(names: &mut Names<'_>, outcome: &AttemptOutcome) -> Result<String, Error> {
    Ok(match outcome {
        AttemptOutcome::EndUser { id } => names.name(&id.to_string()).await?,
        AttemptOutcome::Administrator { id } => names.name(&id.to_string()).await?,
        AttemptOutcome::Tested => "Nobody was signed in.".to_owned(),
        AttemptOutcome::Refused { code, found, .. } => words::meaning(code, found),
    })
}
