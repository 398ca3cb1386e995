//! `/setup`: the first administrator, made by whoever has the one-time code.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    error::{Error, Rejection},
    portal::AdministratorDraft,
};
use serde::Deserialize;

use super::signed_in;
use crate::{
    facts::RequestOrigin,
    pages::{
        Nav, PageContext, Shell, failure,
        input::{PageForm, PageQuery},
        respond,
        view::Errors,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "public/setup.html")]
pub struct SetupPage {
    pub shell: Shell,
    /// From the link; empty if the visitor has to type it.
    pub code: String,
    pub name: String,
    pub email: String,
    pub errors: Errors,
}

const TITLE: &str = "Create the first administrator";

#[derive(Deserialize)]
pub struct SetupLink {
    #[serde(default)]
    code: String,
}

/// A link whose code is void says so at once; without a code the form asks for it.
pub async fn show(
    State(app): State<App>,
    context: PageContext,
    PageQuery(SetupLink { code }): PageQuery<SetupLink>,
) -> Response {
    if !code.is_empty()
        && let Err(error) = app
            .portal
            .check_setup_code(&app.workspace_slug, &code)
            .await
    {
        return failure::page(&context, &error);
    }
    respond::page(&SetupPage {
        shell: context.shell(TITLE, Nav::None),
        code,
        name: String::new(),
        email: String::new(),
        errors: Errors::default(),
    })
}

#[derive(Deserialize)]
pub struct SetupForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

pub async fn send(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    PageForm(SetupForm {
        code,
        name,
        email,
        password,
    }): PageForm<SetupForm>,
) -> Response {
    let draft = AdministratorDraft {
        email: email.clone(),
        name: name.clone(),
        password: password.clone(),
    };
    let portal = &app.portal;
    let made = portal
        .create_first_administrator(&app.workspace_slug, code.trim(), draft, &origin)
        .await;
    match made {
        Ok(_) => {}
        Err(Error::Rejected(Rejection::Invalid(fields))) => {
            let shell = context.shell(TITLE, Nav::None).with_error();
            let errors = Errors::of_fields(&fields);
            let page = SetupPage {
                shell,
                code,
                name,
                email,
                errors,
            };
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return failure::page(&context, &error),
    }
    match portal
        .sign_in_to_console(app.workspace, &email, password, &origin)
        .await
    {
        Ok((_, session)) => signed_in(&app, &session, "/admin"),
        Err(error) => failure::page(&context, &error),
    }
}
