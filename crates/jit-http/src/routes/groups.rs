use axum::{extract::State, http::StatusCode};
use jit_domain::{error::Rejection, ids::EndUserGroupId};

use crate::{
    Api,
    caller::Console,
    dto::{
        groups::{Group, GroupDraft},
        items::Items,
    },
    extract::{Body, Id, IfMatch, Nothing, Query},
    problem::Problem,
    respond::{Created, Versioned},
};

/// Every group by name.
#[utoipa::path(get, path = "/groups", tag = "groups", operation_id = "list_groups", responses((status = 200, body = Items<Group>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Group>, Problem> {
    Ok(Items::all(api.portal.list_groups(&caller).await?))
}

/// Makes a group.
#[utoipa::path(post, path = "/groups", tag = "groups", operation_id = "create_group", request_body = GroupDraft, responses((status = 201, body = Group)))]
pub(super) async fn create(
    Console(caller): Console,
    State(api): State<Api>,
    Body(draft): Body<GroupDraft>,
) -> Result<Created<Group>, Problem> {
    let group = api.portal.create_group(&caller, &draft.into()).await?;
    Ok(Created("groups", group.into()))
}

/// One group.
#[utoipa::path(get, path = "/groups/{id}", tag = "groups", operation_id = "find_group", params(("id" = String, Path)), responses((status = 200, body = Group)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<EndUserGroupId>,
    State(api): State<Api>,
) -> Result<Versioned<Group>, Problem> {
    let groups = api.portal.list_groups(&caller).await?;
    let found = groups.into_iter().find(|row| row.group.id == id);
    let row = found.ok_or(Rejection::NotFound { what: "group" })?;
    Ok(Versioned(row.group.version, row.into()))
}

/// Changes a group.
#[utoipa::path(put, path = "/groups/{id}", tag = "groups", operation_id = "change_group",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = GroupDraft, responses((status = 200, body = Group)))]
pub(super) async fn change(
    Console(caller): Console,
    Id(id): Id<EndUserGroupId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(draft): Body<GroupDraft>,
) -> Result<Versioned<Group>, Problem> {
    let group = api
        .portal
        .change_group(&caller, id, expected, &draft.into())
        .await?;
    Ok(Versioned(group.version, group.into()))
}

/// Deletes a group that nothing refers to.
#[utoipa::path(delete, path = "/groups/{id}", tag = "groups", operation_id = "delete_group", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete(
    Console(caller): Console,
    Id(id): Id<EndUserGroupId>,
    State(api): State<Api>,
) -> Result<StatusCode, Problem> {
    api.portal.delete_group(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
