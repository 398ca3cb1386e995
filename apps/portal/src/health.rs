//! What a supervisor asks: is it alive, and may it get traffic?

use std::sync::Arc;

use axum::{Router, http::StatusCode, routing::get};
use jit_domain::Portal;
use jit_gateway::Follower;

/// `/healthz` and `/readyz`.
pub fn routes(follower: Arc<Follower>, portal: Portal) -> Router {
    let ready = move || {
        let (follower, portal) = (follower.clone(), portal.clone());
        async move { readiness(&follower, &portal).await }
    };
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
}

async fn readiness(follower: &Follower, portal: &Portal) -> (StatusCode, &'static str) {
    if portal.store().ping().await.is_err() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        );
    }
    if !follower.is_fresh(portal.now()) {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the gateway has not caught up with the database\n",
        );
    }
    (StatusCode::OK, "ready\n")
}
