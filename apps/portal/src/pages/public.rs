//! Pages for people who are not signed in.

pub mod admin_login;
pub mod login;
pub mod setup;
pub mod setup_link;
pub mod sign_out;

pub use admin_login::AdminLoginPage;
pub use login::{LoginPage, Missing, NotReadyPage};
pub use setup::SetupPage;
pub use setup_link::SetupLinkPage;
pub use sign_out::SignedOutPage;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jit_domain::tokens::Secret;
use jit_http::session::{Transport, session_cookie};

use super::input::LONGEST_FORM;
use crate::wiring::App;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/login", get(login::show))
        .route(
            "/login/admin",
            get(admin_login::show).post(admin_login::send),
        )
        .route("/setup", get(setup::show).post(setup::send))
        .route("/setup-link", get(setup_link::show).post(setup_link::open))
        .route("/sign-out", post(sign_out::send))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// To a page of this portal, with the cookie of a new session.
fn signed_in(app: &App, session: &Secret, place: &str) -> Response {
    let cookie = session_cookie(session.reveal(), Transport::of(&app.public_url));
    ([(header::SET_COOKIE, cookie)], Redirect::to(place)).into_response()
}
