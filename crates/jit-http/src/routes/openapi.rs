use std::sync::Arc;

use axum::{Extension, http::header, response::IntoResponse};

/// The text of the document, made once with the router.
#[derive(Clone)]
pub(crate) struct Document(pub(crate) Arc<str>);

/// This document. Needs no authentication.
#[utoipa::path(get, path = "/openapi.json", tag = "openapi", operation_id = "find_openapi", security(()), responses((status = 200, body = Object)))]
pub(super) async fn find(Extension(Document(text)): Extension<Document>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/json")],
        text.to_string(),
    )
}
