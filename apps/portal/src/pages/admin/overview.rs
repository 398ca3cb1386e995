//! `/admin`: what is left to set up, and what waits.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};
use jit_domain::{
    catalogue::Publication,
    connections::{ConnectionState, IdpConnection},
    error::{Error, Rejection},
    values::Timestamp,
    views::{AuditFilter, PageLimit, PageRequest},
};

use super::{
    answer::{done, show},
    audit,
    connections::certificates,
    names::{Names, page_of},
};
use crate::{
    pages::{
        Nav, Shell,
        view::{Link, Notice, Step},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod steps;

#[derive(Template)]
#[template(path = "admin/overview.html")]
pub struct OverviewPage {
    pub shell: Shell,
    /// In order; reflects what is, not what was clicked.
    pub steps: Vec<SetupStep>,
    pub stats: Vec<Stat>,
    /// The newest audit events, newest first.
    pub recent: Vec<Step>,
    /// Something that needs a person: a certificate that ends soon, metadata that cannot be read.
    pub warnings: Vec<Notice>,
}

impl OverviewPage {
    /// Steps that have to be done; the others are for whoever wants them.
    fn needed(&self) -> impl Iterator<Item = &SetupStep> {
        self.steps.iter().filter(|step| !step.optional)
    }

    pub fn total(&self) -> usize {
        self.needed().count()
    }

    pub fn done(&self) -> usize {
        self.needed().filter(|step| step.done).count()
    }

    /// The first open step is the one to do now.
    pub fn is_now(&self, index: &usize) -> bool {
        self.steps
            .iter()
            .position(|step| !step.done && !step.optional)
            == Some(*index)
    }

    pub fn is_ready(&self) -> bool {
        self.done() == self.total()
    }
}

#[derive(Clone, Debug, Default)]
pub struct SetupStep {
    pub title: String,
    pub about: String,
    pub done: bool,
    pub optional: bool,
    pub link: Option<Link>,
    /// Why it cannot be done yet, such as "After step 4"; takes the place of the link.
    pub blocked: String,
}

#[derive(Clone, Debug, Default)]
pub struct Stat {
    pub value: String,
    pub label: String,
    pub href: String,
}

pub fn routes() -> Router<App> {
    Router::new().route("/admin", get(overview))
}

/// Approvers, who cannot read the console, find their requests instead.
async fn overview(State(app): State<App>, visitor: ConsoleVisitor) -> Response {
    match page(&app, &visitor).await {
        Err(Error::Rejected(Rejection::RoleMissing { .. })) => done(&visitor, "/admin/requests"),
        page => show(&visitor.context, page),
    }
}

async fn page(app: &App, visitor: &ConsoleVisitor) -> Result<OverviewPage, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let connections = portal.list_connections(caller).await?;
    let settings = portal.find_jit_settings(caller).await?;
    let groups = portal.list_groups(caller).await?;
    let collections = portal.list_collections(caller).await?;
    let end_users = portal.store().count_end_users(app.workspace).await?;
    let newest = PageRequest {
        limit: PageLimit::clamped(10),
        ..PageRequest::FIRST
    };
    let events = portal
        .list_audit_events(caller, &AuditFilter::default(), &newest)
        .await?;
    let published = collections
        .iter()
        .filter(|it| it.publication == Publication::Published)
        .count();
    let now = portal.now();
    let in_use = connections
        .iter()
        .filter(|it| it.state == ConnectionState::Active);
    let warnings = in_use.flat_map(|it| warnings(it, now)).collect();
    let facts = steps::Facts {
        connections: &connections,
        groups: groups.len(),
        published,
        settings: settings.settings.as_ref(),
        end_users,
        login: format!("{}/login", app.public_url),
    };
    Ok(OverviewPage {
        shell: visitor.shell("Overview", Nav::Overview),
        steps: facts.steps(),
        stats: vec![
            stat(
                visitor.pending,
                "request waiting",
                "requests waiting",
                "/admin/requests",
            ),
            stat(end_users, "end user", "end users", "/admin/users"),
            stat(
                settings.clients,
                "API client",
                "API clients",
                "/admin/clients",
            ),
            stat(
                published as u64,
                "published collection",
                "published collections",
                "/admin/collections",
            ),
        ],
        recent: audit::steps(&mut Names::of(app), &events.items).await?,
        warnings,
    })
}

fn warnings(connection: &IdpConnection, now: Timestamp) -> Vec<Notice> {
    let href = page_of(&connection.id.to_string());
    let mut notices = certificates::warnings(connection, now);
    for notice in &mut notices {
        notice.link = Some(Link::new(format!("{href}#step-metadata"), "Open it"));
    }
    notices
}

fn stat(number: u64, one: &str, many: &str, href: &str) -> Stat {
    Stat {
        value: super::words::number(number),
        label: if number == 1 { one } else { many }.to_owned(),
        href: href.to_owned(),
    }
}
