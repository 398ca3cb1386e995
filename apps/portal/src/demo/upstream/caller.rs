use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

/// The client that calls, as the gateway says; nobody if the call did not come through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caller(pub(super) Option<String>);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get("x-client-id");
        let id = header.and_then(|value| value.to_str().ok());
        Ok(Self(id.filter(|id| id.len() <= 100).map(str::to_owned)))
    }
}
