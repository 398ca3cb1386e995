//! The one form of every answer that is ours and not the upstream's (RFC 9457).

use axum::{body::Body, response::Response};
use http::{
    HeaderName, HeaderValue,
    header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
};
use jit_domain::gateway::Refusal;
use serde_json::json;

use super::{
    failure::Failure,
    rate_fields::{rate_limit, rate_limit_policy},
};

const METHODS: HeaderValue =
    HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
/// Registered by draft-ietf-httpapi-ratelimit-headers.
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/// Says what happened. The body depends on the failure alone, so it tells nothing of what exists (R27).
pub(super) fn problem(failure: &Failure, request_id: &HeaderValue) -> Response {
    let status = failure.status();
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "code": failure.code(),
        "detail": failure.to_string(),
        "request_id": request_id.to_str().unwrap_or_default(),
    });
    if let Failure::Refused(Refusal::LimitReached(reached), _) = failure {
        body["type"] = QUOTA_EXCEEDED.into();
        body["violated-policies"] = json!([reached.limit]);
    }
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    // An answer about this caller at this moment is of no use to anybody else or later.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in particular_headers(failure) {
        headers.insert(name, value);
    }
    response
}

fn particular_headers(failure: &Failure) -> Vec<(HeaderName, HeaderValue)> {
    match failure {
        Failure::Refused(Refusal::CredentialMissing, _) => {
            vec![(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))]
        }
        Failure::Refused(Refusal::CredentialInvalid, _) => vec![(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer error=\"invalid_token\""),
        )],
        Failure::Refused(Refusal::LimitReached(reached), policy) => {
            let mut headers = vec![
                (RETRY_AFTER, reached.retry_after_seconds.into()),
                rate_limit(reached),
            ];
            headers.extend(policy.and_then(rate_limit_policy));
            headers
        }
        Failure::Stale => vec![(RETRY_AFTER, HeaderValue::from_static("1"))],
        Failure::MethodNotAllowed => vec![(ALLOW, METHODS)],
        _ => Vec::new(),
    }
}
