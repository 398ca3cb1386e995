//! What lists and pages read: rows that a store puts together, and the questions that they answer.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    access::{AccessRequest, Grant, RequestStatus},
    catalogue::{ApiCollection, Policy},
    ids::{ApiClientId, ApiCollectionId, EndUserId},
    people::EndUserGroup,
    values::{EmailAddress, Name, Slug},
};

/// A part of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next part begins, if there is one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts a page out of rows of which one more than the limit was read, if there are more.
    pub fn from_rows(mut items: Vec<T>, limit: PageLimit, id: impl Fn(&T) -> Uuid) -> Self {
        let more = items.len() > limit.rows();
        items.truncate(limit.rows());
        let next = items.last().filter(|_| more).map(|last| Cursor(id(last)));
        Self { items, next }
    }
}

/// The last row of the part before: rows are ordered by id, which is the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub Uuid);

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl Cursor {
    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }
}

/// How many rows a page has: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit(u8);

impl PageLimit {
    /// What is used if nothing was asked for.
    pub const DEFAULT: Self = Self(50);

    /// The limit, moved into 1 to 100.
    pub fn clamped(rows: u32) -> Self {
        Self(u8::try_from(rows.clamp(1, 100)).unwrap_or(100))
    }

    /// The rows.
    pub const fn rows(self) -> usize {
        self.0 as usize
    }
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// After which row; from the newest if absent.
    pub after: Option<Cursor>,
    /// How many.
    pub limit: PageLimit,
}

impl PageRequest {
    /// The first page of the usual size.
    pub const FIRST: Self = Self {
        after: None,
        limit: PageLimit::DEFAULT,
    };
}

/// Which end users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndUserFilter {
    /// A part of the name or e-mail address, without letter case; no character is a wildcard.
    /// See [`search`](Self::search) for where it is looked for.
    pub text: Option<String>,
    /// Only those with, or without, an open hold.
    pub usable: Option<bool>,
}

/// Where a text is looked for, and how. It is found if either has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// In names, in lower case.
    pub name: Option<SearchText>,
    /// In e-mail addresses, in lower case.
    pub address: Option<SearchText>,
}

/// What a name or an e-mail address has to have, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchText {
    /// It is somewhere in it.
    Part(String),
    /// It begins with it.
    Beginning(String),
}

impl EndUserFilter {
    /// How to search, if there is anything to search for.
    ///
    /// Short texts are beginnings, for no index finds one or two characters inside of words. White space is
    /// in no address, and whoever writes something before an `@` means the beginning of one: addresses of one
    /// company are so alike that looking for parts of them finds everybody first.
    pub fn search(&self) -> Option<Search> {
        let text = self.text.as_ref()?.to_lowercase();
        let (name, address) = match text.chars().count() {
            0 => return None,
            1 | 2 => (
                Some(SearchText::Beginning(text.clone())),
                Some(SearchText::Beginning(text)),
            ),
            _ if text.contains(char::is_whitespace) => (Some(SearchText::Part(text)), None),
            _ if text.find('@').is_some_and(|at| at > 0) => {
                (None, Some(SearchText::Beginning(text)))
            }
            _ => (
                Some(SearchText::Part(text.clone())),
                Some(SearchText::Part(text)),
            ),
        };
        Some(Search { name, address })
    }
}

impl Search {
    /// Whether somebody of that name and address is found; both in lower case.
    pub fn finds(&self, name: &str, address: Option<&str>) -> bool {
        let is_in = |text: &Option<SearchText>, key: &str| {
            text.as_ref().is_some_and(|text| text.is_in(key))
        };
        is_in(&self.name, name) || address.is_some_and(|address| is_in(&self.address, address))
    }
}

impl SearchText {
    fn is_in(&self, key: &str) -> bool {
        match self {
            Self::Part(text) => key.contains(text),
            Self::Beginning(text) => key.starts_with(text),
        }
    }
}

/// How far a store counts access requests; one more means that there are more.
pub const MOST_COUNTED: u64 = 1_000;

/// Which access requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccessRequestFilter {
    /// In which state.
    pub status: Option<RequestStatus>,
    /// Of one client.
    pub client: Option<ApiClientId>,
    /// For one collection.
    pub collection: Option<ApiCollectionId>,
    /// For any of these collections (R24); `None` does not limit.
    pub collections: Option<BTreeSet<ApiCollectionId>>,
}

