//! Lists whose state lives in the address: search, filter and page.

use jit_domain::views::{Cursor, Page, PageRequest};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::pages::view::Pager;

/// What the address of a list says.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub collection: String,
    #[serde(default)]
    pub action: String,
    #[serde(default)]
    pub target: String,
    #[serde(default)]
    pub after: String,
    #[serde(default)]
    pub done: String,
}

impl ListQuery {
    /// The part that is asked for; from the newest if the cursor is none of ours.
    pub fn page(&self) -> PageRequest {
        PageRequest {
            after: Cursor::parse(&self.after),
            ..PageRequest::FIRST
        }
    }

    /// The way to the other parts of the list, with the same filter.
    pub fn pager<T>(&self, address: &str, page: &Page<T>, summary: String) -> Pager {
        let first = (!self.after.is_empty()).then(|| address.to_owned());
        let sign = if address.contains('?') { '&' } else { '?' };
        let next = page.next.map(|next| format!("{address}{sign}after={next}"));
        Pager {
            summary,
            first,
            next,
        }
    }
}

/// An address with those parameters that say something.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let said = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = said
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    }
}

/// "1 row", "12 rows".
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jit_domain::views::PageLimit;
    use uuid::Uuid;

    #[test]
    fn the_next_page_keeps_the_filter() {
        let ids = [1, 2].map(Uuid::from_u128);
        let page = Page::from_rows(ids.to_vec(), PageLimit::clamped(1), |id| *id);
        let query = ListQuery::default();
        let here = address("/admin/users", &[("q", "a&b=c"), ("state", "")]);
        assert_eq!(here, "/admin/users?q=a%26b%3Dc");
        let pager = query.pager(&here, &page, String::new());
        let next = pager.next.unwrap();
        assert!(
            next.starts_with("/admin/users?q=a%26b%3Dc&after="),
            "{next}"
        );
        let query = ListQuery {
            after: "00000000000000000000000000000001".to_owned(),
            ..query
        };
        assert_eq!(query.page().after, page.next);
        assert_eq!(query.pager(&here, &page, String::new()).first, Some(here));
    }
}
