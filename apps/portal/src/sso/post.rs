//! Sends a browser to a provider with a message.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use jit_idp::{Outgoing, SendError};

use crate::pages::{ErrorPage, Nav, PageContext, Shell, respond};

/// A form that sends itself; without JavaScript it has a button.
#[derive(Template)]
#[template(path = "sso/post.html")]
pub(super) struct PostPage {
    pub shell: Shell,
    pub url: String,
    pub fields: Vec<(&'static str, String)>,
}

/// Goes on by itself, as a page of its own: browsers do not let an answer to a form lead to another site
/// that the policy of the form's page does not name.
#[derive(Template)]
#[template(path = "sso/continue.html")]
pub(super) struct ContinuePage {
    pub shell: Shell,
    pub url: String,
}

/// The answer to a form of ours.
pub(super) fn send_from_form(context: &PageContext, message: &Outgoing) -> Response {
    match message {
        Outgoing::Redirect { url } => respond::page(&ContinuePage {
            shell: context.shell("Signed out", Nav::None),
            url: url.clone(),
        }),
        Outgoing::Post { .. } => send(context, message),
    }
}

pub(super) fn send(context: &PageContext, message: &Outgoing) -> Response {
    match message {
        Outgoing::Redirect { url } => Redirect::to(url).into_response(),
        Outgoing::Post { url, fields } => {
            let page = PostPage {
                shell: context.shell("Going to your identity provider", Nav::None),
                url: url.clone(),
                fields: fields.clone(),
            };
            let policy = policy(&context.nonce, url);
            (
                [(header::CONTENT_SECURITY_POLICY, policy)],
                respond::page(&page),
            )
                .into_response()
        }
    }
}

/// A message that cannot be made: something is missing in the connection, or there is no key.
pub(super) fn refuse(context: &PageContext, error: SendError) -> Response {
    tracing::error!(request.id = context.request_id, %error, "sso.message");
    let shell = context.shell("", Nav::None);
    let page = ErrorPage::new(shell, StatusCode::INTERNAL_SERVER_ERROR)
        .because("The message to your identity provider could not be made.");
    context.error(&page)
}

/// The usual policy, with this one place as well to which a form may go.
fn policy(nonce: &str, url: &str) -> String {
    let origin = url
        .parse::<http::Uri>()
        .ok()
        .and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)));
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; \
         font-src 'self'; form-action {}; frame-ancestors 'none'; base-uri 'none'",
        origin.as_deref().unwrap_or("'none'")
    )
}
