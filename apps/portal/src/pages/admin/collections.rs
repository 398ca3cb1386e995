//! API collections: the list, and the editor with import and publication.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    access::RequestStatus,
    api_document::ApiDocument,
    catalogue::{ApiCollection, Audience},
    error::Error,
    views::AccessRequestFilter,
};

use super::{answer::show, list::ListQuery, names::Names, words};
use crate::{
    pages::{
        Nav, Shell,
        input::{self, PageQuery},
        portal::discover::OperationLine,
        view::{Entry, Errors, Notice, Pill, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod editor;
mod fields;
mod publication;
mod save;

#[derive(Template)]
#[template(path = "admin/collections.html")]
pub struct CollectionsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub q: String,
    pub rows: Vec<CollectionRow>,
}

#[derive(Clone, Debug, Default)]
pub struct CollectionRow {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub api_version: String,
    pub state: Pill,
    pub audience: String,
    pub operations: usize,
    pub pending: u64,
    pub updated: When,
}

#[derive(Template)]
#[template(path = "admin/collection.html")]
pub struct CollectionEditorPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: CollectionFields,
    pub groups: Vec<Entry>,
    pub state: Pill,
    pub is_published: bool,
    pub pending: u64,
    /// Who may call it, such as "12 clients".
    pub access: String,
    pub operations: Vec<OperationLine>,
    pub document: String,
}

#[derive(Clone, Debug, Default)]
pub struct CollectionFields {
    pub name: String,
    pub slug: String,
    pub api_version: String,
    pub summary: String,
    pub owner: String,
    pub tags: String,
    pub upstream: String,
    /// `everyone` or `groups`.
    pub audience: String,
}

/// The longest document, each byte of which a form may send as three, and the other fields.
const LONGEST_FORM: usize = 3 * ApiDocument::MAX_BYTES + input::LONGEST_FORM;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/collections", get(list))
        .route(
            "/admin/collections/new",
            get(editor::blank).post(save::create),
        )
        .route(
            "/admin/collections/{id}",
            get(editor::edit).post(save::change),
        )
        .route("/admin/collections/{id}/document", post(save::import))
        .route(
            "/admin/collections/{id}/publish",
            post(publication::publish),
        )
        .route(
            "/admin/collections/{id}/unpublish",
            post(publication::unpublish),
        )
        .route("/admin/collections/{id}/delete", post(publication::delete))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

const NOTICES: &[(&str, &str, &str)] = &[
    (
        "created",
        "Created.",
        "It is a draft, which only administrators see. Publish it when it is ready.",
    ),
    ("saved", "Saved.", "The collection is as you entered it."),
    (
        "imported",
        "Imported.",
        "The endpoints were read from the new document.",
    ),
    (
        "published",
        "Published.",
        "Its audience finds it under Discover new APIs.",
    ),
    (
        "unpublished",
        "Unpublished.",
        "Nobody finds it any more, and no call passes. Waiting requests were cancelled.",
    ),
    (
        "deleted",
        "Deleted.",
        "Its access has ended and waiting requests were cancelled.",
    ),
];

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<ListQuery>,
) -> Response {
    show(&visitor.context, page(&app, &visitor, &query).await)
}

async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    query: &ListQuery,
) -> Result<CollectionsPage, Error> {
    let q = query.q.trim();
    let wanted = q.to_lowercase();
    let mut names = Names::of(app);
    let mut rows = Vec::new();
    for collection in app.portal.list_collections(&visitor.caller).await? {
        let text = format!("{} {}", collection.name, collection.slug).to_lowercase();
        if text.contains(&wanted) {
            rows.push(row(app, visitor, &mut names, collection).await?);
        }
    }
    let done = super::answer::Done {
        done: query.done.clone(),
    };
    Ok(CollectionsPage {
        shell: visitor.shell("API collections", Nav::Collections),
        notice: done.notice(NOTICES),
        q: q.to_owned(),
        rows,
    })
}

async fn row(
    app: &App,
    visitor: &ConsoleVisitor,
    names: &mut Names<'_>,
    collection: ApiCollection,
) -> Result<CollectionRow, Error> {
    Ok(CollectionRow {
        id: collection.id.to_string(),
        name: collection.name.to_string(),
        slug: collection.slug.to_string(),
        api_version: collection.api_version.to_string(),
        state: words::publication(collection.publication),
        audience: audience(names, &collection.audience).await?,
        operations: collection.operations.len(),
        pending: pending(app, visitor, &collection).await?,
        updated: When::from(collection.updated_at),
    })
}

async fn audience(names: &mut Names<'_>, audience: &Audience) -> Result<String, Error> {
    let Audience::Groups(groups) = audience else {
        return Ok("Everyone".to_owned());
    };
    let mut found = Vec::new();
    for group in groups {
        found.push(names.name(&group.to_string()).await?);
    }
    Ok(found.join(", "))
}

async fn pending(
    app: &App,
    visitor: &ConsoleVisitor,
    collection: &ApiCollection,
) -> Result<u64, Error> {
    let filter = AccessRequestFilter {
        status: Some(RequestStatus::Pending),
        collection: Some(collection.id),
        ..AccessRequestFilter::default()
    };
    app.portal
        .count_access_requests(&visitor.caller, &filter)
        .await
}
