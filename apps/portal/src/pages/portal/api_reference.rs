//! `/apis/{slug}`: the reference of a collection that the visitor may call (R19).

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    access::Grant,
    catalogue::ApiCollection,
    error::Error,
    values::Slug,
    views::{AccessState, CollectionForUser},
};

use super::{HEADER, base_url, words};
use crate::{
    pages::{
        ErrorPage, Nav, Shell,
        input::PagePath,
        reference::{Call, Reference},
        respond,
        view::When,
        visitor::EndUserVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/reference.html")]
pub struct ReferencePage {
    pub shell: Shell,
    pub slug: String,
    pub name: String,
    /// Where calls go: the gateway's address of this collection.
    pub base_url: String,
    /// The authentication method, in words.
    pub method: String,
    pub until: Option<When>,
    pub doc: Reference,
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(slug): PagePath,
) -> Response {
    let (collection, grant) = match find(&app, &visitor, slug).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    match app.portal.find_own_client(&visitor.caller).await {
        Ok(client) => {
            let base_url = base_url(&app, &collection);
            let call = Call {
                base_url: &base_url,
                header: HEADER,
            };
            let document = serde_json::from_str(&collection.document).unwrap_or_default();
            respond::page(&ReferencePage {
                shell: visitor.shell(collection.name.as_str(), Nav::MyApis),
                slug: collection.slug.to_string(),
                name: collection.name.to_string(),
                method: words::method(client.method()).to_owned(),
                until: grant.expires_at.map(When::from),
                doc: Reference::read(&document, call),
                base_url,
            })
        }
        Err(error) => visitor.refuse(&error),
    }
}

/// The OpenAPI document as its owner published it.
pub async fn download(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(slug): PagePath,
) -> Response {
    match find(&app, &visitor, slug).await {
        Ok((collection, _)) => {
            let file = format!("{}-{}.json", collection.slug, collection.api_version);
            respond::download(&file, "application/json", collection.document)
        }
        Err(refused) => refused,
    }
}

/// The collection with its document, or a page that says how to get there.
async fn find(
    app: &App,
    visitor: &EndUserVisitor,
    slug: String,
) -> Result<(ApiCollection, Grant), Response> {
    let slug = Slug::restore(slug);
    let found = app
        .portal
        .find_collection_for_user(&visitor.caller, &slug)
        .await;
    let CollectionForUser { collection, access } =
        found.map_err(|error: Error| visitor.refuse(&error))?;
    let ask = format!("/discover/{slug}/request");
    let (because, label, place) = match access {
        AccessState::Granted(grant) => return Ok((collection, grant)),
        AccessState::Pending(request) => (
            "Your request for it has not been decided yet.",
            "View your request",
            format!("/requests#r-{}", request.id),
        ),
        AccessState::Rejected(_) => ("Your request for it was rejected.", "Request again", ask),
        AccessState::None => (
            "Its reference and document need an approved request.",
            "Request access",
            ask,
        ),
    };
    let page = ErrorPage::new(visitor.shell("", Nav::MyApis), StatusCode::FORBIDDEN)
        .headed(&format!("You do not have access to {}", collection.name))
        .because(because)
        .advise("What it offers, and its endpoints, you can read under Discover.")
        .offer(label, &place);
    Err(visitor.context.error(&page))
}
