//! `/discover/{slug}`: what may be read before an approval (R19).

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{error::Error, values::Slug};
use serde_json::Value;

use super::{
    discover::{Access, CollectionCard, OperationLine, find_ended},
    my_client::find_policy,
    words,
};
use crate::{
    pages::{Nav, Shell, input::PagePath, reference::markdown, respond, visitor::EndUserVisitor},
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/collection.html")]
pub struct CollectionPage {
    pub shell: Shell,
    pub card: CollectionCard,
    pub operations: Vec<OperationLine>,
    /// The policy that will apply to calls, in words.
    pub limits: String,
    /// The description in the document, rendered by `reference::markdown`; empty without a grant.
    pub about_html: String,
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(slug): PagePath,
) -> Response {
    match preview(&app, &visitor, slug).await {
        Ok(page) => respond::page(&page),
        Err(error) => visitor.refuse(&error),
    }
}

async fn preview(
    app: &App,
    visitor: &EndUserVisitor,
    slug: String,
) -> Result<CollectionPage, Error> {
    let portal = &app.portal;
    let found = portal
        .find_collection_for_user(&visitor.caller, &Slug::restore(slug))
        .await?;
    let client = portal.find_own_client(&visitor.caller).await?;
    let policy = find_policy(app, &client).await?;
    let ended = find_ended(app, &visitor.caller).await?;
    let document: Value = serde_json::from_str(&found.collection.document).unwrap_or_default();
    let about = document
        .pointer("/info/description")
        .and_then(Value::as_str);
    Ok(CollectionPage {
        shell: visitor.shell(found.collection.name.as_str(), Nav::Discover),
        card: CollectionCard::of(&found, &ended),
        limits: words::limits(policy.as_ref()),
        about_html: markdown::render(about.unwrap_or_default()),
        operations: found
            .collection
            .operations
            .into_iter()
            .map(Into::into)
            .collect(),
    })
}
