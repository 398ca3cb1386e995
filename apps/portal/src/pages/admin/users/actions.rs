use axum::{extract::State, response::Response};
use jit_domain::{
    error::{Error, InvalidField},
    ids::EndUserId,
    portal::Expected,
};

use super::{UserPage, detail};
use crate::{
    pages::{
        admin::{
            answer::{done, show_with},
            form::{FieldNames, Fields, Id, on_form},
        },
        failure,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

const NAMES: &FieldNames = &[
    ("reason", "hold_reason", "The reason"),
    ("groups", "memberships", "Groups"),
];

pub(super) async fn hold(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<EndUserId>,
    fields: Fields,
) -> Response {
    let reason = fields.some("hold_reason");
    let held = app
        .portal
        .open_hold(&visitor.caller, id, reason.as_deref())
        .await;
    answer(&app, &visitor, id, held.map(drop), ("suspended", &fields)).await
}

pub(super) async fn release(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<EndUserId>,
) -> Response {
    let released = app.portal.clear_hold(&visitor.caller, id).await;
    answer(
        &app,
        &visitor,
        id,
        released.map(drop),
        ("released", &Fields::default()),
    )
    .await
}

/// Puts the person into exactly these groups by hand; other sources keep theirs.
pub(super) async fn regroup(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<EndUserId>,
    fields: Fields,
) -> Response {
    let groups = fields.all("groups").map(|text| {
        let wrong = |_| InvalidField::new("groups", "groups that exist", text);
        text.parse().map_err(wrong)
    });
    let regrouped = match groups.collect::<Result<Vec<_>, _>>() {
        Ok(groups) => {
            app.portal
                .set_manual_groups(&visitor.caller, id, Expected::Any, &groups)
                .await
        }
        Err(wrong) => Err(wrong.into()),
    };
    answer(&app, &visitor, id, regrouped, ("groups", &fields)).await
}

async fn answer(
    app: &App,
    visitor: &ConsoleVisitor,
    id: EndUserId,
    changed: Result<(), Error>,
    (code, fields): (&str, &Fields),
) -> Response {
    let Err(error) = changed else {
        return done(visitor, &format!("/admin/users/{id}?done={code}"));
    };
    let Some((status, errors)) = on_form(&error, NAMES) else {
        return failure::page(&visitor.context, &error);
    };
    let page = detail::page(app, visitor, id).await;
    let typed = |page: UserPage| UserPage {
        shell: page.shell.with_error(),
        errors,
        hold_reason: fields.text("hold_reason").to_owned(),
        ..page
    };
    show_with(&visitor.context, status, page.map(typed))
}
