//! The few forms that answers have beside plain JSON.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jit_domain::values::Version;
use serde::Serialize;

/// Something with a version, which a later change can name in `If-Match`.
pub(crate) struct Versioned<T>(pub(crate) Version, pub(crate) T);

/// Something that was just made, and the list below `/api/v1` in which it stands by its id.
pub(crate) struct Created<T>(pub(crate) &'static str, pub(crate) T);

/// Something that has an id of its own.
pub(crate) trait HasId {
    fn id(&self) -> &str;
}

/// Something that was just made and shows a secret, once (R29).
pub(crate) struct CreatedSecret<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.0));
        let tag = tag.ok().map(|tag| (header::ETAG, tag));
        response.headers_mut().extend(tag);
        response
    }
}

impl<T: Serialize + HasId> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let location = format!("/api/v1/{}/{}", self.0, self.1.id());
        let mut response = Versioned(Version::FIRST, self.1).into_response();
        *response.status_mut() = StatusCode::CREATED;
        let location = HeaderValue::from_str(&location).ok();
        let location = location.map(|location| (header::LOCATION, location));
        response.headers_mut().extend(location);
        response
    }
}

impl<T: Serialize> IntoResponse for CreatedSecret<T> {
    fn into_response(self) -> Response {
        // A secret beside text that somebody else chose must not be compressed: the length tells
        // about the secret. An encoding that is set already keeps compressing layers away.
        let headers = [
            (header::CONTENT_ENCODING, "identity"),
            (header::CACHE_CONTROL, "no-store, no-transform"),
        ];
        (StatusCode::CREATED, headers, Json(self.0)).into_response()
    }
}
