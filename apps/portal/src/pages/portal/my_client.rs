//! `/client`: the visitor's API client and its credentials.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{
    catalogue::{ApiCollection, Policy},
    clients::{ApiClient, Credential},
    error::Error,
    settings::AuthMethod,
    values::Timestamp,
    views::AccessState,
};
use serde::Deserialize;

use super::{HEADER, base_url, words};
use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        reference::quoted,
        respond,
        view::{Errors, Notice, Pill, When},
        visitor::EndUserVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/my_client.html")]
pub struct MyClientPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub client: ClientFacts,
    pub credentials: Vec<CredentialRow>,
    /// The name typed for a new credential.
    pub new_name: String,
    pub may_create: bool,
    /// An example call.
    pub curl: String,
}

#[derive(Clone, Debug, Default)]
pub struct ClientFacts {
    pub id: String,
    pub name: String,
    pub method: String,
    pub state: Pill,
    pub policy: String,
    pub groups: Vec<String>,
    pub created: When,
}

#[derive(Clone, Debug, Default)]
pub struct CredentialRow {
    pub id: String,
    pub name: String,
    /// The beginning or the end of the secret.
    pub hint: String,
    pub state: Pill,
    pub created: When,
    /// Not known yet: the gateway does not write it down.
    pub last_used: Option<When>,
    pub expires: Option<When>,
    pub is_usable: bool,
}

impl CredentialRow {
    fn of(credential: &Credential, now: Timestamp) -> Self {
        Self {
            id: credential.id.to_string(),
            name: credential.name.to_string(),
            hint: credential.hint.clone(),
            state: words::credential(credential, now),
            created: credential.created_at.into(),
            last_used: None,
            expires: credential.expires_at.map(Into::into),
            is_usable: credential.is_usable(now),
        }
    }
}

/// What just happened.
#[derive(Deserialize)]
pub struct Happened {
    /// The id of a credential.
    #[serde(default)]
    revoked: String,
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PageQuery(happened): PageQuery<Happened>,
) -> Response {
    match look(&app, &visitor).await {
        Ok(mut page) => {
            page.notice = notice(&page.credentials, &happened.revoked);
            respond::page(&page)
        }
        Err(error) => visitor.refuse(&error),
    }
}

/// Only of something that is so: the address may come from anywhere.
fn notice(credentials: &[CredentialRow], revoked: &str) -> Option<Notice> {
    let found = credentials
        .iter()
        .find(|row| row.id == revoked && !row.is_usable)?;
    Some(Notice::done(
        "Revoked.",
        format!("Calls with {} are refused.", found.name),
    ))
}

pub(super) async fn look(app: &App, visitor: &EndUserVisitor) -> Result<MyClientPage, Error> {
    let client = app.portal.find_own_client(&visitor.caller).await?;
    let policy = find_policy(app, &client).await?;
    let now = app.portal.now();
    let usable = client
        .credentials()
        .iter()
        .filter(|it| it.is_usable(now))
        .count();
    let room = usable < ApiClient::MAX_CREDENTIALS;
    Ok(MyClientPage {
        shell: visitor.shell("API client", Nav::MyClient),
        notice: None,
        errors: Errors::default(),
        credentials: client
            .credentials()
            .iter()
            .rev()
            .map(|it| CredentialRow::of(it, now))
            .collect(),
        new_name: String::new(),
        may_create: room && client.method() == AuthMethod::AuthToken,
        curl: example_call(app, visitor).await?,
        client: ClientFacts {
            id: client.id().to_string(),
            name: client.name.to_string(),
            method: words::method(client.method()).to_owned(),
            state: words::client(client.state),
            policy: words::policy(policy.as_ref()),
            groups: names_of_groups(app, visitor).await?,
            created: client.created_at().into(),
        },
    })
}

/// The policy that governs a client.
pub(super) async fn find_policy(app: &App, client: &ApiClient) -> Result<Option<Policy>, Error> {
    match client.policy {
        Some(id) => Ok(app.portal.store().find_policy(app.workspace, id).await?),
        None => Ok(None),
    }
}

async fn names_of_groups(app: &App, visitor: &EndUserVisitor) -> Result<Vec<String>, Error> {
    let own = visitor.end_user.groups();
    let all = app.portal.store().list_groups(app.workspace).await?;
    let mine = all.into_iter().filter(|row| own.contains(&row.group.id));
    Ok(mine.map(|row| row.group.name.to_string()).collect())
}

/// A call to something that the client may call; else to the place where such a thing would be.
pub(super) async fn example_call(app: &App, visitor: &EndUserVisitor) -> Result<String, Error> {
    let seen = app.portal.discover(&visitor.caller).await?;
    let granted = seen
        .into_iter()
        .find(|it| matches!(it.access, AccessState::Granted(_)));
    let url = match granted {
        Some(found) => format!(
            "{}{}",
            base_url(app, &found.collection),
            first_read(&found.collection)
        ),
        None => format!("{}/gateway/COLLECTION/VERSION/", app.public_url),
    };
    Ok(format!("curl -H \"{HEADER}\" {}", quoted(&url)))
}

/// The first operation that only reads and has nothing to fill in.
fn first_read(collection: &ApiCollection) -> &str {
    let mut plain = collection
        .operations
        .iter()
        .filter(|it| it.method == "GET" && !it.path.contains('{'));
    plain
        .next()
        .map_or("/", |operation| operation.path.as_str())
}
