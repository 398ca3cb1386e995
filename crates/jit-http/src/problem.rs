//! Every refusal has one shape: `application/problem+json` (RFC 9457) with a stable `code`.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jit_domain::error::{Error, RejectionKind};
use serde_json::{Value, json};

mod body;
mod facts;

pub(crate) use body::{FieldProblem, ProblemBody};

/// A refusal on its way to the caller.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    members: Vec<(String, Value)>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            members: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.push((name.to_owned(), value.into()));
        self
    }

    fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers
            .extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        self
    }

    pub(crate) fn with_errors(self, errors: &[FieldProblem]) -> Self {
        self.with("errors", json!(errors))
    }

    pub(crate) fn unauthenticated() -> Self {
        let detail = "sign in, or send a valid token as `Authorization: Bearer jpt_…`";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail)
            .with_header(header::WWW_AUTHENTICATE, "Bearer")
    }

    pub(crate) fn cross_site() -> Self {
        let detail = "this browser sent the request for another site, so nothing was changed";
        Self::new(StatusCode::FORBIDDEN, "cross_site", detail)
    }

    pub(crate) fn media_type(expected: &str) -> Self {
        let detail = format!("send the body with `Content-Type: {expected}`");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            detail,
        )
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub(crate) fn not_found_because(reason: impl std::fmt::Display) -> Self {
        Self::not_found(format!("there is nothing at this address: {reason}"))
    }

    pub(crate) fn method_not_allowed() -> Self {
        let detail = "this address does not take this method; `Allow` lists those that it takes";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
    }

    /// The response with the id of the request, for people who ask about it.
    pub(crate) fn render(self, request_id: Option<&str>) -> Response {
        let mut body = json!({
            "type": format!("/problems/{}", self.code),
            "title": title(self.code),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
        });
        if let Value::Object(body) = &mut body {
            body.extend(self.members);
            body.extend(request_id.map(|id| ("request_id".to_owned(), Value::from(id))));
        }
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

/// `auth_method_locked` gives `Auth method locked`.
fn title(code: &str) -> String {
    let words = code.replace('_', " ");
    words[..1].to_uppercase() + &words[1..]
}

impl IntoResponse for Problem {
    /// The router's last layer renders it anew, because only there the id of the request is known.
    fn into_response(self) -> Response {
        let mut response = self.clone().render(None);
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => rejection.into(),
            Error::Contended => Self::new(StatusCode::CONFLICT, "contended", error.to_string())
                .with_header(header::RETRY_AFTER, "1"),
            Error::Unavailable(ref source) => {
                // The cause may name tables and hosts: it is for those who run the portal.
                tracing::error!(error = %source, cause = ?source.source(), "a use case failed");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    error.to_string(),
                )
                .with_header(header::RETRY_AFTER, "1")
            }
        }
    }
}

fn status_of(kind: RejectionKind) -> StatusCode {
    match kind {
        RejectionKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RejectionKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RejectionKind::Forbidden => StatusCode::FORBIDDEN,
        RejectionKind::NotFound => StatusCode::NOT_FOUND,
        // Not 503: no waiting helps, an administrator has to act.
        RejectionKind::Conflict | RejectionKind::NotReady => StatusCode::CONFLICT,
        RejectionKind::Stale => StatusCode::PRECONDITION_FAILED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What went wrong inside is for those who run the portal.
    #[test]
    fn an_inner_cause_is_not_told() {
        let cause = "password authentication failed for user portal at db-7";
        let problem = Problem::from(Error::Unavailable(cause.into()));
        assert!(!format!("{problem:?}").contains("db-7"));
        let response = problem.render(Some("abc"));
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }

    #[test]
    fn losing_a_race_again_and_again_may_be_tried_again() {
        let problem = Problem::from(Error::Contended);
        assert_eq!(problem.code, "contended");
        let response = problem.render(None);
        assert_eq!(response.status(), StatusCode::CONFLICT);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }
}
