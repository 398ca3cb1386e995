//! `/setup-link`: an invitation for somebody from outside to set up one SSO connection.
//!
//! The link only shows a page. Scanners of mail follow links, so what opens the invitation is a button.

use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

use super::signed_in;
use crate::{
    facts::RequestOrigin,
    pages::{
        Nav, PageContext, Shell, failure,
        input::{PageForm, PageQuery},
        respond,
        visitor::AnyVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "public/setup_link.html")]
pub struct SetupLinkPage {
    pub shell: Shell,
    /// What the link carries.
    pub code: String,
    /// Somebody is signed in in this browser, and would be no longer.
    pub is_signed_in: bool,
}

/// What the link and its form carry.
#[derive(Deserialize)]
pub struct Carried {
    #[serde(default)]
    code: String,
}

pub async fn show(
    State(app): State<App>,
    context: PageContext,
    PageQuery(Carried { code }): PageQuery<Carried>,
    visitor: Option<AnyVisitor>,
) -> Response {
    match app.portal.check_setup_link(app.workspace, &code).await {
        Ok(()) => respond::page(&SetupLinkPage {
            shell: context.shell("Set up single sign-on", Nav::None),
            code,
            is_signed_in: visitor.is_some(),
        }),
        Err(error) => failure::page(&context, &error),
    }
}

pub async fn open(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    PageForm(Carried { code }): PageForm<Carried>,
) -> Response {
    let opened = app
        .portal
        .open_setup_link(app.workspace, &code, &origin)
        .await;
    match opened {
        Ok((connection, session)) => signed_in(&app, &session, &format!("/admin/sso/{connection}")),
        Err(error) => failure::page(&context, &error),
    }
}
