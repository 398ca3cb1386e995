//! What a provider posts: verified, taken for what its login was begun for, and handed to the browser.

use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{
    assertion::Examination,
    connections::{IdpConnection, ServiceProvider},
    error::Error,
    portal::{self, Answered},
    saml_keys::SamlKey,
    tokens::Secret,
};
use jit_http::session::{Transport, response_cookie};
use serde::Deserialize;

use super::{find, log_refusal, log_rejection, refuse, test_result, too_many};
use crate::{
    facts::RequestOrigin,
    pages::{ErrorPage, Nav, PageContext},
    wiring::App,
};

/// SAML bindings 3.5.4. Other fields are nobody's business.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(rename = "SAMLResponse")]
    saml_response: String,
    #[serde(rename = "RelayState", default)]
    relay_state: Option<String>,
}

pub(super) async fn take(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(slug): Path<String>,
    form: Result<Form<Posted>, FormRejection>,
) -> Response {
    if let Err(seconds) = app.guesses.response(origin.ip) {
        return too_many(&context, seconds);
    }
    let posted = match form {
        Ok(Form(posted)) => posted,
        Err(rejection) => return not_a_response(&context, &rejection),
    };
    let connection = match find(&app, &slug).await {
        Ok(connection) => connection,
        Err(error) => return refuse(&context, &error),
    };
    let keys = match app.saml_keys.get(&app).await {
        Ok(keys) => keys,
        Err(error) => return refuse(&context, &error),
    };
    let (connection, examination) = examine(&app, &keys, connection, &posted.saml_response).await;
    // Consoles of providers take whole addresses; the path is what counts.
    let relay_state = posted.relay_state.as_deref();
    let relay_state = relay_state.map(|it| it.strip_prefix(&*app.public_url).unwrap_or(it));
    let response = portal::Response {
        connection: &connection,
        examination: &examination,
        relay_state,
        origin: &origin,
    };
    let answered = app.portal.take_response(&response).await;
    answer(&app, &context, &connection, &examination, answered)
}

/// A signature by a key that is not known may be the next one of a provider whose metadata has an address.
async fn examine(
    app: &App,
    keys: &[SamlKey],
    connection: IdpConnection,
    saml_response: &str,
) -> (IdpConnection, Examination) {
    let once = |connection: &IdpConnection| {
        let service = ServiceProvider::of(connection, &app.public_url);
        let now = app.portal.now();
        app.verifier
            .examine(connection, &service, keys, saml_response, now)
    };
    let examination = once(&connection);
    let refusal = examination.verdict.as_ref().err();
    let may_be_mended = refusal.is_some_and(|it| connection.may_have_new_key(it));
    if !(may_be_mended && app.guesses.refresh(connection.id)) {
        return (connection, examination);
    }
    let metadata = &*app.metadata;
    let refreshed = app
        .portal
        .refresh_metadata(app.workspace, connection.id, metadata)
        .await;
    match (refreshed, find(app, connection.slug.as_str()).await) {
        (Ok(true), Ok(connection)) => {
            let examination = once(&connection);
            (connection, examination)
        }
        _ => (connection, examination),
    }
}

fn answer(
    app: &App,
    context: &PageContext,
    connection: &IdpConnection,
    examination: &Examination,
    answered: Result<Answered, Error>,
) -> Response {
    match answered {
        Ok(Answered::EndUser(now, session)) => {
            tracing::info!(
                request.id = context.request_id,
                end_user.id = %now.end_user.id,
                outcome = ?now.outcome,
                "sign_in.accepted"
            );
            to_finish(app, &session)
        }
        Ok(Answered::Administrator(administrator, session)) => {
            tracing::info!(
                request.id = context.request_id,
                administrator.id = %administrator.id,
                "console_sign_in.accepted"
            );
            to_finish(app, &session)
        }
        Ok(Answered::Test) => test_result::show(context, connection, examination),
        Ok(Answered::Refused(refusal)) => {
            let reason = refusal.to_string();
            log_refusal(context, connection.slug.as_str(), refusal.code, &reason);
            not_accepted(context)
        }
        Err(error) => {
            log_rejection(context, connection.slug.as_str(), &error);
            refuse(context, &error)
        }
    }
}

fn to_finish(app: &App, session: &Secret) -> Response {
    let cookie = response_cookie(session.reveal(), Transport::of(&app.public_url));
    ([(header::SET_COOKIE, cookie)], Redirect::to("/sso/finish")).into_response()
}

/// A stranger learns nothing about what was wrong; an administrator finds it by the reference.
fn not_accepted(context: &PageContext) -> Response {
    let page = ErrorPage::new(context.shell("", Nav::None), StatusCode::FORBIDDEN)
        .headed("Sign-in failed")
        .because("The answer of the identity provider was not accepted.")
        .advise("Start again from the portal. If it goes on, tell an administrator the reference below.")
        .offer("Try again", "/login");
    context.error(&page)
}

fn not_a_response(context: &PageContext, rejection: &FormRejection) -> Response {
    log_refusal(context, "", "form_malformed", &rejection.body_text());
    let page = ErrorPage::new(context.shell("", Nav::None), rejection.status())
        .headed("Sign-in failed")
        .because("What arrived was not the answer of an identity provider: a form with one field SAMLResponse was expected.")
        .advise("Start again from the portal.")
        .offer("Try again", "/login");
    context.error(&page)
}
