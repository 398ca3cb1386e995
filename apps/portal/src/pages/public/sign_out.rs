//! `/sign-out`, for both sides.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use jit_http::session::{Transport, clear_session_cookie, read_session_cookie};

use crate::{
    facts::RequestOrigin,
    pages::{PageContext, failure},
    wiring::App,
};

/// Ends the session, not only its cookie.
pub async fn send(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    headers: HeaderMap,
) -> Response {
    let transport = Transport::of(&app.public_url);
    let session = read_session_cookie(&headers, transport).unwrap_or_default();
    match app.portal.sign_out(app.workspace, session, &origin).await {
        Ok(()) => {
            let cookie = clear_session_cookie(transport);
            ([(header::SET_COOKIE, cookie)], Redirect::to("/login")).into_response()
        }
        Err(error) => failure::page(&context, &error),
    }
}
