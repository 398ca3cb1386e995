use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
};
use jit_domain::{catalogue::Publication, ids::ApiCollectionId};

use super::collection_body::new_collection;
use crate::{
    Api,
    caller::Console,
    dto::{
        collections::{Collection, PublicationChanged},
        collections_draft::{BesideDocument, CollectionChange, NewCollection},
        items::Items,
    },
    extract::{Body, Id, IfMatch, Nothing, Query},
    problem::Problem,
    respond::{Created, Versioned},
};

/// Every collection by name, drafts too, without documents.
#[utoipa::path(get, path = "/collections", tag = "collections", operation_id = "list_collections", responses((status = 200, body = Items<Collection>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Collection>, Problem> {
    let collections = api.portal.list_collections(&caller).await?.into_iter();
    let shown = collections.map(|it| Collection::new(it, &api.public_url));
    Ok(Items::all(shown))
}

/// Makes a draft out of an OpenAPI document.
///
/// The body is an object with the document in it, or the document itself, as JSON or as YAML;
/// then the query has the rest.
#[utoipa::path(post, path = "/collections", tag = "collections", operation_id = "create_collection", params(BesideDocument),
    request_body(content((NewCollection = "application/json"), (String = "application/yaml"))), responses((status = 201, body = Collection)))]
pub(super) async fn create(
    Console(caller): Console,
    Query(beside): Query<BesideDocument>,
    State(api): State<Api>,
    request: Request,
) -> Result<Created<Collection>, Problem> {
    // Before a long document is read on somebody's word.
    caller.require_administrator()?;
    let draft = new_collection(beside, request).await?;
    let made = api.portal.create_collection(&caller, &draft).await?;
    Ok(Created(
        "collections",
        Collection::new(made, &api.public_url),
    ))
}

/// One collection with its document.
#[utoipa::path(get, path = "/collections/{id}", tag = "collections", operation_id = "find_collection", params(("id" = String, Path)), responses((status = 200, body = Collection)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<ApiCollectionId>,
    State(api): State<Api>,
) -> Result<Versioned<Collection>, Problem> {
    let found = api.portal.find_collection(&caller, id).await?;
    Ok(Versioned(
        found.version,
        Collection::new(found, &api.public_url),
    ))
}

/// Changes a collection, or imports a newer document. What is absent stays.
#[utoipa::path(put, path = "/collections/{id}", tag = "collections", operation_id = "change_collection",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = CollectionChange, responses((status = 200, body = Collection)))]
pub(super) async fn change(
    Console(caller): Console,
    Id(id): Id<ApiCollectionId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(change): Body<CollectionChange>,
) -> Result<Versioned<Collection>, Problem> {
    caller.require_administrator()?;
    let draft = change.into_draft()?;
    let changed = api.portal.change_collection(&caller, id, expected, &draft);
    let changed = changed.await?;
    Ok(Versioned(
        changed.version,
        Collection::new(changed, &api.public_url),
    ))
}

/// Deletes a collection: its grants end and its pending requests are cancelled.
#[utoipa::path(delete, path = "/collections/{id}", tag = "collections", operation_id = "delete_collection", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete(
    Console(caller): Console,
    Id(id): Id<ApiCollectionId>,
    State(api): State<Api>,
) -> Result<StatusCode, Problem> {
    api.portal.delete_collection(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Offers a collection to its audience.
#[utoipa::path(post, path = "/collections/{id}/publish", tag = "collections", operation_id = "publish_collection", params(("id" = String, Path)), responses((status = 200, body = PublicationChanged)))]
pub(super) async fn publish(
    Console(caller): Console,
    Id(id): Id<ApiCollectionId>,
    State(api): State<Api>,
) -> Result<Json<PublicationChanged>, Problem> {
    let portal = &api.portal;
    let changed = portal.set_publication(&caller, id, Publication::Published);
    Ok(Json(PublicationChanged::new(
        changed.await?,
        &api.public_url,
    )))
}

/// Takes a collection back and cancels its pending requests.
#[utoipa::path(post, path = "/collections/{id}/unpublish", tag = "collections", operation_id = "unpublish_collection", params(("id" = String, Path)), responses((status = 200, body = PublicationChanged)))]
pub(super) async fn unpublish(
    Console(caller): Console,
    Id(id): Id<ApiCollectionId>,
    State(api): State<Api>,
) -> Result<Json<PublicationChanged>, Problem> {
    let portal = &api.portal;
    let changed = portal.set_publication(&caller, id, Publication::Draft);
    Ok(Json(PublicationChanged::new(
        changed.await?,
        &api.public_url,
    )))
}
