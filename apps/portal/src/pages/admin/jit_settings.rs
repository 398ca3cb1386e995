//! `/admin/settings/jit`: what a first login makes (R1 to R10).

use askama::Template;
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};

use super::answer::{Done, show};
use crate::{
    pages::{
        Nav, Shell, failure,
        input::PageQuery,
        respond,
        view::{Choice, Entry, Errors, Notice, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod apply;
mod form;
mod preview;
mod save;

pub use apply::ApplyPage;
use form::{Chosen, page};

#[derive(Template)]
#[template(path = "admin/jit_settings.html", blocks = ["settings", "policy", "preview"])]
pub struct JitSettingsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub state: JitState,
    /// The version that the form was made from; 0 when nothing is saved.
    pub version: u64,
    pub methods: Vec<Choice>,
    pub policies: Vec<Entry>,
    pub groups: Vec<Entry>,
    /// JIT clients that exist now.
    pub clients: u64,
    pub last_saved: Option<Saved>,
    /// Somebody saved in between: what they saved, beside what is in the form.
    pub conflict: Option<Conflict>,
    /// No connection exists yet, so nobody could sign in anyway.
    pub idp_missing: bool,
    pub preview: Preview,
}

impl JitSettingsPage {
    pub fn is_configured(&self) -> bool {
        self.state != JitState::NotConfigured
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum JitState {
    #[default]
    NotConfigured,
    /// Saved; the method can still change.
    Open,
    /// A client was made: the method is final (R5).
    Locked {
        /// Its name in the form.
        code: String,
        method: String,
        since: When,
        /// JIT clients ever made.
        clients: u64,
    },
}

#[derive(Clone, Debug, Default)]
pub struct Saved {
    pub at: When,
    pub by: String,
}

#[derive(Clone, Debug, Default)]
pub struct Conflict {
    pub saved: Saved,
    /// The version that *keep mine* replaces.
    pub version: u64,
    pub theirs: Summary,
    pub mine: Summary,
}

#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub method: String,
    pub policy: String,
    pub groups: String,
}

/// What signing in would do, without doing it (R10).
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub assertion: String,
    /// To choose from, if there are several.
    pub connections: Vec<Entry>,
    pub errors: Errors,
    pub outcome: Option<Outcome>,
}

#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub would_succeed: bool,
    /// Such as "A new end user and API client would be created".
    pub title: String,
    pub why: String,
    /// What was read from the assertion and what would be made of it.
    pub facts: Vec<(String, String)>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/settings/jit", get(show_settings).post(save::save))
        .route("/admin/settings/jit/policies", get(policies))
        .route("/admin/settings/jit/preview", post(preview::preview))
        .route(
            "/admin/settings/jit/apply",
            get(apply::count).post(apply::apply),
        )
}

const NOTICES: &[(&str, &str, &str)] = &[("saved", "Saved.", SAVED)];
const SAVED: &str = "The next first login creates an API client with these settings.";

async fn show_settings(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let page = page(&app, &visitor, Chosen::Stored).await;
    let notice = query.notice(NOTICES);
    show(
        &visitor.context,
        page.map(|page| JitSettingsPage { notice, ..page }),
    )
}

/// The list of policies anew, with what was chosen in the form (htmx).
async fn policies(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<Vec<(String, String)>>,
) -> Response {
    match page(&app, &visitor, Chosen::Typed(&query.into())).await {
        Ok(page) => {
            let announce = super::list::count(page.policies.len() as u64, "policy", "policies");
            respond::fragment(
                StatusCode::OK,
                &page.as_policy(),
                &format!("{announce} in the list"),
            )
        }
        Err(error) => failure::page(&visitor.context, &error),
    }
}
