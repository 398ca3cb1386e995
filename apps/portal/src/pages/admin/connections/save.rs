//! Each step has a form of its own and is saved on its own.

use axum::{extract::State, response::Response};
use jit_domain::{
    connections::IdpConnection, error::Error, ids::IdpConnectionId, portal::ConnectionDraft,
};

use super::{
    super::{
        answer::{self, Returned},
        form::{FieldNames, Fields, Id},
    },
    AboutForm, AttributesForm, MetadataForm, PeopleForm, StepKey, about as about_step,
    attributes as attributes_step, metadata as metadata_step,
    page::{self, ConnectionPage},
    people::{self as people_step, Known},
};
use crate::{
    pages::{
        failure,
        visitor::{ByAdministrator, ByConnectionEditor, ConnectionVisitor},
    },
    wiring::App,
};

pub(super) async fn about(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    let visitor = ConnectionVisitor::Console(Box::new(visitor));
    save(&app, &visitor, id, StepKey::About, &fields).await
}

pub(super) async fn metadata(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    save(&app, &visitor, id, StepKey::Metadata, &fields).await
}

pub(super) async fn attributes(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    save(&app, &visitor, id, StepKey::Attributes, &fields).await
}

pub(super) async fn people(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<IdpConnectionId>,
    fields: Fields,
) -> Response {
    let visitor = ConnectionVisitor::Console(Box::new(visitor));
    save(&app, &visitor, id, StepKey::People, &fields).await
}

async fn save(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    step: StepKey,
    fields: &Fields,
) -> Response {
    match change(app, visitor, id, step, fields).await {
        Ok(_) => {
            let code = step.code();
            let place = format!("/admin/sso/{id}?done={code}#step-{code}");
            answer::to(visitor.context(), &place)
        }
        Err(error) => refused(app, visitor, id, step, fields, &error).await,
    }
}

/// The connection as it is, with the part of that step anew.
async fn change(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    step: StepKey,
    fields: &Fields,
) -> Result<IdpConnection, Error> {
    let kept = page::find(app, visitor, id).await?;
    let before = ConnectionDraft::of(&kept);
    let draft = match (step, visitor.console()) {
        (StepKey::About, _) => about_step::read(fields, before)?,
        (StepKey::Metadata, _) => {
            if fields.text("source") == "url" {
                let url = fields.text("metadata_url");
                visitor.editor().require_fetchable(url)?;
            }
            metadata_step::read(fields, &kept, before, &*app.metadata).await?
        }
        (StepKey::Attributes, _) => attributes_step::read(fields, before),
        (StepKey::People, Some(console)) => {
            people_step::read(fields, before, &Known::of(app, console).await?)?
        }
        // The others have no form.
        _ => before,
    };
    app.portal
        .change_connection(&visitor.editor(), id, fields.expected(), &draft)
        .await
}

async fn refused(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    step: StepKey,
    fields: &Fields,
    error: &Error,
) -> Response {
    let here = format!("/admin/sso/{id}");
    let Some(returned) = Returned::from(error, names(step), fields.version(), &here) else {
        return failure::page(visitor.context(), error);
    };
    let status = returned.status;
    let page = again(app, visitor, id, step, fields, returned).await;
    answer::show_with(visitor.context(), status, page)
}

/// The page with what was typed in that step.
async fn again(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
    step: StepKey,
    fields: &Fields,
    returned: Returned,
) -> Result<ConnectionPage, Error> {
    let kept = page::find(app, visitor, id).await?;
    let mut page = page::stored(app, visitor, id).await?;
    match step {
        StepKey::About => page.about = AboutForm::typed(fields, &kept),
        StepKey::Metadata => page.metadata = MetadataForm::typed(fields, &kept),
        StepKey::Attributes => page.attributes = AttributesForm::typed(fields, &kept),
        StepKey::People => page.people = PeopleForm::typed(fields),
        StepKey::Values | StepKey::Test | StepKey::Activation => {}
    }
    for card in &mut page.steps {
        card.open = card.key == step;
    }
    if let Some(card) = page.step(step) {
        card.failed = true;
        card.notice = returned.notice;
        card.version = returned.version;
    }
    page.shell = page.shell.with_error();
    page.errors = returned.errors;
    Ok(page)
}

fn names(step: StepKey) -> &'static FieldNames {
    match step {
        StepKey::Metadata => metadata_step::NAMES,
        StepKey::Attributes => attributes_step::NAMES,
        StepKey::People => people_step::NAMES,
        StepKey::About | StepKey::Values | StepKey::Test | StepKey::Activation => about_step::NAMES,
    }
}
