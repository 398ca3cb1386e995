use axum::extract::State;
use jit_domain::{
    ids::{IdpConnectionId, SignInAttemptId},
    sign_in_log::SignInAttemptFilter,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::Console,
    dto::{items::Items, sign_in_attempts::SignInAttempt},
    extract::{Id, Query, page},
    problem::Problem,
    respond::Versioned,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Through one connection.
    #[param(value_type = Option<String>)]
    connection_id: Option<IdpConnectionId>,
    /// Only refused ones, or only the others.
    refused: Option<bool>,
    /// With the reference on the page that somebody saw.
    request_id: Option<String>,
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// Attempts to sign in, newest first.
#[utoipa::path(get, path = "/sign-in-attempts", tag = "sign-in-attempts", operation_id = "list_sign_in_attempts", params(Filter), responses((status = 200, body = Items<SignInAttempt>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(filter): Query<Filter>,
    State(api): State<Api>,
) -> Result<Items<SignInAttempt>, Problem> {
    let page = page(filter.limit, filter.after.as_deref())?;
    let filter = SignInAttemptFilter {
        connection: filter.connection_id,
        refused: filter.refused,
        reference: filter.request_id,
    };
    let attempts = api.portal.list_sign_in_attempts(&caller, &filter, &page);
    Ok(Items::page(attempts.await?))
}

/// One attempt to sign in.
#[utoipa::path(get, path = "/sign-in-attempts/{id}", tag = "sign-in-attempts", operation_id = "find_sign_in_attempt", params(("id" = String, Path)), responses((status = 200, body = SignInAttempt)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<SignInAttemptId>,
    State(api): State<Api>,
) -> Result<Versioned<SignInAttempt>, Problem> {
    let found = api.portal.find_sign_in_attempt(&caller, id).await?;
    Ok(Versioned(found.version, found.into()))
}
