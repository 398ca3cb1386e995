use axum::{extract::State, response::Response};
use jit_domain::{catalogue::Publication, ids::ApiCollectionId};

use super::super::{answer::done, form::Id};
use crate::{
    pages::{
        failure,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

pub(super) async fn publish(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<ApiCollectionId>,
) -> Response {
    let result = format!("/admin/collections/{id}?done=published");
    set(&app, &visitor, id, Publication::Published, &result).await
}

pub(super) async fn unpublish(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<ApiCollectionId>,
) -> Response {
    let result = format!("/admin/collections/{id}?done=unpublished");
    set(&app, &visitor, id, Publication::Draft, &result).await
}

pub(super) async fn delete(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<ApiCollectionId>,
) -> Response {
    set(
        &app,
        &visitor,
        id,
        Publication::Deleted,
        "/admin/collections?done=deleted",
    )
    .await
}

async fn set(
    app: &App,
    visitor: &ConsoleVisitor,
    id: ApiCollectionId,
    publication: Publication,
    result: &str,
) -> Response {
    match app
        .portal
        .set_publication(&visitor.caller, id, publication)
        .await
    {
        Ok(_) => done(visitor, result),
        Err(error) => failure::page(&visitor.context, &error),
    }
}
