use std::{fmt::Display, str::FromStr};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::problem::Problem;

/// An id in the path. Text that cannot be an id names nothing.
pub(crate) struct Id<I>(pub(crate) I);

/// Two ids in the path.
pub(crate) struct Ids<I, J>(pub(crate) I, pub(crate) J);

impl<S: Send + Sync, I: FromStr<Err: Display>> FromRequestParts<S> for Id<I> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(Problem::not_found_because)?;
        read(&text).map(Self)
    }
}

impl<S, I, J> FromRequestParts<S> for Ids<I, J>
where
    S: Send + Sync,
    I: FromStr<Err: Display>,
    J: FromStr<Err: Display>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((first, second)) = Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map_err(Problem::not_found_because)?;
        Ok(Self(read(&first)?, read(&second)?))
    }
}

fn read<I: FromStr<Err: Display>>(text: &str) -> Result<I, Problem> {
    text.parse().map_err(Problem::not_found_because)
}
