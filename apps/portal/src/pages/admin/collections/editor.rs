use axum::{extract::State, response::Response};
use jit_domain::{
    catalogue::{ApiCollection, Audience, Operation, Publication},
    error::Error,
    ids::ApiCollectionId,
    views::{GrantFilter, PageLimit, PageRequest},
};

use super::{
    super::{
        answer::{Done, show},
        form::Id,
        list::count,
        words,
    },
    CollectionEditorPage, CollectionFields, Entry, Errors, NOTICES, Nav, OperationLine, Pill,
    pending,
};
use crate::{
    pages::input::PageQuery,
    pages::visitor::{ByAdministrator, ConsoleVisitor},
    wiring::App,
};

pub(super) async fn blank(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
) -> Response {
    show(&visitor.context, empty(&app, &visitor).await)
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<ApiCollectionId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let notice = query.notice(NOTICES);
    let page = stored(&app, &visitor, id).await;
    show(
        &visitor.context,
        page.map(|page| CollectionEditorPage { notice, ..page }),
    )
}

pub(super) async fn empty(
    app: &App,
    visitor: &ConsoleVisitor,
) -> Result<CollectionEditorPage, Error> {
    Ok(CollectionEditorPage {
        shell: visitor.shell("New API collection", Nav::Collections),
        notice: None,
        errors: Errors::default(),
        id: String::new(),
        version: 0,
        fields: CollectionFields {
            audience: "everyone".to_owned(),
            ..CollectionFields::default()
        },
        groups: groups(app, visitor, |_| false).await?,
        state: Pill::default(),
        is_published: false,
        pending: 0,
        access: String::new(),
        operations: vec![],
        document: String::new(),
    })
}

pub(super) async fn stored(
    app: &App,
    visitor: &ConsoleVisitor,
    id: ApiCollectionId,
) -> Result<CollectionEditorPage, Error> {
    let collection = app.portal.find_collection(&visitor.caller, id).await?;
    let in_audience = |id: &str| match &collection.audience {
        Audience::Everyone => false,
        Audience::Groups(ids) => ids.iter().any(|group| group.to_string() == id),
    };
    Ok(CollectionEditorPage {
        shell: visitor.shell(collection.name.as_str(), Nav::Collections),
        id: id.to_string(),
        version: collection.version.0.into(),
        fields: CollectionFields::stored(&collection),
        groups: groups(app, visitor, in_audience).await?,
        state: words::publication(collection.publication),
        is_published: collection.publication == Publication::Published,
        pending: pending(app, visitor, &collection).await?,
        access: access(app, visitor, &collection).await?,
        operations: collection.operations.iter().map(line).collect(),
        document: collection.document,
        ..empty(app, visitor).await?
    })
}

pub(super) async fn groups(
    app: &App,
    visitor: &ConsoleVisitor,
    is_chosen: impl Fn(&str) -> bool,
) -> Result<Vec<Entry>, Error> {
    let found = app.portal.list_groups(&visitor.caller).await?;
    let entry = |row: jit_domain::views::GroupRow| {
        let value = row.group.id.to_string();
        Entry {
            chosen: is_chosen(&value),
            value,
            label: row.group.name.to_string(),
            meta: count(row.members, "member", "members"),
        }
    };
    Ok(found.into_iter().map(entry).collect())
}

/// How many clients may call it, as far as one look tells.
async fn access(
    app: &App,
    visitor: &ConsoleVisitor,
    collection: &ApiCollection,
) -> Result<String, Error> {
    let filter = GrantFilter {
        collection: Some(collection.id),
        ..GrantFilter::default()
    };
    let newest = PageRequest {
        limit: PageLimit::clamped(100),
        ..PageRequest::FIRST
    };
    let grants = app
        .portal
        .list_grants(&visitor.caller, &filter, &newest)
        .await?;
    let now = app.portal.now();
    let live = grants
        .items
        .iter()
        .filter(|row| row.grant.is_live(now))
        .count();
    let clients = count(live as u64, "client", "clients");
    Ok(if grants.next.is_some() {
        format!("at least {clients}")
    } else {
        clients
    })
}

fn line(operation: &Operation) -> OperationLine {
    OperationLine {
        method: operation.method.clone(),
        path: operation.path.clone(),
        summary: operation.summary.clone(),
    }
}
