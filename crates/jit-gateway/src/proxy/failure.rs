//! Why a call was not answered by its upstream.

use http::StatusCode;
use jit_domain::gateway::Refusal;

use super::rate_fields::PolicyLimits;

/// Each has a status, a stable code and a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Refused(Refusal, Option<PolicyLimits>),
    #[error("what may be called is not known for certain at this moment; try again")]
    Stale,
    #[error("send a path without dot segments, empty segments or encoded slashes")]
    BadPath,
    #[error("this method does not pass the gateway")]
    MethodNotAllowed,
    #[error("the path and query are too long")]
    TargetTooLong,
    #[error("the headers are too large")]
    HeadersTooLarge,
    #[error("the body is too large")]
    BodyTooLarge,
    #[error("the API cannot be reached at this moment")]
    UpstreamUnreachable,
    #[error("the API did not answer in time")]
    UpstreamTimeout,
}

impl Failure {
    pub(super) const fn refused(refusal: Refusal) -> Self {
        Self::Refused(refusal, None)
    }

    /// A stable name for programs.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal, _) => refusal.code(),
            Self::Stale => "stale",
            Self::BadPath => "bad_path",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TargetTooLong => "target_too_long",
            Self::HeadersTooLarge => "headers_too_large",
            Self::BodyTooLarge => "body_too_large",
            Self::UpstreamUnreachable => "upstream_unreachable",
            Self::UpstreamTimeout => "upstream_timeout",
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal, _) => {
                StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::FORBIDDEN)
            }
            Self::Stale => StatusCode::SERVICE_UNAVAILABLE,
            Self::BadPath => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UpstreamUnreachable => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }
}
