//! Pages of the console.
//!
//! A handler extracts, calls the portal and renders; what may be done and what may not is the domain's word.

pub mod answer;
pub mod audit;
pub mod clients;
pub mod collections;
pub mod connections;
pub mod form;
pub mod groups;
pub mod jit_settings;
pub mod list;
pub mod names;
pub mod overview;
pub mod policies;
pub mod prose;
pub mod requests;
pub mod sign_in_log;
pub mod users;
pub mod words;

use axum::{Router, extract::DefaultBodyLimit};

use crate::{pages::input::LONGEST_FORM, wiring::App};

/// `/admin/...`. A form has the usual length where its page does not ask for more.
pub fn routes() -> Router<App> {
    overview::routes()
        .merge(jit_settings::routes())
        .merge(requests::routes())
        .merge(users::routes())
        .merge(clients::routes())
        .merge(groups::routes())
        .merge(policies::routes())
        .merge(audit::routes())
        .merge(sign_in_log::routes())
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .merge(collections::routes())
        .merge(connections::routes())
}
