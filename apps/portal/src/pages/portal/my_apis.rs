//! `/apis`: the collections that the visitor may call; `/apis/{slug}`: the reference of one.

use askama::Template;

use crate::pages::{Shell, reference::Reference, view::When};

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
