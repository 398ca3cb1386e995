use axum::{Json, extract::State};
use jit_domain::{ids::EndUserId, views::EndUserFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::Console,
    dto::{
        end_users::{Detail, EndUser, Hold, ManualGroups, NewHold},
        items::Items,
    },
    extract::{Body, Id, IfMatch, MaybeBody, Nothing, Query, page},
    problem::Problem,
    respond::Versioned,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// A part of the name or e-mail address, without letter case.
    q: Option<String>,
    /// Only those without (`true`) or with (`false`) an open hold.
    usable: Option<bool>,
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// People, newest first.
#[utoipa::path(get, path = "/end-users", tag = "end-users", operation_id = "list_end_users", params(Filter), responses((status = 200, body = Items<EndUser>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(filter): Query<Filter>,
    State(api): State<Api>,
) -> Result<Items<EndUser>, Problem> {
    let page = page(filter.limit, filter.after.as_deref())?;
    let filter = EndUserFilter {
        text: filter.q,
        usable: filter.usable,
    };
    let people = api.portal.list_end_users(&caller, &filter, &page);
    Ok(Items::page(people.await?))
}

/// One person with their client, and their newest grants and requests.
#[utoipa::path(get, path = "/end-users/{id}", tag = "end-users", operation_id = "find_end_user", params(("id" = String, Path)), responses((status = 200, body = Detail)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<EndUserId>,
    State(api): State<Api>,
) -> Result<Versioned<Detail>, Problem> {
    let found = api.portal.find_end_user(&caller, id).await?;
    Ok(Versioned(found.end_user.version, found.into()))
}

/// Puts a person into exactly these groups by hand; other sources keep theirs.
#[utoipa::path(put, path = "/end-users/{id}/groups", tag = "end-users", operation_id = "set_manual_groups",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = ManualGroups, responses((status = 200, body = Detail)))]
pub(super) async fn set_groups(
    Console(caller): Console,
    Id(id): Id<EndUserId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(body): Body<ManualGroups>,
) -> Result<Versioned<Detail>, Problem> {
    let portal = &api.portal;
    let groups = &body.groups;
    portal
        .set_manual_groups(&caller, id, expected, groups)
        .await?;
    let found = portal.find_end_user(&caller, id).await?;
    Ok(Versioned(found.end_user.version, found.into()))
}

/// Why a person may not act at present.
#[utoipa::path(get, path = "/end-users/{id}/holds", tag = "end-users", operation_id = "list_holds", params(("id" = String, Path)), responses((status = 200, body = Items<Hold>)))]
pub(super) async fn list_holds(
    Console(caller): Console,
    Id(id): Id<EndUserId>,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Hold>, Problem> {
    let found = api.portal.find_end_user(&caller, id).await?;
    Ok(Items::all(found.end_user.holds))
}

/// Suspends a person: nothing of theirs works from the next call on. Answers with all open holds.
#[utoipa::path(post, path = "/end-users/{id}/holds", tag = "end-users", operation_id = "open_hold", params(("id" = String, Path)), request_body = Option<NewHold>, responses((status = 200, body = Items<Hold>)))]
pub(super) async fn open_hold(
    Console(caller): Console,
    Id(id): Id<EndUserId>,
    State(api): State<Api>,
    MaybeBody(new): MaybeBody<NewHold>,
) -> Result<Items<Hold>, Problem> {
    let user = api.portal.open_hold(&caller, id, new.reason.as_deref());
    Ok(Items::all(user.await?.holds))
}

/// Clears the administrators' hold. Answers with those of other sources, which stay.
#[utoipa::path(delete, path = "/end-users/{id}/holds", tag = "end-users", operation_id = "clear_hold", params(("id" = String, Path)), responses((status = 200, body = Items<Hold>)))]
pub(super) async fn clear_hold(
    Console(caller): Console,
    Id(id): Id<EndUserId>,
    State(api): State<Api>,
) -> Result<Items<Hold>, Problem> {
    let user = api.portal.clear_hold(&caller, id).await?;
    Ok(Items::all(user.holds))
}

/// Clears the administrators' hold. Answers with those of other sources, which stay.
#[utoipa::path(delete, path = "/end-users/{id}/holds/admin", tag = "end-users", operation_id = "clear_admin_hold", params(("id" = String, Path)), responses((status = 200, body = Items<Hold>)))]
pub(super) async fn clear_admin_hold(
    caller: Console,
    id: Id<EndUserId>,
    api: State<Api>,
) -> Result<Json<Items<Hold>>, Problem> {
    clear_hold(caller, id, api).await.map(Json)
}
