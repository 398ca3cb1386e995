//! What people send: forms, queries and paths, with a page for whatever makes no sense.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{StatusCode, request::Parts},
    response::Response,
};
use serde::de::DeserializeOwned;

use super::{PageContext, errors};

/// The longest form that a page takes, in bytes.
pub const LONGEST_FORM: usize = 64 * 1024;

/// The fields of a posted form.
pub struct PageForm<T>(pub T);

/// What stands after the `?` of an address.
pub struct PageQuery<T>(pub T);

/// The changing part of a path.
pub struct PagePath(pub String);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for PageForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let context = PageContext::of(&parts);
        match Form::from_request(Request::from_parts(parts, body), state).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(rejection) => Err(errors::of_status(&context, rejection.status())),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for PageQuery<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(fields)) => Ok(Self(fields)),
            Err(rejection) => {
                let context = PageContext::of(parts);
                Err(errors::of_status(&context, rejection.status()))
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PagePath {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let text = Path::from_request_parts(parts, state).await;
        text.map(|Path(text)| Self(text)).map_err(|_| {
            let context = PageContext::of(parts);
            errors::of_status(&context, StatusCode::NOT_FOUND)
        })
    }
}
