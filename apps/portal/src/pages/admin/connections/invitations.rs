//! Setup links: somebody from outside does the steps that need their identity provider.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{
    connections::IdpConnection,
    console::SetupLink,
    error::{Error, Rejection},
    ids::{IdpConnectionId, SetupLinkId},
    tokens::Secret,
};

use super::super::{
    answer::done,
    form::{Fields, Id},
    names::Names,
};
use crate::{
    pages::{
        Nav, Shell, failure, respond,
        view::{Pill, Tone, When},
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

/// The answer to an invitation: the link, this once.
#[derive(Template)]
#[template(path = "admin/invitation.html")]
pub struct InvitationPage {
    pub shell: Shell,
    pub id: String,
    pub connection: String,
    pub link: String,
    pub until: When,
}

/// An invitation that is still good.
#[derive(Clone, Debug, Default)]
pub struct InvitationRow {
    pub id: String,
    pub by: String,
    pub created: When,
    pub until: When,
    pub state: Pill,
}

pub(super) async fn create(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    match invite(&app, &visitor, id).await {
        Ok(page) => respond::page(&page),
        Err(error) => failure::page(&visitor.context, &error),
    }
}

async fn invite(
    app: &App,
    visitor: &ConsoleVisitor,
    id: IdpConnectionId,
) -> Result<InvitationPage, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let connection = portal.find_connection(caller, id).await?;
    let (link, secret) = portal.create_setup_link(caller, id).await?;
    Ok(InvitationPage {
        shell: visitor.shell("Send this link now", Nav::Connections),
        id: id.to_string(),
        connection: connection.name.to_string(),
        link: address(app, &secret),
        until: When::from(link.expires_at),
    })
}

/// In the query, because the log of requests writes paths down and never a query.
fn address(app: &App, secret: &Secret) -> String {
    format!("{}/setup-link?code={}", app.public_url, secret.reveal())
}

pub(super) async fn delete(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    match take_back(&app, &visitor, fields.text("link")).await {
        Ok(()) => {
            let place = format!("/admin/sso/{id}?done=invitation-deleted#invitations");
            done(&visitor, &place)
        }
        Err(error) => failure::page(&visitor.context, &error),
    }
}

async fn take_back(app: &App, visitor: &ConsoleVisitor, link: &str) -> Result<(), Error> {
    let missing = |_| Rejection::NotFound { what: "setup link" };
    let link: SetupLinkId = link.parse().map_err(missing)?;
    app.portal.delete_setup_link(&visitor.caller, link).await
}

/// Those that can still be opened, and those that were and are in use.
pub(super) async fn rows(
    app: &App,
    visitor: &ConsoleVisitor,
    connection: &IdpConnection,
) -> Result<Vec<InvitationRow>, Error> {
    let links = app
        .portal
        .list_setup_links(&visitor.caller, connection.id)
        .await?;
    let mut names = Names::of(app);
    let mut rows = Vec::new();
    for link in links {
        rows.push(row(&mut names, link).await?);
    }
    Ok(rows)
}

async fn row(names: &mut Names<'_>, link: SetupLink) -> Result<InvitationRow, Error> {
    Ok(InvitationRow {
        id: link.id.to_string(),
        by: names.decider(link.created_by).await?,
        created: When::from(link.created_at),
        until: When::from(link.expires_at),
        state: match link.opened_at {
            Some(_) => Pill::new(Tone::Info, "In use"),
            None => Pill::new(Tone::Plain, "Not opened yet"),
        },
    })
}
