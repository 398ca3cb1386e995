//! New secrets, and the end of old ones (R29).

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jit_domain::{
    clients::ApiClient,
    error::{Error, Rejection},
    ids::CredentialId,
    portal::{Caller, CredentialDraft, NewCredential, Overlap},
};
use serde::Deserialize;

use super::my_client::{example_call, look};
use crate::{
    pages::{
        Nav, Shell,
        input::{PageForm, PagePath},
        respond,
        view::{Errors, When},
        visitor::EndUserVisitor,
    },
    wiring::App,
};

/// The answer to creating or rotating: the secret, this once. It is never compressed or stored.
#[derive(Template)]
#[template(path = "portal/secret.html")]
pub struct SecretPage {
    pub shell: Shell,
    pub credential: String,
    pub secret: String,
    /// The old secret of a rotation still works until then.
    pub old_until: Option<When>,
    /// An example call with the secret's variable.
    pub curl: String,
}

impl SecretPage {
    pub fn env_file(&self) -> String {
        format!("API_TOKEN={}\n", self.secret)
    }
}

#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

pub async fn create(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PageForm(Named { name }): PageForm<Named>,
) -> Response {
    let draft = CredentialDraft {
        name,
        ..CredentialDraft::default()
    };
    match make(&app, &visitor, &draft).await {
        Ok(new) => secret(&app, &visitor, &new, None).await,
        Err(Error::Rejected(Rejection::Invalid(fields))) => match look(&app, &visitor).await {
            Ok(mut page) => {
                page.shell = page.shell.with_error();
                page.errors = Errors::of_fields(&fields);
                page.new_name = draft.name;
                respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
            }
            Err(error) => visitor.refuse(&error),
        },
        Err(error) => visitor.refuse(&error),
    }
}

#[derive(Deserialize)]
pub struct Rotation {
    overlap_hours: i64,
}

pub async fn rotate(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(id): PagePath,
    PageForm(Rotation { overlap_hours }): PageForm<Rotation>,
) -> Response {
    match replace(&app, &visitor, &id, overlap_hours).await {
        Ok((new, old_until)) => secret(&app, &visitor, &new, old_until).await,
        Err(error) => visitor.refuse(&error),
    }
}

pub async fn revoke(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PagePath(id): PagePath,
) -> Response {
    match end(&app, &visitor, &id).await {
        Ok(id) => Redirect::to(&format!("/client?revoked={id}")).into_response(),
        Err(error) => visitor.refuse(&error),
    }
}

async fn make(
    app: &App,
    visitor: &EndUserVisitor,
    draft: &CredentialDraft,
) -> Result<NewCredential, Error> {
    let (caller, client) = own(app, visitor).await?;
    app.portal
        .create_credential(&caller, client.id(), draft)
        .await
}

async fn replace(
    app: &App,
    visitor: &EndUserVisitor,
    id: &str,
    overlap_hours: i64,
) -> Result<(NewCredential, Option<When>), Error> {
    let old = read(id)?;
    let overlap = Overlap::parse(overlap_hours.saturating_mul(3600))?;
    let (caller, client) = own(app, visitor).await?;
    let new = app
        .portal
        .rotate_credential(&caller, client.id(), old, overlap)
        .await?;
    let client = app.portal.find_own_client(&visitor.caller).await?;
    let now = app.portal.now();
    let old = client.find_credential(old).filter(|old| old.is_usable(now));
    let until = old.and_then(|old| old.expires_at);
    Ok((new, until.map(When::from)))
}

async fn end(app: &App, visitor: &EndUserVisitor, id: &str) -> Result<CredentialId, Error> {
    let id = read(id)?;
    let (caller, client) = own(app, visitor).await?;
    app.portal
        .revoke_credential(&caller, client.id(), id)
        .await?;
    Ok(id)
}

async fn own(app: &App, visitor: &EndUserVisitor) -> Result<(Caller, ApiClient), Error> {
    let client = app.portal.find_own_client(&visitor.caller).await?;
    Ok((Caller::EndUser(visitor.caller.clone()), client))
}

/// What is no id is an unknown id.
fn read(id: &str) -> Result<CredentialId, Rejection> {
    id.parse()
        .map_err(|_| Rejection::NotFound { what: "credential" })
}

async fn secret(
    app: &App,
    visitor: &EndUserVisitor,
    new: &NewCredential,
    old_until: Option<When>,
) -> Response {
    // The secret exists now and cannot be shown later, so a failure beside it must not hide it.
    let curl = example_call(app, visitor).await.unwrap_or_default();
    respond::page(&SecretPage {
        shell: visitor.shell("Store this secret now", Nav::MyClient),
        credential: new.credential.name.to_string(),
        secret: new.secret.reveal().to_owned(),
        old_until,
        curl,
    })
}
