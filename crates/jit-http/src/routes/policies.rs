use axum::{extract::State, http::StatusCode};
use jit_domain::{error::Rejection, ids::PolicyId};

use crate::{
    Api,
    caller::Console,
    dto::{
        items::Items,
        policies::{Policy, PolicyDraft},
    },
    extract::{Body, Id, IfMatch, Nothing, Query},
    problem::Problem,
    respond::{Created, Versioned},
};

/// Every policy by name.
#[utoipa::path(get, path = "/policies", tag = "policies", operation_id = "list_policies", responses((status = 200, body = Items<Policy>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Policy>, Problem> {
    Ok(Items::all(api.portal.list_policies(&caller).await?))
}

/// Makes a policy.
#[utoipa::path(post, path = "/policies", tag = "policies", operation_id = "create_policy", request_body = PolicyDraft, responses((status = 201, body = Policy)))]
pub(super) async fn create(
    Console(caller): Console,
    State(api): State<Api>,
    Body(draft): Body<PolicyDraft>,
) -> Result<Created<Policy>, Problem> {
    let policy = api.portal.create_policy(&caller, &draft.into()).await?;
    Ok(Created("policies", policy.into()))
}

/// One policy.
#[utoipa::path(get, path = "/policies/{id}", tag = "policies", operation_id = "find_policy", params(("id" = String, Path)), responses((status = 200, body = Policy)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<PolicyId>,
    State(api): State<Api>,
) -> Result<Versioned<Policy>, Problem> {
    let policies = api.portal.list_policies(&caller).await?;
    let found = policies.into_iter().find(|row| row.policy.id == id);
    let row = found.ok_or(Rejection::NotFound { what: "policy" })?;
    Ok(Versioned(row.policy.version, row.into()))
}

/// Changes a policy.
#[utoipa::path(put, path = "/policies/{id}", tag = "policies", operation_id = "change_policy",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = PolicyDraft, responses((status = 200, body = Policy)))]
pub(super) async fn change(
    Console(caller): Console,
    Id(id): Id<PolicyId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(draft): Body<PolicyDraft>,
) -> Result<Versioned<Policy>, Problem> {
    let policy = api
        .portal
        .change_policy(&caller, id, expected, &draft.into())
        .await?;
    Ok(Versioned(policy.version, policy.into()))
}

/// Deletes a policy that nothing refers to.
#[utoipa::path(delete, path = "/policies/{id}", tag = "policies", operation_id = "delete_policy", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete(
    Console(caller): Console,
    Id(id): Id<PolicyId>,
    State(api): State<Api>,
) -> Result<StatusCode, Problem> {
    api.portal.delete_policy(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
