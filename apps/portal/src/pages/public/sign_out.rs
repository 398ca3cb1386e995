//! `/sign-out`, for both sides.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use jit_http::session::{Transport, clear_session_cookie, read_session_cookie};

use crate::{
    facts::RequestOrigin,
    pages::{PageContext, Shell, failure},
    sso,
    wiring::App,
};

/// After a sign-out that the identity provider has confirmed.
#[derive(Template)]
#[template(path = "public/signed_out.html")]
pub struct SignedOutPage {
    pub shell: Shell,
}

/// Ends the session, not only its cookie, and then the one at the identity provider if it offers that.
pub async fn send(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    headers: HeaderMap,
) -> Response {
    let transport = Transport::of(&app.public_url);
    let session = read_session_cookie(&headers, transport).unwrap_or_default();
    let ended = app.portal.sign_out(app.workspace, session, &origin).await;
    let next = match ended {
        Ok(Some(session)) => sso::log_out_at_provider(&app, &context, &session).await,
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    match next {
        Ok(next) => {
            let cookie = clear_session_cookie(transport);
            let next = next.unwrap_or_else(|| Redirect::to("/login").into_response());
            ([(header::SET_COOKIE, cookie)], next).into_response()
        }
        Err(error) => failure::page(&context, &error),
    }
}
