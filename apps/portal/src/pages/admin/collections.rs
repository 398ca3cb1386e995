//! API collections: the list, and the editor with import and publication.

use askama::Template;

use crate::pages::{
    Shell,
    portal::discover::OperationLine,
    view::{Entry, Errors, Notice, Pill, When},
};

#[derive(Template)]
#[template(path = "admin/collections.html")]
pub struct CollectionsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub q: String,
    pub rows: Vec<CollectionRow>,
}

#[derive(Clone, Debug, Default)]
pub struct CollectionRow {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub api_version: String,
    pub state: Pill,
    pub audience: String,
    pub operations: usize,
    pub pending: u64,
    pub updated: When,
}

#[derive(Template)]
#[template(path = "admin/collection.html")]
pub struct CollectionEditorPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: CollectionFields,
    pub groups: Vec<Entry>,
    pub state: Pill,
    pub is_published: bool,
    pub pending: u64,
    pub grants: u64,
    /// What stands in the way of publishing, in words.
    pub findings: Vec<String>,
    pub operations: Vec<OperationLine>,
    pub document: String,
}

#[derive(Clone, Debug, Default)]
pub struct CollectionFields {
    pub name: String,
    pub slug: String,
    pub api_version: String,
    pub summary: String,
    pub owner: String,
    pub tags: String,
    pub upstream: String,
    /// `everyone` or `groups`.
    pub audience: String,
}
