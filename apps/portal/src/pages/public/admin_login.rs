//! `/login/admin`: a password for the people who look after the portal.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{
    connections::IdpConnection,
    error::{Error, Rejection},
    portal::SignedIn,
    sessions::own_path,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::{
    login::{ReturnTo, has_no_administrator},
    signed_in,
};
use crate::{
    facts::RequestOrigin,
    pages::{
        ErrorPage, Nav, PageContext, Shell, failure,
        input::{PageForm, PageQuery},
        respond,
        view::{Errors, Link},
        visitor::AnyVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "public/admin_login.html")]
pub struct AdminLoginPage {
    pub shell: Shell,
    pub email: String,
    /// Where to go afterwards: a path of this portal.
    pub next: String,
    /// Identity providers that give roles in the console. Links, as on the other sign-in page.
    pub connections: Vec<Link>,
    /// There is nobody who could sign in.
    pub is_first_run: bool,
    pub errors: Errors,
}

const TITLE: &str = "Administrator sign-in";

pub async fn show(
    State(app): State<App>,
    context: PageContext,
    PageQuery(next): PageQuery<ReturnTo>,
    visitor: Option<AnyVisitor>,
) -> Response {
    let next = place(next.path());
    if let Some(AnyVisitor(SignedIn::Administrator { .. })) = visitor {
        return Redirect::to(&next).into_response();
    }
    respond::page(&AdminLoginPage {
        shell: context.shell(TITLE, Nav::None),
        email: String::new(),
        connections: connections(&app, &next).await,
        next,
        is_first_run: has_no_administrator(&app).await,
        errors: Errors::default(),
    })
}

#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn send(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    PageForm(form): PageForm<Credentials>,
) -> Response {
    if let Err(seconds) = app.guesses.attempt(origin.ip, &form.email) {
        return too_many(&context, seconds);
    }
    let next = place(own_path(&form.next));
    let Credentials {
        email, password, ..
    } = form;
    let done = app
        .portal
        .sign_in_to_console(app.workspace, &email, password, &origin)
        .await;
    match done {
        Ok((_, session)) => signed_in(&app, &session, &next),
        Err(Error::Rejected(rejection @ Rejection::WrongPassword)) => {
            tracing::warn!(request.id = context.request_id, "console_sign_in.refused");
            let mut errors = Errors::default();
            errors.push("sign-in", failure::sentence(&rejection.to_string()));
            let shell = context.shell(TITLE, Nav::None).with_error();
            let page = AdminLoginPage {
                shell,
                email,
                connections: connections(&app, &next).await,
                next,
                is_first_run: false,
                errors,
            };
            respond::page_with(StatusCode::UNAUTHORIZED, &page)
        }
        Err(error) => failure::page(&context, &error),
    }
}

/// None while they cannot be read: a password works then as well.
async fn connections(app: &App, next: &str) -> Vec<Link> {
    let options = app.portal.list_sign_in_options(app.workspace).await;
    let active = options.map_or_else(|_| vec![], |options| options.connections);
    let gives_roles = active.iter().filter(|it| !it.console_roles.is_empty());
    gives_roles.map(|it| link(it, next)).collect()
}

fn link(connection: &IdpConnection, next: &str) -> Link {
    let start = format!("/sso/saml/{}/login?to=console", connection.slug);
    let href = match next {
        "/admin" => start,
        next => format!(
            "{start}&next={}",
            utf8_percent_encode(next, NON_ALPHANUMERIC)
        ),
    };
    Link::new(href, connection.name.as_str())
}

fn place(next: Option<String>) -> String {
    next.unwrap_or_else(|| "/admin".to_owned())
}

fn too_many(context: &PageContext, seconds: u64) -> Response {
    let mut page = ErrorPage::new(context.shell("", Nav::None), StatusCode::TOO_MANY_REQUESTS)
        .headed("Too many attempts to sign in")
        .because("Somebody tried many passwords, for this account or from your address.")
        .offer("Back to the sign-in", "/login/admin");
    page.retry_after = Some(seconds);
    context.error(&page)
}
