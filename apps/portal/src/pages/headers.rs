//! The headers of every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use jit_http::origin::request_id;
use std::{sync::Arc, time::Instant};

use crate::random;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// What the pages take from the configuration.
#[derive(Clone, Debug)]
pub struct PageSettings {
    pub brand: Arc<str>,
    /// Scheme, host and port under which browsers reach the portal.
    pub public_origin: Arc<str>,
}

/// What belongs to one request; handlers get it through `PageContext`.
#[derive(Clone, Debug)]
pub struct RequestFacts {
    pub id: String,
    pub nonce: String,
    pub settings: PageSettings,
}

/// Middleware: numbers the request, and sends the security headers with the answer.
pub async fn secure(
    State(settings): State<PageSettings>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers(), request.extensions());
    let facts = RequestFacts {
        id: id.unwrap_or_else(|| random::id().simple().to_string()),
        nonce: random::text(),
        settings,
    };
    request.extensions_mut().insert(facts.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, &REQUEST_ID, &facts.id);
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(
            headers,
            &header::CONTENT_SECURITY_POLICY,
            &content_security_policy(&facts.nonce),
        );
    }
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, &header::CACHE_CONTROL, "no-store");
        headers.append(header::VARY, HeaderValue::from_static("HX-Request"));
    }
    let total = started.elapsed().as_secs_f64() * 1000.0;
    let timing = format!("total;dur={total:.2}");
    if let Ok(value) = HeaderValue::from_str(&timing) {
        headers.append(&SERVER_TIMING, value);
    }
    response
}

const FIXED: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
         base-uri 'none'; manifest-src 'self'; require-trusted-types-for 'script'; \
         trusted-types htmx"
    )
}

fn set(headers: &mut HeaderMap, name: &HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
