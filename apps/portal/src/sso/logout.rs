//! Single logout (SAML profiles 4.4), from either side.

use axum::{
    Form,
    extract::{Path, RawQuery, State, rejection::FormRejection},
    http::StatusCode,
    response::Response,
};
use jit_domain::{connections::IdpConnection, console::Origin, error::Error, sessions::Session};
use serde::Deserialize;

use super::{
    find, log_refusal,
    messages::{self, Incoming, Transported},
    post, refuse,
};
use crate::{
    facts::RequestOrigin,
    pages::{ErrorPage, Nav, PageContext, public::SignedOutPage, respond},
    wiring::App,
};

/// SAML bindings 3.5.4.
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
    take(
        &app,
        &context,
        &origin,
        &connection,
        &Transported::Redirect(&query),
    )
    .await
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
    let message = Transported::Post {
        request: posted.request.as_deref(),
        response: posted.response.as_deref(),
        relay_state: posted.relay_state.as_deref(),
    };
    take(&app, &context, &origin, &connection, &message).await
}

async fn take(
    app: &App,
    context: &PageContext,
    origin: &Origin,
    slug: &str,
    message: &Transported<'_>,
) -> Response {
    let connection = match find(app, slug).await {
        Ok(connection) => connection,
        Err(error) => return refuse(context, &error),
    };
    match messages::read_logout(app, &connection, message) {
        Ok(Incoming::Request(request)) => {
            let ended = app
                .portal
                .end_sessions_for_provider(
                    app.workspace,
                    connection.id,
                    &request.name_id,
                    &request.session_indexes,
                    origin,
                )
                .await;
            match ended {
                Ok(_) => confirm(app, context, &connection, &request, message),
                Err(error) => refuse(context, &error),
            }
        }
        // The answer to our own request; the session ended before it was sent.
        Ok(Incoming::Response) => signed_out(context),
        Err(refusal) => {
            log_refusal(context, slug, refusal.code(), &refusal.to_string());
            not_accepted(context)
        }
    }
}

/// Tells the provider that the sessions are over, and takes the browser back there.
fn confirm(
    app: &App,
    context: &PageContext,
    connection: &IdpConnection,
    request: &messages::LogoutRequest,
    message: &Transported<'_>,
) -> Response {
    match messages::logout_answer(app, connection, request, message) {
        Some(answer) => post::send(context, &answer),
        None => signed_out(context),
    }
}

/// After a session has ended here: the message that ends it at the provider as well, if that is offered.
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
    let message = connection.and_then(|connection| messages::logout(app, &connection, saml));
    Ok(message.map(|message| post::send_from_form(context, &message)))
}

fn signed_out(context: &PageContext) -> Response {
    let shell = context.shell("Signed out", Nav::None);
    respond::page(&SignedOutPage { shell })
}

fn not_accepted(context: &PageContext) -> Response {
    let page = ErrorPage::new(context.shell("", Nav::None), StatusCode::FORBIDDEN)
        .headed("Sign-out failed")
        .because("The message of the identity provider was not accepted. Nobody was signed out.")
        .advise("To sign out of the portal, use its own menu.")
        .offer("Open the portal", "/");
    context.error(&page)
}
