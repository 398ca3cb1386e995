use axum::{extract::State, response::Response};
use jit_domain::{
    connections::{ConnectionState, IdpConnection},
    error::Error,
    ids::IdpConnectionId,
    portal::{ConnectionDraft, Expected},
};

use super::{
    super::{answer, form::Id},
    page,
};
use crate::{
    pages::{
        failure,
        visitor::{ByConnectionEditor, ConnectionVisitor},
    },
    wiring::App,
};

pub(super) async fn activate(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    switch(&app, &visitor, id, ConnectionState::Active, "activated").await
}

pub(super) async fn deactivate(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    switch(&app, &visitor, id, ConnectionState::Inactive, "deactivated").await
}

async fn switch(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    state: ConnectionState,
    code: &str,
) -> Response {
    match set(app, visitor, id, state).await {
        Ok(_) => {
            let place = format!("/admin/sso/{id}?done={code}#step-activation");
            answer::to(visitor.context(), &place)
        }
        Err(error) => failure::page(visitor.context(), &error),
    }
}

/// The connection as it is, with another state.
async fn set(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    state: ConnectionState,
) -> Result<IdpConnection, Error> {
    let found = page::find(app, visitor, id).await?;
    let expected = Expected::Version(found.version);
    let draft = ConnectionDraft {
        state,
        ..ConnectionDraft::of(&found)
    };
    app.portal
        .change_connection(&visitor.editor(), id, expected, &draft)
        .await
}
