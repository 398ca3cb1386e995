//! Single logout (SAML profiles 4.4), from either side.

use axum::{
    Form,
    extract::{Path, RawQuery, State, rejection::FormRejection},
    http::StatusCode,
    response::Response,
};
use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    console::Origin,
    error::Error,
    saml_keys::SamlKey,
    sessions::Session,
};
use jit_idp::{
    LogoutOutcome, LogoutRequest, LogoutResponse, Received, ReceivedLogout, read_logout,
};
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::{find, log_refusal, post, refuse};
use crate::{
    facts::RequestOrigin,
    pages::{ErrorPage, Nav, PageContext, public::SignedOutPage, respond},
    wiring::App,
};

/// SAML bindings 3.5.4: one of the two.
#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(rename = "SAMLRequest", default)]
    request: Option<String>,
    #[serde(rename = "SAMLResponse", default)]
    response: Option<String>,
    #[serde(rename = "RelayState", default)]
    relay_state: Option<String>,
}

pub(super) async fn by_redirect(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(connection): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let relay_state = parameter(&query, "RelayState");
    let message = Message {
        received: Received::Query(&query),
        relay_state: relay_state.as_deref(),
    };
    take(&app, &context, &origin, &connection, &message).await
}

pub(super) async fn by_post(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(connection): Path<String>,
    form: Result<Form<Posted>, FormRejection>,
) -> Response {
    let Ok(Form(posted)) = form else {
        return not_accepted(&context);
    };
    let received = match (&posted.request, &posted.response) {
        (Some(request), None) => Received::PostedRequest(request),
        (None, Some(response)) => Received::PostedResponse(response),
        _ => return not_accepted(&context),
    };
    let message = Message {
        received,
        relay_state: posted.relay_state.as_deref(),
    };
    take(&app, &context, &origin, &connection, &message).await
}

struct Message<'a> {
    received: Received<'a>,
    relay_state: Option<&'a str>,
}

async fn take(
    app: &App,
    context: &PageContext,
    origin: &Origin,
    slug: &str,
    message: &Message<'_>,
) -> Response {
    let (connection, keys) = match (find(app, slug).await, app.saml_keys.get(app).await) {
        (Ok(connection), Ok(keys)) => (connection, keys),
        (Err(error), _) | (_, Err(error)) => return refuse(context, &error),
    };
    let service = ServiceProvider::of(&connection, &app.public_url);
    let now = app.portal.now();
    match read_logout(message.received, &connection, &service, &keys, now) {
        Ok(ReceivedLogout::Request {
            id,
            name_id,
            session_indexes,
        }) => {
            let (workspace, name) = (app.workspace, &name_id.value);
            let ended = app
                .portal
                .end_sessions_for_provider(workspace, connection.id, name, &session_indexes, origin)
                .await;
            if let Err(error) = ended {
                return refuse(context, &error);
            }
            let answer = LogoutResponse {
                id: app.portal.new_message_id(),
                issued_at: now,
                connection: &connection,
                service: &service,
                keys: &keys,
                in_response_to: &id,
                outcome: &LogoutOutcome::Done,
                relay_state: message.relay_state,
            };
            // A provider without an address for answers waits for none.
            match answer.message() {
                Ok(answer) => post::send(context, &answer),
                Err(_) => signed_out(context),
            }
        }
        // The answer to our own request; the session ended before that was sent.
        Ok(ReceivedLogout::Response {
            outcome: LogoutOutcome::Done,
            ..
        }) => signed_out(context),
        Ok(ReceivedLogout::Response { .. }) => half_done(context),
        Err(refusal) => {
            log_refusal(context, slug, refusal.code(), &refusal.to_string());
            not_accepted(context)
        }
    }
}

/// After a session has ended here: the page that ends it at the provider as well, if that is offered.
pub async fn at_provider(
    app: &App,
    context: &PageContext,
    session: &Session,
) -> Result<Option<Response>, Error> {
    let Some(saml) = &session.saml else {
        return Ok(None);
    };
    let store = app.portal.store();
    let connection = store
        .find_connection(app.workspace, saml.connection)
        .await?;
    let Some(connection) = connection.filter(offers_logout) else {
        return Ok(None);
    };
    let keys: &[SamlKey] = &app.saml_keys.get(app).await?;
    let request = LogoutRequest {
        id: app.portal.new_message_id(),
        issued_at: app.portal.now(),
        connection: &connection,
        service: &ServiceProvider::of(&connection, &app.public_url),
        keys,
        name_id: &saml.name_id,
        session_index: saml.session_index.as_deref(),
        relay_state: None,
    };
    let message = request.message().ok();
    Ok(message.map(|message| post::send_from_form(context, &message)))
}

fn offers_logout(connection: &IdpConnection) -> bool {
    connection.idp.as_ref().is_some_and(|idp| idp.slo.is_some())
}

/// One parameter of a query, decoded; for what is only passed on.
fn parameter(query: &str, name: &str) -> Option<String> {
    let found = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(own, _)| *own == name)?;
    let spaced = found.1.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

fn signed_out(context: &PageContext) -> Response {
    let shell = context.shell("Signed out", Nav::None);
    respond::page(&SignedOutPage { shell })
}

fn half_done(context: &PageContext) -> Response {
    let page = ErrorPage::new(context.shell("", Nav::None), StatusCode::OK)
        .headed("Signed out of the portal only")
        .because("Your identity provider did not end its own session, or another service did not answer.")
        .advise("Close the browser if others use this machine.")
        .offer("Sign in again", "/login");
    context.error(&page)
}

fn not_accepted(context: &PageContext) -> Response {
    let page = ErrorPage::new(context.shell("", Nav::None), StatusCode::FORBIDDEN)
        .headed("Sign-out failed")
        .because(
            "The message of the identity provider was not accepted. Nobody was signed out by it.",
        )
        .advise("To sign out of the portal, use its own menu.")
        .offer("Open the portal", "/");
    context.error(&page)
}
