//! Pages for end users.

pub mod api_reference;
pub mod collection;
pub mod credentials;
pub mod discover;
mod history;
pub mod my_apis;
pub mod my_client;
pub mod my_requests;
pub mod request_access;
mod words;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    response::Redirect,
    routing::{get, post},
};
use jit_domain::catalogue::ApiCollection;

use super::input::LONGEST_FORM;
use crate::wiring::App;

/// The pages.
pub fn routes() -> Router<App> {
    // A browser that shows a secret has the address of the form; asked for again, it leads back to the client.
    let to_client = || async { Redirect::to("/client") };
    Router::new()
        .route("/discover", get(discover::show))
        .route("/discover/results", get(discover::results))
        .route("/discover/{slug}", get(collection::show))
        .route(
            "/discover/{slug}/request",
            get(request_access::show).post(request_access::send),
        )
        .route("/requests", get(my_requests::show))
        .route("/requests/{id}/withdraw", post(my_requests::withdraw))
        .route("/apis", get(my_apis::show))
        .route("/apis/{slug}", get(api_reference::show))
        .route("/apis/{slug}/openapi.json", get(api_reference::download))
        .route("/client", get(my_client::show))
        .route(
            "/client/credentials",
            get(to_client).post(credentials::create),
        )
        .route(
            "/client/credentials/{id}/rotate",
            get(to_client).post(credentials::rotate),
        )
        .route(
            "/client/credentials/{id}/revoke",
            get(to_client).post(credentials::revoke),
        )
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// Where calls to a collection go.
fn base_url(app: &App, collection: &ApiCollection) -> String {
    format!(
        "{}/gateway/{}/{}",
        app.public_url, collection.slug, collection.api_version
    )
}

/// How a call shows its secret.
const HEADER: &str = "api-token: $API_TOKEN";
