use axum::{Extension, Router, extract::DefaultBodyLimit, middleware, routing::any};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    Api,
    extract::only_where_it_counts,
    finish::finish,
    openapi::{Frame, with_refusals},
    problem::Problem,
    routes::{self, openapi::Document},
};

/// Everything below `/api/v1`, to be merged at the root of the program's router.
///
/// The program may add `origin::ClientIp` and `origin::RequestId` to each request before it.
pub fn router(api: Api) -> Router {
    let (described, document) = described().split_for_parts();
    let document = Document(document.to_json().unwrap_or_default().into());
    let unknown = || async { Problem::not_found("there is nothing at this address") };
    described
        .route("/api/v1", any(unknown))
        .route("/api/v1/", any(unknown))
        .route("/api/v1/{*rest}", any(unknown))
        .layer(Extension(document))
        .layer(middleware::from_fn(only_where_it_counts))
        .layer(middleware::from_fn(finish))
        .with_state(api)
}

/// Most bodies are a few lines.
const BODY_LIMIT: usize = 64 * 1024;

/// An OpenAPI document of 2 MiB, with room for its escapes in JSON.
const DOCUMENT_LIMIT: usize = 3 * 1024 * 1024;

/// The handlers with their descriptions.
pub(crate) fn described() -> OpenApiRouter<Api> {
    let small = routes::small().layer(DefaultBodyLimit::max(BODY_LIMIT));
    let large = routes::large().layer(DefaultBodyLimit::max(DOCUMENT_LIMIT));
    let router = OpenApiRouter::with_openapi(Frame::openapi());
    let mut router = router.nest("/api/v1", small.merge(large));
    with_refusals(router.get_openapi_mut());
    router
}
