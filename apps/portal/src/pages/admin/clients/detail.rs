use jit_domain::{
    clients::{ApiClient, Credential},
    error::Error,
    ids::ApiClientId,
    portal::Caller,
    values::Timestamp,
    views::{GrantFilter, GrantRow as Found, PageRequest},
};

use super::{
    AccessRow, ClientFacts, ClientPage, CredentialRow, Errors, GrantRow, Nav, When, words,
};
use crate::{
    pages::{admin::names::Names, visitor::ConsoleVisitor},
    wiring::App,
};

pub(super) async fn page(
    app: &App,
    visitor: &ConsoleVisitor,
    id: ApiClientId,
) -> Result<ClientPage, Error> {
    let now = app.portal.now();
    let caller = Caller::Console(visitor.caller.clone());
    let client = app.portal.find_client(&caller, id).await?;
    let filter = GrantFilter {
        client: Some(id),
        ..GrantFilter::default()
    };
    let grants = app
        .portal
        .list_grants(&visitor.caller, &filter, &PageRequest::FIRST)
        .await?;
    let mut names = Names::of(app);
    let owner_id = client.owner().to_string();
    Ok(ClientPage {
        shell: visitor.shell(client.name.as_str(), Nav::ApiClients),
        notice: None,
        errors: Errors::default(),
        client: facts(app, &mut names, &client).await?,
        owner: names.name(&owner_id).await?,
        owner_id,
        credentials: client
            .credentials()
            .iter()
            .map(|it| credential(it, now))
            .collect(),
        grants: grants.items.iter().map(|it| grant(it, now)).collect(),
    })
}

async fn facts(app: &App, names: &mut Names<'_>, client: &ApiClient) -> Result<ClientFacts, Error> {
    let store = app.portal.store();
    let policy = match client.policy {
        Some(policy) => store.find_policy(app.workspace, policy).await?,
        None => None,
    };
    let owner = store.find_end_user(app.workspace, client.owner()).await?;
    let mut groups = Vec::new();
    for group in owner.map(|owner| owner.groups()).unwrap_or_default() {
        groups.push(names.name(&group.to_string()).await?);
    }
    Ok(ClientFacts {
        id: client.id().to_string(),
        name: client.name.to_string(),
        method: words::method(client.method()).to_owned(),
        state: words::client(client.state),
        policy: policy
            .as_ref()
            .map_or_else(|| words::NO_POLICY.to_owned(), words::policy),
        groups,
        created: When::from(client.created_at()),
    })
}

fn credential(credential: &Credential, now: Timestamp) -> CredentialRow {
    CredentialRow {
        id: credential.id.to_string(),
        name: credential.name.to_string(),
        hint: credential.hint.clone(),
        state: words::credential(credential, now),
        created: When::from(credential.created_at),
        last_used: None,
        expires: credential.expires_at.map(When::from),
        is_usable: credential.is_usable(now),
    }
}

fn grant(found: &Found, now: Timestamp) -> GrantRow {
    GrantRow {
        id: found.grant.id.to_string(),
        access: access(found, now),
        is_live: found.grant.is_live(now),
    }
}

pub(in crate::pages::admin) fn access(found: &Found, now: Timestamp) -> AccessRow {
    let revoked = found.grant.revocation.as_ref().map(|it| it.at);
    AccessRow {
        collection: found.collection_name.to_string(),
        state: words::grant(&found.grant, now),
        since: When::from(found.grant.granted_at),
        until: revoked.or(found.grant.expires_at).map(When::from),
    }
}
