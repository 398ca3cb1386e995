use axum::extract::State;
use axum::http::StatusCode;
use jit_domain::{
    ids::{IdpConnectionId, SetupLinkId},
    portal::{ConnectionEditor, Expected},
};

use crate::{
    Api,
    caller::Console,
    dto::{
        connections::Connection,
        connections_draft::ConnectionDraft,
        items::Items,
        setup_links::{NewSetupLink, SetupLink},
    },
    extract::{Body, Id, IfMatch, Nothing, Query},
    problem::Problem,
    respond::{Created, CreatedSecret, Versioned},
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
    let editor = ConnectionEditor::Console(caller);
    let saved = api.portal.change_connection(&editor, id, expected, &draft);
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
    let editor = ConnectionEditor::Console(caller);
    let saved = api.portal.change_connection(&editor, id, expected, &draft);
    let saved = saved.await?;
    Ok(Versioned(
        saved.version,
        Connection::new(saved, &api.public_url),
    ))
}

/// Reads the provider's metadata anew from its address.
#[utoipa::path(post, path = "/idp-connections/{id}/refresh", tag = "idp-connections", operation_id = "refresh_idp_connection", params(("id" = String, Path)), responses((status = 200, body = Connection)))]
pub(super) async fn refresh(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    State(api): State<Api>,
) -> Result<Versioned<Connection>, Problem> {
    caller.require_administrator()?;
    let metadata = &*api.metadata;
    api.portal
        .refresh_metadata(api.workspace, id, metadata)
        .await?;
    let found = api.portal.find_connection(&caller, id).await?;
    Ok(Versioned(
        found.version,
        Connection::new(found, &api.public_url),
    ))
}

/// Invitations to set up this connection that are still good.
#[utoipa::path(get, path = "/idp-connections/{id}/setup-links", tag = "idp-connections", operation_id = "list_setup_links", params(("id" = String, Path)), responses((status = 200, body = Items<SetupLink>)))]
pub(super) async fn list_setup_links(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<SetupLink>, Problem> {
    let links = api.portal.list_setup_links(&caller, id).await?;
    Ok(Items::all(links))
}

/// Invites somebody from outside to set up this connection, and nothing else. The link is shown once.
#[utoipa::path(post, path = "/idp-connections/{id}/setup-links", tag = "idp-connections", operation_id = "create_setup_link", params(("id" = String, Path)), responses((status = 201, body = NewSetupLink)))]
pub(super) async fn create_setup_link(
    Console(caller): Console,
    Id(id): Id<IdpConnectionId>,
    State(api): State<Api>,
) -> Result<CreatedSecret<NewSetupLink>, Problem> {
    let (link, secret) = api.portal.create_setup_link(&caller, id).await?;
    Ok(CreatedSecret(NewSetupLink::new(
        link,
        &secret,
        &api.public_url,
    )))
}

/// Takes an invitation back; whoever opened it is out.
#[utoipa::path(delete, path = "/setup-links/{id}", tag = "idp-connections", operation_id = "delete_setup_link", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_setup_link(
    Console(caller): Console,
    Id(id): Id<SetupLinkId>,
    State(api): State<Api>,
) -> Result<StatusCode, Problem> {
    api.portal.delete_setup_link(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
