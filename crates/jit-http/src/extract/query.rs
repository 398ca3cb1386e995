use axum::{
    extract::{FromRequestParts, Query as AxumQuery},
    http::{StatusCode, request::Parts},
};
use jit_domain::views::{Cursor, PageLimit, PageRequest};
use serde::{Deserialize, de::DeserializeOwned};

use super::mismatch::mismatch;
use crate::problem::Problem;

/// The query parameters. Unknown ones are refused, because a misspelt filter would show too much.
pub(crate) struct Query<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let read = AxumQuery::try_from_uri(&parts.uri);
        read.map(|AxumQuery(value)| Self(value)).map_err(|error| {
            let text = error.body_text();
            let text = text.trim_start_matches("Failed to deserialize query string: ");
            // `name: message`, or the message alone if it is not about one parameter.
            let (path, message) = match text.split_once(": ") {
                Some((path, message)) if !path.contains(' ') => (path, message),
                _ => ("", text),
            };
            let wrong = mismatch(path, message);
            let detail = format!(
                "{}: expected {}, found {}",
                wrong.field, wrong.expected, wrong.found
            );
            Problem::new(StatusCode::BAD_REQUEST, "invalid_query", detail).with_errors(&[wrong])
        })
    }
}

/// No query parameters at all, for lists that have neither filters nor parts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Which part of a list; the limit is moved into 1 to 100.
pub(crate) fn page(limit: Option<u32>, after: Option<&str>) -> Result<PageRequest, Problem> {
    let cursor = |text: &str| {
        Cursor::parse(text).ok_or_else(|| {
            let detail = "`after` is not a cursor; send the `next` of an earlier answer";
            Problem::new(StatusCode::BAD_REQUEST, "invalid_cursor", detail)
        })
    };
    Ok(PageRequest {
        after: after.map(cursor).transpose()?,
        limit: limit.map_or(PageLimit::DEFAULT, PageLimit::clamped),
    })
}
