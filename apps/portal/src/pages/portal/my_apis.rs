//! `/apis`: the collections that the visitor may call.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{
    error::Error,
    views::{AccessState, CollectionForUser},
};

use super::{my_client::find_policy, words};
use crate::{
    pages::{Nav, Shell, respond, view::When, visitor::EndUserVisitor},
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/my_apis.html")]
pub struct MyApisPage {
    pub shell: Shell,
    pub apis: Vec<MyApi>,
    pub policy: String,
}

#[derive(Clone, Debug, Default)]
pub struct MyApi {
    pub slug: String,
    pub name: String,
    pub api_version: String,
    pub summary: String,
    pub since: When,
    pub until: Option<When>,
}

impl MyApi {
    /// `None` if the visitor may not call it.
    fn of(found: &CollectionForUser) -> Option<Self> {
        let AccessState::Granted(grant) = &found.access else {
            return None;
        };
        let collection = &found.collection;
        Some(Self {
            slug: collection.slug.to_string(),
            name: collection.name.to_string(),
            api_version: collection.api_version.to_string(),
            summary: collection.summary.to_string(),
            since: grant.granted_at.into(),
            until: grant.expires_at.map(Into::into),
        })
    }
}

pub async fn show(State(app): State<App>, visitor: EndUserVisitor) -> Response {
    match list(&app, &visitor).await {
        Ok(page) => respond::page(&page),
        Err(error) => visitor.refuse(&error),
    }
}

async fn list(app: &App, visitor: &EndUserVisitor) -> Result<MyApisPage, Error> {
    let seen = app.portal.discover(&visitor.caller).await?;
    let client = app.portal.find_own_client(&visitor.caller).await?;
    let policy = find_policy(app, &client).await?;
    Ok(MyApisPage {
        shell: visitor.shell("My APIs", Nav::MyApis),
        apis: seen.iter().filter_map(MyApi::of).collect(),
        policy: words::policy(policy.as_ref()),
    })
}
