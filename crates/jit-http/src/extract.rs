//! What handlers take out of a request; a mistake is named with its place.

mod body;
mod if_match;
mod mismatch;
mod path;
mod query;

pub(crate) use body::{Body, MaybeBody, parse_json, read_body};
pub(crate) use if_match::{IfMatch, only_where_it_counts};
pub(crate) use path::{Id, Ids};
pub(crate) use query::{Nothing, Query, page};
