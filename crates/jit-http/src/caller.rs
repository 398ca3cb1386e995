//! Who calls: a script by its token, or a browser by its session cookie.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
};
use jit_domain::{
    console::ConsoleCaller,
    portal::{Caller, EndUserCaller},
};

use crate::{
    Api,
    origin::origin,
    problem::Problem,
    same_origin,
    session::{Transport, read_session_cookie},
};

/// Anybody who is known.
pub(crate) struct Anyone(pub(crate) Caller);

/// Somebody in the console, or a script.
pub(crate) struct Console(pub(crate) ConsoleCaller);

/// An end user in a browser.
pub(crate) struct Person(pub(crate) EndUserCaller);

impl FromRequestParts<Api> for Anyone {
    type Rejection = Problem;

    /// A token wins over a cookie, and a wrong token is refused even if there is a good cookie.
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let origin = origin(parts);
        if let Some(token) = parts.headers.get(header::AUTHORIZATION).and_then(bearer) {
            let found = api
                .portal
                .find_token_caller(api.workspace, token, origin)
                .await?;
            let caller = found.ok_or_else(Problem::unauthenticated)?;
            return Ok(Self(Caller::Console(caller)));
        }
        let transport = Transport::of(&api.public_url);
        let session = read_session_cookie(&parts.headers, transport);
        let session = session.ok_or_else(Problem::unauthenticated)?;
        same_origin::require(parts, &api.public_url)?;
        let signed_in = api.portal.find_signed_in(api.workspace, session).await?;
        let signed_in = signed_in.ok_or_else(Problem::unauthenticated)?;
        let console = signed_in
            .console_caller(origin.clone())
            .map(Caller::Console);
        let caller = console.or_else(|| signed_in.end_user_caller(origin).map(Caller::EndUser));
        Ok(Self(caller.ok_or_else(Problem::unauthenticated)?))
    }
}

impl FromRequestParts<Api> for Console {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        match Anyone::from_request_parts(parts, api).await?.0 {
            Caller::Console(caller) => Ok(Self(caller)),
            Caller::EndUser(_) => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "console_only",
                "this is for administrators, approvers, auditors and scripts",
            )),
        }
    }
}

impl FromRequestParts<Api> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        match Anyone::from_request_parts(parts, api).await?.0 {
            Caller::EndUser(caller) => Ok(Self(caller)),
            Caller::Console(_) => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "end_users_only",
                "this is for end users who signed in through their identity provider",
            )),
        }
    }
}

/// What follows `Bearer`. Another scheme is somebody else's, such as a proxy's in front of the portal.
fn bearer(sent: &HeaderValue) -> Option<&str> {
    let (scheme, token) = sent.to_str().ok()?.split_at_checked("Bearer".len())?;
    let ends = token.is_empty() || token.starts_with(' ');
    (scheme.eq_ignore_ascii_case("Bearer") && ends).then(|| token.trim())
}
