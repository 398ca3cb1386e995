//! Discover new APIs.

use std::collections::BTreeSet;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use jit_domain::{
    catalogue::Operation,
    error::Error,
    ids::ApiCollectionId,
    portal::{DiscoverQuery, EndUserCaller},
    views::{AccessState, CollectionForUser, PageLimit, PageRequest},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        respond,
        view::{Entry, When},
        visitor::EndUserVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "portal/discover.html", blocks = ["results"])]
pub struct DiscoverPage {
    pub shell: Shell,
    /// The greeting of the first login.
    pub welcome: Option<Welcome>,
    pub q: String,
    /// Empty, `none`, `pending`, `approved` or `rejected`.
    pub access: String,
    /// The tags of everything that the visitor may see, the chosen one marked.
    pub tags: Vec<Entry>,
    pub cards: Vec<CollectionCard>,
    /// How many collections there are without the filter.
    pub total: usize,
}

/// How far somebody new has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welcome {
    HasNotAsked,
    HasAsked,
}

impl DiscoverPage {
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty() || !self.access.is_empty() || self.tags.iter().any(|tag| tag.chosen)
    }

    pub fn announcement(&self) -> String {
        match self.cards.len() {
            1 => "1 collection found".to_owned(),
            many => format!("{many} collections found"),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct CollectionCard {
    pub slug: String,
    pub name: String,
    pub api_version: String,
    pub summary: String,
    pub tags: Vec<String>,
    pub operations: usize,
    pub owner: String,
    pub updated: When,
    pub access: Access,
}

impl CollectionCard {
    /// Two letters in the place of a picture.
    pub fn glyph(&self) -> String {
        self.name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(2)
            .flat_map(char::to_uppercase)
            .collect()
    }

    pub(super) fn of(found: &CollectionForUser, ended: &Ended) -> Self {
        let collection = &found.collection;
        Self {
            slug: collection.slug.to_string(),
            name: collection.name.to_string(),
            api_version: collection.api_version.to_string(),
            summary: collection.summary.to_string(),
            tags: collection.tags.clone(),
            operations: collection.operations.len(),
            owner: collection.owner.clone(),
            updated: collection.updated_at.into(),
            access: match &found.access {
                AccessState::None if ended.0.contains(&collection.id) => Access::Ended,
                AccessState::None => Access::None,
                AccessState::Pending(request) => Access::Pending {
                    since: request.requested_at.into(),
                },
                AccessState::Rejected(_) => Access::Rejected,
                AccessState::Granted(_) => Access::Approved,
            },
        }
    }
}

/// What the visitor has with a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Access {
    #[default]
    None,
    Pending {
        since: When,
    },
    Rejected,
    /// A grant has ended.
    Ended,
    Approved,
}

impl Access {
    pub fn may_request(&self) -> bool {
        matches!(self, Self::None | Self::Rejected | Self::Ended)
    }

    /// As the filter calls it.
    fn name(&self) -> &'static str {
        match self {
            Self::None | Self::Ended => "none",
            Self::Pending { .. } => "pending",
            Self::Rejected => "rejected",
            Self::Approved => "approved",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct OperationLine {
    pub method: String,
    pub path: String,
    pub summary: String,
}

impl From<Operation> for OperationLine {
    fn from(
        Operation {
            method,
            path,
            summary,
        }: Operation,
    ) -> Self {
        Self {
            method,
            path,
            summary,
        }
    }
}

/// The collections on which the visitor has or had a grant, to tell *ended* from *never asked*.
pub(super) struct Ended(BTreeSet<ApiCollectionId>);

pub(super) async fn find_ended(app: &App, caller: &EndUserCaller) -> Result<Ended, Error> {
    let newest = PageRequest {
        after: None,
        limit: PageLimit::clamped(100),
    };
    let grants = app.portal.list_own_grants(caller, &newest).await?.items;
    Ok(Ended(
        grants.into_iter().map(|row| row.grant.collection).collect(),
    ))
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    access: String,
    #[serde(default)]
    tag: String,
}

impl Search {
    fn address(&self) -> String {
        let fields = [("q", &self.q), ("access", &self.access), ("tag", &self.tag)];
        let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<_> = said
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        match pairs.as_slice() {
            [] => "/discover".to_owned(),
            pairs => format!("/discover?{}", pairs.join("&")),
        }
    }
}

pub async fn show(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PageQuery(search): PageQuery<Search>,
) -> Response {
    match look(&app, &visitor, search).await {
        Ok(page) => respond::page(&page),
        Err(error) => visitor.refuse(&error),
    }
}

/// The part of the page below the search; whoever asks for it without htmx gets the page.
pub async fn results(
    State(app): State<App>,
    visitor: EndUserVisitor,
    PageQuery(search): PageQuery<Search>,
) -> Response {
    let address = search.address();
    if !visitor.context.wants_fragment {
        return respond::see_other(&address, false);
    }
    match look(&app, &visitor, search).await {
        Ok(page) => {
            let said = page.announcement();
            let found = respond::fragment(StatusCode::OK, &page.as_results(), &said);
            respond::at_address(&address, found)
        }
        Err(error) => visitor.refuse(&error),
    }
}

async fn look(app: &App, visitor: &EndUserVisitor, search: Search) -> Result<DiscoverPage, Error> {
    let seen = app.portal.discover(&visitor.caller).await?;
    let ended = find_ended(app, &visitor.caller).await?;
    let query = DiscoverQuery {
        text: search.q.clone(),
        access: None,
        tag: Some(search.tag.clone()).filter(|tag| !tag.is_empty()),
    };
    let found = seen.iter().filter(|it| query.finds(it));
    let cards = found.map(|it| CollectionCard::of(it, &ended));
    let asked =
        |card: &CollectionCard| search.access.is_empty() || card.access.name() == search.access;
    Ok(DiscoverPage {
        shell: visitor.shell("Discover new APIs", Nav::Discover),
        welcome: welcome(visitor, &seen),
        cards: cards.filter(asked).collect(),
        tags: tags(&seen, &search.tag),
        total: seen.len(),
        q: search.q,
        access: search.access,
    })
}

fn welcome(visitor: &EndUserVisitor, seen: &[CollectionForUser]) -> Option<Welcome> {
    let any = |fits: fn(&AccessState) -> bool| seen.iter().any(|found| fits(&found.access));
    if !visitor.is_new() || any(|access| matches!(access, AccessState::Granted(_))) {
        None
    } else if any(|access| matches!(access, AccessState::Pending(_))) {
        Some(Welcome::HasAsked)
    } else {
        Some(Welcome::HasNotAsked)
    }
}

fn tags(seen: &[CollectionForUser], chosen: &str) -> Vec<Entry> {
    let all = seen.iter().flat_map(|found| &found.collection.tags);
    let mut names: BTreeSet<&str> = all.map(String::as_str).collect();
    // One that no collection has any more stays visible while it filters.
    names.extend(Some(chosen).filter(|tag| !tag.is_empty()));
    let entry = |name: &str| Entry {
        value: name.to_owned(),
        label: name.to_owned(),
        meta: String::new(),
        chosen: name == chosen,
    };
    names.into_iter().map(entry).collect()
}
