use axum::{extract::State, response::Response};
use jit_domain::{
    catalogue::ApiCollection, error::Error, ids::ApiCollectionId, portal::CollectionDraft,
};
use jit_http::document::from_text;

use super::{
    super::{
        answer::{Returned, done, show_with},
        form::{Fields, Id},
    },
    CollectionEditorPage, CollectionFields, editor,
    fields::{NAMES, draft_of_change, draft_of_new},
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
    let made = match draft_of_new(&fields) {
        Ok(draft) => app.portal.create_collection(&visitor.caller, &draft).await,
        Err(mistake) => Err(mistake.into()),
    };
    match made {
        Ok(made) => done(
            &visitor,
            &format!("/admin/collections/{}?done=created", made.id),
        ),
        Err(error) => refused(&app, &visitor, None, &fields, &error).await,
    }
}

pub(super) async fn change(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<ApiCollectionId>,
    fields: Fields,
) -> Response {
    let changed = match draft_of_change(&fields) {
        Ok(draft) => write(&app, &visitor, id, &fields, &draft).await,
        Err(mistake) => Err(mistake.into()),
    };
    match changed {
        Ok(_) => done(&visitor, &format!("/admin/collections/{id}?done=saved")),
        Err(error) => refused(&app, &visitor, Some(id), &fields, &error).await,
    }
}

/// Replaces the document and leaves alone what was set by hand.
pub(super) async fn import(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<ApiCollectionId>,
    fields: Fields,
) -> Response {
    let imported = match from_text(fields.text("document")) {
        Ok(document) => {
            let draft = CollectionDraft {
                document: Some(document),
                ..CollectionDraft::default()
            };
            write(&app, &visitor, id, &fields, &draft).await
        }
        Err(mistake) => Err(mistake.into()),
    };
    let Err(error) = imported else {
        return done(&visitor, &format!("/admin/collections/{id}?done=imported"));
    };
    let here = format!("/admin/collections/{id}");
    let Some(returned) = Returned::from(&error, NAMES, fields.version(), &here) else {
        return failure::page(&visitor.context, &error);
    };
    let page = editor::stored(&app, &visitor, id).await;
    let typed = |page: CollectionEditorPage| CollectionEditorPage {
        document: fields.text("document").to_owned(),
        ..returning(page, &returned)
    };
    show_with(&visitor.context, returned.status, page.map(typed))
}

async fn write(
    app: &App,
    visitor: &ConsoleVisitor,
    id: ApiCollectionId,
    fields: &Fields,
    draft: &CollectionDraft,
) -> Result<ApiCollection, Error> {
    app.portal
        .change_collection(&visitor.caller, id, fields.expected(), draft)
        .await
}

async fn refused(
    app: &App,
    visitor: &ConsoleVisitor,
    id: Option<ApiCollectionId>,
    fields: &Fields,
    error: &Error,
) -> Response {
    let here = id.map_or_else(String::new, |id| format!("/admin/collections/{id}"));
    let Some(returned) = Returned::from(error, NAMES, fields.version(), &here) else {
        return failure::page(&visitor.context, error);
    };
    let page = match id {
        None => editor::empty(app, visitor).await,
        Some(id) => editor::stored(app, visitor, id).await,
    };
    let typed = |page: CollectionEditorPage| {
        let mut page = returning(page, &returned);
        let slug = page.fields.slug;
        page.fields = CollectionFields::typed(fields);
        if id.is_none() {
            fields.text("document").clone_into(&mut page.document);
        } else {
            page.fields.slug = slug;
        }
        for entry in &mut page.groups {
            entry.chosen = fields.all("groups").any(|group| group == entry.value);
        }
        page
    };
    show_with(&visitor.context, returned.status, page.map(typed))
}

fn returning(page: CollectionEditorPage, returned: &Returned) -> CollectionEditorPage {
    CollectionEditorPage {
        shell: page.shell.with_error(),
        notice: returned.notice.clone(),
        errors: returned.errors.clone(),
        version: returned.version,
        ..page
    }
}
