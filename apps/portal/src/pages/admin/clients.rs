//! API clients: the list, and one with its credentials and access.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    access::Grant,
    clients::ApiClient,
    error::{Error, Rejection},
    ids::{ApiClientId, CredentialId},
    portal::Caller,
};

use super::{
    answer::{Done, done, show, show_with},
    form::{Id, on_form},
    list::{ListQuery, count},
    names::Names,
    users::AccessRow,
    words,
};
use crate::{
    pages::{
        Nav, Shell, failure,
        input::PageQuery,
        portal::my_client::{ClientFacts, CredentialRow},
        view::{Errors, Notice, Pager, Pill, When},
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

pub(super) mod detail;

#[derive(Template)]
#[template(path = "admin/clients.html")]
pub struct ClientsPage {
    pub shell: Shell,
    pub rows: Vec<ClientRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct ClientRow {
    pub id: String,
    pub name: String,
    pub owner: String,
    pub owner_id: String,
    pub method: String,
    pub policy: String,
    pub state: Pill,
    pub created: When,
}

#[derive(Template)]
#[template(path = "admin/client.html")]
pub struct ClientPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub client: ClientFacts,
    pub owner: String,
    pub owner_id: String,
    pub credentials: Vec<CredentialRow>,
    pub grants: Vec<GrantRow>,
}

#[derive(Clone, Debug, Default)]
pub struct GrantRow {
    pub id: String,
    pub access: AccessRow,
    pub is_live: bool,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/clients", get(list))
        .route("/admin/clients/{id}", get(one))
        .route(
            "/admin/clients/{id}/credentials/{credential}/revoke",
            post(revoke_credential),
        )
}

const NOTICES: &[(&str, &str, &str)] = &[
    (
        "credential",
        "Revoked.",
        "Calls with this credential are refused from now on.",
    ),
    (
        "grant",
        "Revoked.",
        "The client's next call of this collection is refused.",
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
) -> Result<ClientsPage, Error> {
    let found = app
        .portal
        .list_clients(&visitor.caller, &query.page())
        .await?;
    let shown = count(found.items.len() as u64, "API client", "API clients");
    let pager = query.pager("/admin/clients", &found, format!("{shown}, newest first"));
    let mut names = Names::of(app);
    let mut rows = Vec::new();
    for client in found.items {
        rows.push(row(&mut names, &client).await?);
    }
    Ok(ClientsPage {
        shell: visitor.shell("API clients", Nav::ApiClients),
        rows,
        pager,
    })
}

async fn row(names: &mut Names<'_>, client: &ApiClient) -> Result<ClientRow, Error> {
    let owner_id = client.owner().to_string();
    Ok(ClientRow {
        id: client.id().to_string(),
        name: client.name.to_string(),
        owner: names.name(&owner_id).await?,
        owner_id,
        method: words::method(client.method()).to_owned(),
        policy: match client.policy {
            Some(policy) => names.name(&policy.to_string()).await?,
            None => words::NO_POLICY.to_owned(),
        },
        state: words::client(client.state),
        created: When::from(client.created_at()),
    })
}

async fn one(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<ApiClientId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let notice = query.notice(NOTICES);
    let page = detail::page(&app, &visitor, id).await;
    show(
        &visitor.context,
        page.map(|page| ClientPage { notice, ..page }),
    )
}

async fn revoke_credential(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    path: Result<Path<(ApiClientId, CredentialId)>, PathRejection>,
) -> Response {
    let Ok(Path((client, credential))) = path else {
        let missing = Rejection::NotFound { what: "credential" };
        return failure::page(&visitor.context, &missing.into());
    };
    let caller = Caller::Console(visitor.caller.clone());
    let revoked = app
        .portal
        .revoke_credential(&caller, client, credential)
        .await;
    let Err(error) = revoked else {
        return done(
            &visitor,
            &format!("/admin/clients/{client}?done=credential"),
        );
    };
    refused(&app, &visitor, client, &error, "credentials").await
}

/// The page after somebody revoked a grant on it.
pub(super) async fn after_revocation(
    app: &App,
    visitor: &ConsoleVisitor,
    grant: &Grant,
    revoked: Result<(), Error>,
) -> Response {
    match revoked {
        Ok(()) => done(
            visitor,
            &format!("/admin/clients/{}?done=grant", grant.client),
        ),
        Err(error) => refused(app, visitor, grant.client, &error, "grants").await,
    }
}

async fn refused(
    app: &App,
    visitor: &ConsoleVisitor,
    client: ApiClientId,
    error: &Error,
    place: &'static str,
) -> Response {
    let names = [("", place, ""), ("reason", place, "The reason")];
    let Some((status, errors)) = on_form(error, &names) else {
        return failure::page(&visitor.context, error);
    };
    let page = detail::page(app, visitor, client).await;
    let page = page.map(|page| ClientPage {
        shell: page.shell.with_error(),
        errors,
        ..page
    });
    show_with(&visitor.context, status, page)
}
