//! The APIs behind the gateway of the demo: somebody else's server, as far as the portal is concerned.
//!
//! *Orders* and *Product catalog* answer what their documents say and keep what they are told in memory.
//! The other collections have no upstream.

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, http::Uri};
use chrono::{DateTime, SubsecRound, Utc};

use super::documents::COLLECTIONS;

mod body;
mod caller;
mod catalog;
mod order;
mod order_book;
mod order_examples;
mod orders;
mod params;
mod problem;
mod products;
mod reservations;

use problem::Problem;

const LONGEST_BODY: usize = 64 * 1024;

/// Everything below the address that was given to [`seed`](super::seed::seed) as the upstream.
pub fn router() -> Router {
    Router::new()
        .nest("/orders", orders::router())
        .nest("/catalog", catalog::router())
        .fallback(elsewhere)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
}

async fn elsewhere(uri: Uri) -> Problem {
    let first = uri.path().split('/').nth(1).unwrap_or_default();
    if COLLECTIONS
        .iter()
        .any(|collection| collection.slug == first)
    {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "no_upstream",
            "the call passed, but this collection has no upstream in the demo; Orders and Product catalog have one",
        )
    } else {
        no_such_path().await
    }
}

async fn no_such_path() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "unknown_path",
        "the document of this collection has no such path",
    )
}

async fn no_such_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "the document of this collection has no such method for this path",
    )
}

/// In whole seconds. Not the portal's clock: this server stands for one that knows nothing of it.
fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from(std::time::SystemTime::now()).trunc_subsecs(0)
}

#[cfg(test)]
mod tests;
