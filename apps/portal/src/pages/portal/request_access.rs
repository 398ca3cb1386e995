//! Asking for a collection: a dialog with JavaScript, a page without.

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    access::AccessRequest,
    error::{Error, Rejection},
    ids::AccessRequestId,
    values::{Reason, Slug},
    views::{AccessState, CollectionForUser},
};
use serde::Deserialize;

use super::discover::Access;
use crate::{
    pages::{
        ErrorPage, Nav, Shell,
        input::{PageForm, PagePath},
        respond,
        view::Errors,
        visitor::EndUserVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/request_access.html", blocks = ["dialog"])]
pub struct RequestAccessPage {
    pub shell: Shell,
    pub modal: bool,
    /// Sent: the dialog says what happens next.
    pub done: bool,
    pub slug: String,
    pub name: String,
    pub api_version: String,
    pub operations: usize,
    pub client: String,
    pub reason: String,
    pub errors: Errors,
}

/// Where the visitor stands with a collection, on its card or its page, after a request was sent.
#[derive(Template)]
#[template(path = "portal/access_now.html")]
pub struct AccessNow<'a> {
    pub shell: &'a Shell,
    pub slug: &'a str,
    pub name: &'a str,
    pub access: Access,
}

impl RequestAccessPage {
    pub const MAX_REASON: usize = Reason::MAX_CHARS;
}

impl AccessNow<'_> {
    /// A slug may have dots, which a plain `#id` would take for classes.
    fn place(&self) -> String {
        format!("[id='access-{}']", self.slug)
    }
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(slug): PagePath,
) -> Response {
    let found = match find(&app, &visitor, slug).await {
        Ok(found) => found,
        Err(error) => return visitor.refuse(&error),
    };
    let fragment = visitor.context.wants_fragment;
    match &found.access {
        AccessState::Pending(request) => respond::see_other(&place_of(request.id), fragment),
        AccessState::Granted(_) => {
            respond::see_other(&format!("/apis/{}", found.collection.slug), fragment)
        }
        AccessState::None | AccessState::Rejected(_) => {
            let page = form(&app, &visitor, &found, String::new(), Errors::default()).await;
            answer(&visitor, StatusCode::OK, page)
        }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    reason: String,
}

pub async fn send(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(slug): PagePath,
    PageForm(Asked { reason }): PageForm<Asked>,
) -> Response {
    let found = match find(&app, &visitor, slug).await {
        Ok(found) => found,
        Err(error) => return visitor.refuse(&error),
    };
    let collection = &found.collection;
    match app
        .portal
        .request_access(&visitor.caller, collection.id, &reason)
        .await
    {
        Ok(request) => {
            let page = form(&app, &visitor, &found, String::new(), Errors::default()).await;
            sent(&visitor, &request, page)
        }
        Err(Error::Rejected(Rejection::Invalid(fields))) => {
            let page = form(&app, &visitor, &found, reason, Errors::of_fields(&fields)).await;
            answer(&visitor, StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(Error::Rejected(Rejection::AlreadyPending { request })) => had(
            &visitor,
            &format!("You have asked for {} already", collection.name),
            "Your request still waits for a decision, so no second one was sent.",
            ("View your request", &place_of(request)),
        ),
        Err(Error::Rejected(Rejection::AlreadyGranted { .. })) => had(
            &visitor,
            &format!("You have access to {} already", collection.name),
            "Your API client may call it, so no request was sent.",
            ("Open the reference", &format!("/apis/{}", collection.slug)),
        ),
        Err(error) => visitor.refuse(&error),
    }
}

async fn find(
    app: &App,
    visitor: &EndUserVisitor,
    slug: String,
) -> Result<CollectionForUser, Error> {
    app.portal
        .find_collection_for_user(&visitor.caller, &Slug::restore(slug))
        .await
}

async fn form(
    app: &App,
    visitor: &EndUserVisitor,
    found: &CollectionForUser,
    reason: String,
    errors: Errors,
) -> Result<RequestAccessPage, Error> {
    let client = app.portal.find_own_client(&visitor.caller).await?;
    let collection = &found.collection;
    let title = format!("Request access to {}", collection.name);
    let shell = visitor.shell(&title, Nav::Discover);
    Ok(RequestAccessPage {
        shell: if errors.is_empty() {
            shell
        } else {
            shell.with_error()
        },
        modal: visitor.context.wants_fragment,
        done: false,
        slug: collection.slug.to_string(),
        name: collection.name.to_string(),
        api_version: collection.api_version.to_string(),
        operations: collection.operations.len(),
        client: client.name.to_string(),
        reason,
        errors,
    })
}

fn answer(
    visitor: &EndUserVisitor,
    status: StatusCode,
    page: Result<RequestAccessPage, Error>,
) -> Response {
    match page {
        Ok(page) if page.modal => respond::page_with(status, &page.as_dialog()),
        Ok(page) => respond::page_with(status, &page),
        Err(error) => visitor.refuse(&error),
    }
}

/// The dialog says so and the card turns; without JavaScript, the request among the others.
fn sent(
    visitor: &EndUserVisitor,
    request: &AccessRequest,
    page: Result<RequestAccessPage, Error>,
) -> Response {
    match page {
        Ok(mut page) if page.modal => {
            page.done = true;
            let since = request.requested_at.into();
            let now = AccessNow {
                shell: &page.shell,
                slug: &page.slug,
                name: &page.name,
                access: Access::Pending { since },
            };
            respond::two_fragments(&page.as_dialog(), &now.place(), &now)
        }
        _ => respond::see_other(
            &format!("/requests?sent={}", request.id),
            visitor.context.wants_fragment,
        ),
    }
}

fn had(visitor: &EndUserVisitor, heading: &str, cause: &str, offer: (&str, &str)) -> Response {
    let page = ErrorPage::new(visitor.shell("", Nav::Discover), StatusCode::CONFLICT)
        .headed(heading)
        .because(cause)
        .advise("")
        .offer(offer.0, offer.1);
    visitor.context.error(&page)
}

fn place_of(request: AccessRequestId) -> String {
    format!("/requests#r-{request}")
}
