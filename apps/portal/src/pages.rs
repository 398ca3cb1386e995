//! The server-rendered console and portal.
//!
//! Every page is an askama template beside a struct of plain values; a handler maps domain values into it.
//! Every action works without JavaScript: htmx and `app.js` only shorten the way.

pub mod admin;
pub mod context;
pub mod errors;
pub mod failure;
pub mod headers;
pub mod input;
pub mod portal;
pub mod public;
pub mod reference;
pub mod respond;
pub mod same_origin;
pub mod shell;
pub mod view;
pub mod visitor;

pub use context::PageContext;
pub use errors::ErrorPage;
pub use shell::{Nav, Shell, Theme};

use axum::{Router, routing::get};

use crate::{assets, wiring::App};

/// Every page.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/", get(visitor::home))
        .merge(public::routes())
        .merge(portal::routes())
        .merge(admin::routes())
        .method_not_allowed_fallback(errors::wrong_method)
        .with_state(app)
        .route(assets::ROUTE, get(assets::serve))
        .fallback(errors::not_found)
}
