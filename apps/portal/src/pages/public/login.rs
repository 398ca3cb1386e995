//! `/login`: one button for each connection, or why there is none (R3).

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{connections::IdpConnection, portal::SignInOptions, sessions::own_path};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::{
    pages::{
        Nav, PageContext, Shell, failure,
        input::PageQuery,
        respond,
        view::{Link, Notice},
        visitor::{AnyVisitor, first_page},
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "public/login.html")]
pub struct LoginPage {
    pub shell: Shell,
    /// Links, not forms: a redirect to the identity provider must not follow a posted form.
    pub connections: Vec<Link>,
    pub notice: Option<Notice>,
}

/// `/login` while nobody can sign in.
#[derive(Template)]
#[template(path = "public/not_ready.html")]
pub struct NotReadyPage {
    pub shell: Shell,
    pub missing: Missing,
}

/// What an administrator still has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The link of the first start was not followed yet.
    Administrator,
    Settings,
    Connection,
}

/// Where somebody wants to go after the sign-in.
#[derive(Debug, Default, Deserialize)]
pub struct ReturnTo {
    #[serde(default)]
    next: String,
}

impl ReturnTo {
    /// The path, if it is one of this portal (R16).
    pub fn path(&self) -> Option<String> {
        own_path(&self.next)
    }
}

pub async fn show(
    State(app): State<App>,
    context: PageContext,
    PageQuery(next): PageQuery<ReturnTo>,
    visitor: Option<AnyVisitor>,
) -> Response {
    let next = next.path();
    if let Some(AnyVisitor(somebody)) = visitor {
        let place = next.unwrap_or_else(|| first_page(&somebody));
        return Redirect::to(&place).into_response();
    }
    match app.portal.list_sign_in_options(app.workspace).await {
        Ok(options) if !options.is_ready && has_no_administrator(&app).await => {
            not_ready(&context, Missing::Administrator)
        }
        Ok(options) => offer(&context, &options, next.as_deref()),
        Err(error) => failure::page(&context, &error),
    }
}

fn offer(context: &PageContext, options: &SignInOptions, next: Option<&str>) -> Response {
    let missing = match options {
        SignInOptions {
            is_ready: false, ..
        } => Missing::Settings,
        SignInOptions { connections, .. } if connections.is_empty() => Missing::Connection,
        SignInOptions { connections, .. } => {
            return respond::page(&LoginPage {
                shell: context.shell("Sign in", Nav::None),
                connections: connections.iter().map(|it| link(it, next)).collect(),
                notice: None,
            });
        }
    };
    not_ready(context, missing)
}

fn not_ready(context: &PageContext, missing: Missing) -> Response {
    let shell = context.shell("The portal is not ready yet", Nav::None);
    respond::page(&NotReadyPage { shell, missing })
}

/// Whether the program has just been installed.
pub(super) async fn has_no_administrator(app: &App) -> bool {
    let all = app.portal.store().list_administrators(app.workspace).await;
    all.is_ok_and(|all| all.is_empty())
}

fn link(connection: &IdpConnection, next: Option<&str>) -> Link {
    let start = format!("/sso/saml/{}/login", connection.slug);
    let href = match next {
        Some(next) => format!(
            "{start}?next={}",
            utf8_percent_encode(next, NON_ALPHANUMERIC)
        ),
        None => start,
    };
    Link::new(href, connection.name.as_str())
}
