use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::mismatch::mismatch;
use crate::{problem::Problem, same_origin::is_json};

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// A JSON body in which everything is optional: none at all means `{}`.
pub(crate) struct MaybeBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::media_type("application/json"));
        }
        let bytes = read_body(request, state).await?;
        parse_json(&bytes).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let bytes = read_body(request, state).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        if !json {
            return Err(Problem::media_type("application/json"));
        }
        parse_json(&bytes).map(Self)
    }
}

/// The whole body, within the limit of its route.
pub(crate) async fn read_body<S: Send + Sync>(
    request: Request,
    state: &S,
) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_too_large",
                "the body is longer than this address takes",
            ),
            _ => Problem::new(
                StatusCode::BAD_REQUEST,
                "body_incomplete",
                "the body ended before it was complete",
            ),
        })
}

/// Reads JSON: text that is no JSON is 400 with its place, JSON of another shape is 422 with the field.
pub(crate) fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| malformed(&error))?;
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let wrong = mismatch(&error.path().to_string(), &error.inner().to_string());
        let detail = format!(
            "{}: expected {}, found {}",
            wrong.field, wrong.expected, wrong.found
        );
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail).with_errors(&[wrong])
    })
}

fn malformed(error: &serde_json::Error) -> Problem {
    let detail = format!("the body is not JSON: {error}");
    Problem::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
        .with("line", error.line())
        .with("column", error.column())
}
