use axum::{extract::State, response::Response};
use jit_domain::{
    connections::{ConnectionState, IdpConnection},
    error::Error,
    ids::IdpConnectionId,
    portal::{ConnectionDraft, ConnectionEditor, Expected},
};

use super::super::{answer::done, form::Id};
use crate::{
    pages::{
        failure,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

pub(super) async fn activate(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    answer(&app, &visitor, id, ConnectionState::Active, "activated").await
}

pub(super) async fn deactivate(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    answer(&app, &visitor, id, ConnectionState::Inactive, "deactivated").await
}

async fn answer(
    app: &App,
    visitor: &ConsoleVisitor,
    id: IdpConnectionId,
    state: ConnectionState,
    code: &str,
) -> Response {
    match set(app, visitor, id, state).await {
        Ok(_) => done(visitor, &format!("/admin/sso/{id}?done={code}")),
        Err(error) => failure::page(&visitor.context, &error),
    }
}

/// The connection as it is, with another state.
async fn set(
    app: &App,
    visitor: &ConsoleVisitor,
    id: IdpConnectionId,
    state: ConnectionState,
) -> Result<IdpConnection, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let found = portal.find_connection(caller, id).await?;
    let expected = Expected::Version(found.version);
    let draft = ConnectionDraft {
        state,
        ..ConnectionDraft::of(&found)
    };
    let editor = ConnectionEditor::Console(caller.clone());
    portal
        .change_connection(&editor, id, expected, &draft)
        .await
}
