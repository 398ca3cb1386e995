//! SSO connections: one identity provider each.
//!
//! The page of a connection is a row of steps. Each has a form of its own, and its state is read off the
//! connection and what came through it, so that whoever leaves comes back to where things are.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    connections::{ConnectionState, IdpConnection, Switch},
    values::Timestamp,
};
use jit_idp::profiles::profile;

use super::answer::show;
use crate::{
    pages::{
        Nav, Shell, input,
        view::{Pill, Tab, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod about;
mod activation;
mod attempts;
mod attributes;
mod begin;
pub mod certificates;
mod guide;
mod invitations;
mod metadata;
mod page;
mod people;
mod providers;
mod save;
mod steps;

pub use about::AboutForm;
pub use attempts::AttemptLine;
pub use attributes::{AttributesForm, Offered};
pub use begin::NewConnectionPage;
pub use certificates::CertificateRow;
pub use guide::{ClaimRow, Guide, OurRow};
pub use invitations::{InvitationPage, InvitationRow};
pub use metadata::{MetadataForm, Places, Read};
pub use page::ConnectionPage;
pub use people::PeopleForm;
pub use steps::{Progress, StepCard, StepKey};

#[derive(Template)]
#[template(path = "admin/connections.html")]
pub struct ConnectionsPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    pub rows: Vec<ConnectionRow>,
}

#[derive(Clone, Debug, Default)]
pub struct ConnectionRow {
    pub id: String,
    pub name: String,
    pub provider: &'static str,
    /// What the provider calls itself; empty until that is known.
    pub entity_id: String,
    pub state: Pill,
    pub jit: Pill,
    /// When the last of its certificates ends.
    pub certificate_until: Option<When>,
    /// That this is soon, or that its metadata cannot be read.
    pub warning: Option<Pill>,
}

/// The longest metadata, each byte of which a form may send as three, and the other fields.
const LONGEST_FORM: usize = 3 * 1024 * 1024 + input::LONGEST_FORM;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/sso", get(list))
        .route("/admin/sso/new", get(begin::blank).post(begin::create))
        .route("/admin/sso/{id}", get(page::show))
        .route("/admin/sso/{id}/about", post(save::about))
        .route("/admin/sso/{id}/metadata", post(save::metadata))
        .route("/admin/sso/{id}/refresh", post(metadata::refresh))
        .route("/admin/sso/{id}/attributes", post(save::attributes))
        .route("/admin/sso/{id}/people", post(save::people))
        .route("/admin/sso/{id}/test", get(attempts::begin_test))
        .route("/admin/sso/{id}/activate", post(activation::activate))
        .route("/admin/sso/{id}/deactivate", post(activation::deactivate))
        .route("/admin/sso/{id}/invitations", post(invitations::create))
        .route(
            "/admin/sso/{id}/invitations/delete",
            post(invitations::delete),
        )
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// The two lists about single sign-on.
pub(super) fn tabs(current: &str) -> Vec<Tab> {
    let tab = |href: &str, label: &str| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: None,
        current: href == current,
    };
    vec![
        tab("/admin/sso", "Connections"),
        tab("/admin/sso/log", "Sign-in log"),
    ]
}

async fn list(State(app): State<App>, visitor: ConsoleVisitor) -> Response {
    let now = app.portal.now();
    let connections = app.portal.list_connections(&visitor.caller).await;
    let page = connections.map(|connections| ConnectionsPage {
        shell: visitor.shell("SSO connections", Nav::Connections),
        tabs: tabs("/admin/sso"),
        rows: connections.iter().map(|it| row(it, now)).collect(),
    });
    show(&visitor.context, page)
}

fn row(connection: &IdpConnection, now: Timestamp) -> ConnectionRow {
    let idp = connection.idp.as_ref();
    let ends = idp.and_then(|idp| idp.certificates.iter().map(|it| it.not_after).max());
    ConnectionRow {
        id: connection.id.to_string(),
        name: connection.name.to_string(),
        provider: profile(connection.provider).name,
        entity_id: idp.map_or_else(String::new, |idp| idp.entity_id.clone()),
        state: state(connection),
        jit: match connection.jit {
            Switch::On => Pill::new(Tone::Ok, "On"),
            Switch::Off => Pill::new(Tone::Plain, "Off"),
        },
        certificate_until: ends.map(When::from),
        warning: certificates::pill(connection, now),
    }
}

fn state(connection: &IdpConnection) -> Pill {
    match (connection.state, &connection.idp) {
        (ConnectionState::Active, _) => Pill::new(Tone::Ok, "Active"),
        (ConnectionState::Inactive, Some(_)) => Pill::new(Tone::Plain, "Off"),
        (ConnectionState::Inactive, None) => Pill::new(Tone::Warn, "Being set up"),
    }
}
