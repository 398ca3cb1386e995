use axum::extract::State;
use jit_domain::{ids::IdpConnectionId, portal::Expected};

use crate::{
    Api,
    caller::Console,
    dto::{connections::Connection, connections_draft::ConnectionDraft, items::Items},
    extract::{Body, Id, IfMatch, Nothing, Query},
    problem::Problem,
    respond::{Created, Versioned},
};

/// Every identity provider by name.
#[utoipa::path(get, path = "/idp-connections", tag = "idp-connections", operation_id = "list_idp_connections", responses((status = 200, body = Items<Connection>)))]
pub(super) async fn list(
    Console(caller): Console,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Connection>, Problem> {
    let connections = api.portal.list_connections(&caller).await?.into_iter();
    let shown = connections.map(|it| Connection::new(it, &api.public_url));
    Ok(Items::all(shown))
}

/// Makes a connection to an identity provider.
#[utoipa::path(post, path = "/idp-connections", tag = "idp-connections", operation_id = "create_idp_connection", request_body = ConnectionDraft, responses((status = 201, body = Connection)))]
pub(super) async fn create(
    Console(caller): Console,
    State(api): State<Api>,
    Body(draft): Body<ConnectionDraft>,
) -> Result<Created<Connection>, Problem> {
    // Before an address is fetched on somebody's word.
    caller.require_administrator()?;
    let draft = draft.into_draft(None, &*api.metadata).await?;
    let made = api.portal.create_connection(&caller, &draft).await?;
    Ok(Created(
        "idp-connections",
        Connection::new(made, &api.public_url),
    ))
}

/// One identity provider.
#[utoipa::path(get, path = "/idp-connections/{id}", tag = "idp-connections", operation_id = "find_idp_connection", params(("id" = String, Path)), responses((status = 200, body = Connection)))]
pub(super) async fn find(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    State(api): State<Api>,
) -> Result<Versioned<Connection>, Problem> {
    let found = api.portal.find_connection(&caller, id).await?;
    Ok(Versioned(
        found.version,
        Connection::new(found, &api.public_url),
    ))
}

/// Replaces a connection; its slug stays. What is absent is as for a new one.
#[utoipa::path(put, path = "/idp-connections/{id}", tag = "idp-connections", operation_id = "replace_idp_connection",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = ConnectionDraft, responses((status = 200, body = Connection)))]
pub(super) async fn replace(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(draft): Body<ConnectionDraft>,
) -> Result<Versioned<Connection>, Problem> {
    caller.require_administrator()?;
    let draft = draft.into_draft(None, &*api.metadata).await?;
    let saved = api.portal.change_connection(&caller, id, expected, &draft);
    let saved = saved.await?;
    Ok(Versioned(
        saved.version,
        Connection::new(saved, &api.public_url),
    ))
}

/// Changes a connection. What is absent stays.
#[utoipa::path(patch, path = "/idp-connections/{id}", tag = "idp-connections", operation_id = "change_idp_connection",
    params(("id" = String, Path), ("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = ConnectionDraft, responses((status = 200, body = Connection)))]
pub(super) async fn change(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(draft): Body<ConnectionDraft>,
) -> Result<Versioned<Connection>, Problem> {
    caller.require_administrator()?;
    let kept = api.portal.find_connection(&caller, id).await?;
    // What was kept was read at this version; another one must not be overwritten with it.
    let expected = match expected {
        Expected::Any => Expected::Version(kept.version),
        named => named,
    };
    let draft = draft.into_draft(Some(kept), &*api.metadata).await?;
    let saved = api.portal.change_connection(&caller, id, expected, &draft);
    let saved = saved.await?;
    Ok(Versioned(
        saved.version,
        Connection::new(saved, &api.public_url),
    ))
}
