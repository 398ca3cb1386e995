//! Discover new APIs, and the preview of one collection.

use askama::Template;

use crate::pages::{Shell, view::When};

#[derive(Template)]
#[template(path = "portal/discover.html", blocks = ["results"])]
pub struct DiscoverPage {
    pub shell: Shell,
    /// The greeting of the first login.
    pub welcome: bool,
    pub q: String,
    /// Empty, `none`, `pending`, `approved` or `rejected`.
    pub access: String,
    pub cards: Vec<CollectionCard>,
    /// How many collections there are without the filter.
    pub total: usize,
}

impl DiscoverPage {
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty() || !self.access.is_empty()
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
}

/// `/discover/{slug}`: what may be read before an approval (R19).
#[derive(Template)]
#[template(path = "portal/collection.html")]
pub struct CollectionPage {
    pub shell: Shell,
    pub card: CollectionCard,
    pub operations: Vec<OperationLine>,
    /// The policy that will apply to calls, in words.
    pub limits: String,
    /// The description in the document, rendered by `reference::markdown`.
    pub about_html: String,
}

#[derive(Clone, Debug, Default)]
pub struct OperationLine {
    pub method: String,
    pub path: String,
    pub summary: String,
}
