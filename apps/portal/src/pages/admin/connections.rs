//! SSO connections: one identity provider each.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    response::Response,
    routing::{get, post},
};
use jit_domain::connections::{ConnectionState, IdpConnection, Switch};

use super::answer::{Done, show};
use crate::{
    pages::{
        Nav, Shell,
        input::{self, PageQuery},
        view::{Choice, Errors, Notice, Pill, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod activation;
mod draft;
mod editor;
mod fields;
mod save;

#[derive(Template)]
#[template(path = "admin/connections.html")]
pub struct ConnectionsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<ConnectionRow>,
}

#[derive(Clone, Debug, Default)]
pub struct ConnectionRow {
    pub id: String,
    pub name: String,
    pub entity_id: String,
    pub state: Pill,
    pub jit: Pill,
    /// When the last of its certificates ends.
    pub certificate_until: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/connection.html")]
pub struct ConnectionPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: ConnectionFields,
    /// How the metadata comes: `url`, `document` (a file or its content) or `values`;
    /// for one that is stored also `keep`, chosen at first.
    pub sources: Vec<Choice>,
    pub certificates: Vec<CertificateRow>,
    /// For the identity provider; absent until the first save gives the connection its address.
    pub ours: Option<OurSide>,
    pub is_active: bool,
    pub state: Pill,
}

#[derive(Clone, Debug, Default)]
pub struct ConnectionFields {
    pub name: String,
    pub slug: String,
    pub metadata_url: String,
    pub metadata: String,
    pub entity_id: String,
    pub sso_url: String,
    pub slo_url: String,
    pub certificate: String,
    /// Attribute names, one a line; the first that is present counts.
    pub display_name: String,
    pub email: String,
    pub groups: String,
    pub jit: bool,
    pub group_sync: bool,
    /// `value = group`, one a line.
    pub group_rules: String,
    pub linking: bool,
    pub enforced_domains: String,
}

#[derive(Clone, Debug, Default)]
pub struct CertificateRow {
    pub fingerprint: String,
    pub until: When,
    pub state: Pill,
}

/// What the identity provider must be told about the portal.
#[derive(Clone, Debug, Default)]
pub struct OurSide {
    pub entity_id: String,
    pub acs_url: String,
    pub login_url: String,
}

/// The longest metadata, each byte of which a form may send as three, and the other fields.
const LONGEST_FORM: usize = 3 * 1024 * 1024 + input::LONGEST_FORM;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/sso", get(list))
        .route("/admin/sso/new", get(editor::blank).post(save::create))
        .route("/admin/sso/{id}", get(editor::edit).post(save::change))
        .route("/admin/sso/{id}/activate", post(activation::activate))
        .route("/admin/sso/{id}/deactivate", post(activation::deactivate))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

const NOTICES: &[(&str, &str, &str)] = &[
    (
        "created",
        "Created.",
        "Give the values below to your identity provider, then switch the connection on.",
    ),
    ("saved", "Saved.", "The next sign-in uses these values."),
    (
        "activated",
        "Switched on.",
        "The sign-in page has a button for it.",
    ),
    (
        "deactivated",
        "Switched off.",
        "Nobody can sign in this way.",
    ),
];

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let connections = app.portal.list_connections(&visitor.caller).await;
    let page = connections.map(|connections| ConnectionsPage {
        shell: visitor.shell("SSO connections", Nav::Connections),
        notice: query.notice(NOTICES),
        rows: connections.iter().map(row).collect(),
    });
    show(&visitor.context, page)
}

fn row(connection: &IdpConnection) -> ConnectionRow {
    let end = connection
        .idp
        .certificates
        .iter()
        .map(|it| it.not_after)
        .max();
    ConnectionRow {
        id: connection.id.to_string(),
        name: connection.name.to_string(),
        entity_id: connection.idp.entity_id.clone(),
        state: state(connection),
        jit: match connection.jit {
            Switch::On => Pill::new(Tone::Ok, "On"),
            Switch::Off => Pill::new(Tone::Plain, "Off"),
        },
        certificate_until: end.map(When::from),
    }
}

fn state(connection: &IdpConnection) -> Pill {
    match connection.state {
        ConnectionState::Active => Pill::new(Tone::Ok, "Active"),
        ConnectionState::Inactive => Pill::new(Tone::Plain, "Off"),
    }
}
