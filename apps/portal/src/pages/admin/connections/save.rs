use axum::{extract::State, response::Response};
use jit_domain::{connections::IdpConnection, error::Error, ids::IdpConnectionId};

use super::{
    super::{
        answer::{Returned, done, show_with},
        form::{Fields, Id},
    },
    ConnectionFields, ConnectionPage, draft, editor,
    fields::NAMES,
};
use crate::{
    pages::{
        failure,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

pub(super) async fn create(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    match save(&app, &visitor, None, &fields).await {
        Ok(made) => done(&visitor, &format!("/admin/sso/{}?done=created", made.id)),
        Err(error) => refused(&app, &visitor, None, &fields, &error).await,
    }
}

pub(super) async fn change(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    match save(&app, &visitor, Some(id), &fields).await {
        Ok(_) => done(&visitor, &format!("/admin/sso/{id}?done=saved")),
        Err(error) => refused(&app, &visitor, Some(id), &fields, &error).await,
    }
}

async fn save(
    app: &App,
    visitor: &ConsoleVisitor,
    id: Option<IdpConnectionId>,
    fields: &Fields,
) -> Result<IdpConnection, Error> {
    let (portal, caller) = (&app.portal, &visitor.caller);
    let kept = match id {
        None => None,
        Some(id) => Some(portal.find_connection(caller, id).await?),
    };
    let groups = portal.list_groups(caller).await?;
    let draft = draft::read(fields, kept.as_ref(), &groups, &*app.metadata).await?;
    match id {
        None => portal.create_connection(caller, &draft).await,
        Some(id) => {
            portal
                .change_connection(caller, id, fields.expected(), &draft)
                .await
        }
    }
}

async fn refused(
    app: &App,
    visitor: &ConsoleVisitor,
    id: Option<IdpConnectionId>,
    fields: &Fields,
    error: &Error,
) -> Response {
    let here = id.map_or_else(String::new, |id| format!("/admin/sso/{id}"));
    let Some(returned) = Returned::from(error, NAMES, fields.version(), &here) else {
        return failure::page(&visitor.context, error);
    };
    let page = match id {
        None => Ok(editor::empty(visitor)),
        Some(id) => editor::stored(app, visitor, id).await,
    };
    let typed = |page: ConnectionPage| ConnectionPage {
        shell: page.shell.with_error(),
        notice: returned.notice,
        errors: returned.errors,
        version: returned.version,
        fields: ConnectionFields::typed(fields),
        sources: editor::sources(id.is_some(), fields.text("source")),
        ..page
    };
    show_with(&visitor.context, returned.status, page.map(typed))
}
