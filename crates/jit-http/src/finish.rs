//! What every response has, whatever the handler was.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{origin::request_id, problem::Problem};

/// Middleware: renders refusals with the id of the request, and keeps every answer out of caches.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let id = request_id(request.headers(), request.extensions());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = problem.render(id.as_deref());
    } else if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = Problem::method_not_allowed().render(id.as_deref());
        let allow = allow.map(|allow| (header::ALLOW, allow));
        response.headers_mut().extend(allow);
    }
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
