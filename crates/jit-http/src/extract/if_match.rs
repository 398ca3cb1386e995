use axum::{
    extract::{FromRequestParts, Request},
    http::{Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use jit_domain::{portal::Expected, values::Version};

use crate::problem::Problem;

/// The version that the caller decided on, as `If-Match` names it (RFC 9110 section 13.1.1).
pub(crate) struct IfMatch(pub(crate) Expected);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(sent) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(Expected::Any));
        };
        sent.to_str().ok().and_then(read).map(Self).ok_or_else(|| {
            let detail = "`If-Match` takes one version in quotes, as in the `ETag` that was sent";
            Problem::new(StatusCode::BAD_REQUEST, "invalid_if_match", detail)
        })
    }
}

/// Middleware: nothing looks at a version that is stated with a POST or a DELETE, so it is refused
/// and not ignored: whoever sent it would take the answer for a promise.
pub(crate) async fn only_where_it_counts(
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let stated = request.headers().contains_key(header::IF_MATCH);
    if stated && [Method::POST, Method::DELETE].contains(request.method()) {
        let detail = "`If-Match` counts with PUT and PATCH only; send this request without it";
        let code = "invalid_if_match";
        return Err(Problem::new(StatusCode::BAD_REQUEST, code, detail));
    }
    Ok(next.run(request).await)
}

fn read(text: &str) -> Option<Expected> {
    let text = text.trim();
    if text == "*" {
        return Some(Expected::Any);
    }
    let digits = text.strip_prefix('"')?.strip_suffix('"')?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match digits.parse().ok()? {
        0 => Some(Expected::NotConfigured),
        version => Some(Expected::Version(Version(version))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_strong_version_is_understood() {
        assert_eq!(read("\"0\""), Some(Expected::NotConfigured));
        assert_eq!(read(" \"7\" "), Some(Expected::Version(Version(7))));
        assert_eq!(read("*"), Some(Expected::Any));
        for bad in [
            "7",
            "\"+7\"",
            "\"-1\"",
            "W/\"7\"",
            "\"7\", \"8\"",
            "\"\"",
            "\"x\"",
            "\"99999999999\"",
            "",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