/// Which grants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GrantFilter {
    /// Of one client.
    pub client: Option<ApiClientId>,
    /// On one collection.
    pub collection: Option<ApiCollectionId>,
    /// On any of these collections (R24); `None` does not limit.
    pub collections: Option<BTreeSet<ApiCollectionId>>,
}

/// Which lines of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// One action, or all actions of a subject if it ends with a dot: `access_request.`.
    pub action: Option<String>,
    /// One target.
    pub target: Option<String>,
}

/// A request with what a person needs to decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequestRow {
    /// The request.
    pub request: AccessRequest,
    /// Who asks.
    pub requester_name: Name,
    /// Their e-mail address.
    pub requester_email: Option<EmailAddress>,
    /// Their client.
    pub client_name: Name,
    /// What for.
    pub collection_name: Name,
    /// Its address.
    pub collection_slug: Slug,
}

/// A grant with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant.
    pub grant: Grant,
    /// Whose client it is.
    pub owner: EndUserId,
    /// Their name.
    pub owner_name: Name,
    /// The client.
    pub client_name: Name,
    /// The collection.
    pub collection_name: Name,
    /// Its address.
    pub collection_slug: Slug,
}

/// A group with the number of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// The group.
    pub group: EndUserGroup,
    /// How many people are in it, by whatever source.
    pub members: u64,
}

/// A policy with the number of clients that it governs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// The policy.
    pub policy: Policy,
    /// How many clients.
    pub clients: u64,
}

/// How a collection stands for one end user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionForUser {
    /// The collection; its document is empty unless there is a live grant (R19).
    pub collection: ApiCollection,
    /// Where the user stands with it.
    pub access: AccessState,
}

/// Where a user stands with a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessState {
    /// Never asked, withdrew, or the access has ended.
    None,
    /// Asked.
    Pending(AccessRequest),
    /// Was refused, and may ask again (R23).
    Rejected(AccessRequest),
    /// May call.
    Granted(Grant),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::EmailAddress;

    fn search(text: &str) -> Search {
        let text = Some(text.into());
        let filter = EndUserFilter {
            text,
            ..EndUserFilter::default()
        };
        filter.search().unwrap()
    }

    #[test]
    fn a_text_with_white_space_is_looked_for_in_names_because_no_address_has_any() {
        for text in ["a b", "a\tb", "a\u{a0}b"] {
            assert_eq!(search(text).address, None, "{text:?}");
            let address = format!("{text}@acme.test");
            assert!(EmailAddress::parse("email", &address).is_err(), "{text:?}");
        }
        assert!(search("a o").finds("dana okafor", None));
    }

    #[test]
    fn a_text_with_something_before_the_at_sign_is_the_beginning_of_an_address() {
        assert!(search("Dana@").finds("x", Some("dana@acme.test")));
        assert!(!search("ana@").finds("ana@", Some("dana@acme.test")));
        assert!(search("@acme").finds("x", Some("dana@acme.test")));
    }

    #[test]
    fn one_or_two_characters_are_a_beginning_and_three_a_part() {
        assert!(!search("an").finds("dana", Some("dana@acme.test")));
        assert!(search("ana").finds("dana", None));
        assert!(search("ac").finds("x", Some("acme@a.test")));
    }

    #[test]
    fn a_page_says_where_to_read_on_only_if_there_is_more() {
        let rows = |count: u128| (1..=count).map(Uuid::from_u128).collect::<Vec<_>>();
        let page = |count| Page::from_rows(rows(count), PageLimit::clamped(2), |id| *id);
        for count in [0, 1, 2] {
            let page = page(count);
            assert_eq!((page.items, page.next), (rows(count), None));
        }
        let page = page(3);
        assert_eq!(page.items, rows(2));
        assert_eq!(page.next, Some(Cursor(Uuid::from_u128(2))));
    }

    #[test]
    fn a_cursor_reads_what_it_wrote() {
        let cursor = Cursor(Uuid::from_u128(0xabc));
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert_eq!(Cursor::parse("next"), None);
    }

    #[test]
    fn no_text_and_an_empty_one_search_for_nothing() {
        for text in [None, Some(String::new())] {
            let filter = EndUserFilter {
                text,
                ..EndUserFilter::default()
            };
            assert_eq!(filter.search(), None);
        }
    }
}
