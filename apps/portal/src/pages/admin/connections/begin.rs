//! `/admin/sso/new`: which provider it is makes a connection; everything else comes step by step.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{connections::IdpConnection, error::Error, portal::ConnectionDraft};
use jit_idp::profiles::profile;

use super::{
    super::{
        answer::{Returned, done, show_with},
        form::Fields,
    },
    about, guide, providers,
};
use crate::{
    pages::{
        Nav, Shell, failure, respond,
        view::{Choice, Errors},
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "admin/connection_new.html")]
pub struct NewConnectionPage {
    pub shell: Shell,
    pub errors: Errors,
    pub providers: Vec<Choice>,
    pub name: String,
    pub slug: String,
}

pub(super) async fn blank(ByAdministrator(visitor): ByAdministrator) -> Response {
    respond::page(&empty(&visitor))
}

fn empty(visitor: &ConsoleVisitor) -> NewConnectionPage {
    NewConnectionPage {
        shell: visitor.shell("New SSO connection", Nav::Connections),
        errors: Errors::default(),
        providers: providers::choices(""),
        name: String::new(),
        slug: String::new(),
    }
}

pub(super) async fn create(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    match make(&app, &visitor, &fields).await {
        Ok(made) => done(&visitor, &format!("/admin/sso/{}?done=created", made.id)),
        Err(error) => match Returned::from(&error, about::NAMES, 0, "") {
            Some(returned) => again(&visitor, &fields, returned),
            None => failure::page(&visitor.context, &error),
        },
    }
}

async fn make(
    app: &App,
    visitor: &ConsoleVisitor,
    fields: &Fields,
) -> Result<IdpConnection, Error> {
    let provider = about::provider(fields)?;
    // A button that says "Continue with Okta" is what most people want.
    let name = fields.some("name");
    let name = name.unwrap_or_else(|| match provider {
        jit_domain::connections::Provider::Other => String::new(),
        known => profile(known).name.to_owned(),
    });
    let draft = ConnectionDraft {
        slug: fields.some("slug"),
        ..guide::first_draft(&name, provider)
    };
    app.portal.create_connection(&visitor.caller, &draft).await
}

fn again(visitor: &ConsoleVisitor, fields: &Fields, returned: Returned) -> Response {
    let page = empty(visitor);
    let page = NewConnectionPage {
        shell: page.shell.with_error(),
        errors: returned.errors,
        providers: providers::choices(fields.text("provider")),
        name: fields.text("name").to_owned(),
        slug: fields.text("slug").to_owned(),
    };
    show_with(&visitor.context, returned.status, Ok(page))
}
