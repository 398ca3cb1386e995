//! The GET that follows a response: here the browser sends the cookie of its own login.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use jit_domain::error::{Error, Rejection};
use jit_http::session::{
    Transport, clear_login_cookie, clear_response_cookie, read_login_cookie, read_response_cookie,
    read_session_cookie, session_cookie,
};

use super::{log_rejection, refuse};
use crate::{facts::RequestOrigin, pages::PageContext, wiring::App};

pub(super) async fn show(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    headers: HeaderMap,
) -> Response {
    let transport = Transport::of(&app.public_url);
    let session = read_response_cookie(&headers, transport).unwrap_or_default();
    let browser = read_login_cookie(&headers, transport);
    let present = read_session_cookie(&headers, transport);
    let over = [
        (header::SET_COOKIE, clear_response_cookie(transport)),
        (header::SET_COOKIE, clear_login_cookie(transport)),
    ];
    let finished = app
        .portal
        .finish_sign_in(app.workspace, session, browser, present, &origin)
        .await;
    match finished {
        Ok(landing) => {
            let signed_in = [(header::SET_COOKIE, session_cookie(session, transport))];
            let cookies = AppendHeaders(signed_in.into_iter().chain(over));
            (cookies, Redirect::to(&landing)).into_response()
        }
        Err(error) if !is_about_somebody_else(&error) && is_signed_in(&app, present).await => {
            // Asked for again, as by going back: who is signed in stays so, and needs no second proof.
            (AppendHeaders(over), Redirect::to("/")).into_response()
        }
        Err(error) => {
            log_rejection(&context, "", &error);
            (AppendHeaders(over), refuse(&context, &error)).into_response()
        }
    }
}

const fn is_about_somebody_else(error: &Error) -> bool {
    matches!(error, Error::Rejected(Rejection::OtherSignedIn))
}

async fn is_signed_in(app: &App, session: Option<&str>) -> bool {
    let session = session.unwrap_or_default();
    let found = app.portal.find_signed_in(app.workspace, session).await;
    found.is_ok_and(|found| found.is_some())
}
