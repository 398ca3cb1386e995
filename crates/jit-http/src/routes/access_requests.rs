use axum::{Json, extract::State};
use jit_domain::{
    ids::{AccessRequestId, ApiClientId},
    portal::Caller,
    values::Slug,
    views::AccessRequestFilter,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::{Anyone, Console, Person},
    dto::{
        access_requests::{AccessRequest, ApprovalBody, NewAccessRequest, RejectionBody, Status},
        items::Items,
    },
    extract::{Body, Id, MaybeBody, Query, page},
    problem::{Problem, ProblemBody},
    respond::{Created, Versioned},
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    #[param(inline)]
    status: Option<Status>,
    /// The id or the slug of a collection.
    collection: Option<String>,
    /// The id of a client. End users see their own client's, whatever it says.
    #[param(value_type = Option<String>)]
    client: Option<ApiClientId>,
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// Requests, newest first. Approvers see those that they may decide, end users their own.
#[utoipa::path(get, path = "/access-requests", tag = "access-requests", operation_id = "list_access_requests", params(Filter), responses((status = 200, body = Items<AccessRequest>)))]
pub(super) async fn list(
    Anyone(caller): Anyone,
    Query(filter): Query<Filter>,
    State(api): State<Api>,
) -> Result<Items<AccessRequest>, Problem> {
    let page = page(filter.limit, filter.after.as_deref())?;
    let filter = AccessRequestFilter {
        status: filter.status.map(Into::into),
        client: filter.client,
        collection: api
            .collection_to_filter(filter.collection.as_deref())
            .await?,
        collections: None,
    };
    let rows = match &caller {
        Caller::Console(caller) => {
            api.portal
                .list_access_requests(caller, &filter, &page)
                .await?
        }
        Caller::EndUser(caller) => api.list_own_requests(caller, filter, &page).await?,
    };
    Ok(Items::page(rows))
}

/// Asks for a collection. End users only.
#[utoipa::path(post, path = "/access-requests", tag = "access-requests", operation_id = "request_access", request_body = NewAccessRequest, responses((status = 201, body = AccessRequest)))]
pub(super) async fn create(
    Person(caller): Person,
    State(api): State<Api>,
    Body(new): Body<NewAccessRequest>,
) -> Result<Created<AccessRequest>, Problem> {
    let portal = &api.portal;
    let collection = if let Ok(id) = new.collection.parse() {
        id
    } else {
        let slug = Slug::parse("collection", &new.collection)?;
        let found = portal.find_collection_for_user(&caller, &slug).await?;
        found.collection.id
    };
    let request = portal.request_access(&caller, collection, &new.reason);
    let request = request.await?;
    let row = api.find_own_request(&caller, request.id).await?;
    Ok(Created("access-requests", row.into()))
}

/// One request.
#[utoipa::path(get, path = "/access-requests/{id}", tag = "access-requests", operation_id = "find_access_request", params(("id" = String, Path)), responses((status = 200, body = AccessRequest)))]
pub(super) async fn find(
    Anyone(caller): Anyone,
    Id(id): Id<AccessRequestId>,
    State(api): State<Api>,
) -> Result<Versioned<AccessRequest>, Problem> {
    Ok(match &caller {
        Caller::Console(caller) => {
            let found = api.portal.find_access_request(caller, id).await?;
            Versioned(found.request.version, found.into())
        }
        Caller::EndUser(caller) => {
            let row = api.find_own_request(caller, id).await?;
            Versioned(row.request.version, row.into())
        }
    })
}

/// Approves a pending request: the client may call from the next call on.
#[utoipa::path(post, path = "/access-requests/{id}/approve", tag = "access-requests", operation_id = "approve_request", params(("id" = String, Path)), request_body = Option<ApprovalBody>, responses(
    (status = 200, body = AccessRequest),
    (status = 409, description = "`already_decided`, with `request_status`, `by` and `at`; or `requester_suspended`", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn approve(
    Console(caller): Console,
    Id(id): Id<AccessRequestId>,
    State(api): State<Api>,
    MaybeBody(approval): MaybeBody<ApprovalBody>,
) -> Result<Json<AccessRequest>, Problem> {
    api.portal.approve(&caller, id, &approval.into()).await?;
    let request = api.portal.find_access_request(&caller, id).await?;
    Ok(Json(request.into()))
}

/// Rejects a pending request, with a note that the requester reads.
#[utoipa::path(post, path = "/access-requests/{id}/reject", tag = "access-requests", operation_id = "reject_request", params(("id" = String, Path)), request_body = RejectionBody, responses((status = 200, body = AccessRequest)))]
pub(super) async fn reject(
    Console(caller): Console,
    Id(id): Id<AccessRequestId>,
    State(api): State<Api>,
    Body(rejection): Body<RejectionBody>,
) -> Result<Json<AccessRequest>, Problem> {
    api.portal.reject(&caller, id, &rejection.note).await?;
    let request = api.portal.find_access_request(&caller, id).await?;
    Ok(Json(request.into()))
}

/// Takes a pending request back. Only its requester can.
#[utoipa::path(post, path = "/access-requests/{id}/withdraw", tag = "access-requests", operation_id = "withdraw_request", params(("id" = String, Path)), responses((status = 200, body = AccessRequest)))]
pub(super) async fn withdraw(
    Person(caller): Person,
    Id(id): Id<AccessRequestId>,
    State(api): State<Api>,
) -> Result<Json<AccessRequest>, Problem> {
    api.portal.withdraw_request(&caller, id).await?;
    Ok(Json(api.find_own_request(&caller, id).await?.into()))
}
