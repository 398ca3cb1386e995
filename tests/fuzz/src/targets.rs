//! What each fuzzer runs: octets in, a panic if something is wrong. `targets/` has the programs.

mod crafted;
mod raw;
mod texts;

pub use self::{
    crafted::{Script, logout_crafted, response_changed, response_crafted, response_encrypted},
    raw::{logout_post, logout_query, response_field, response_xml},
    texts::{api_document, certificate, example, idp_metadata, values},
};

/// A target, as a test runs it.
pub type Target = fn(&[u8]);

/// All of them, by name.
pub const ALL: [(&str, Target); 13] = [
    ("response_xml", response_xml),
    ("response_field", response_field),
    ("response_changed", crafted::response_changed_by),
    ("response_crafted", crafted::response_crafted_by),
    ("response_encrypted", crafted::response_encrypted_by),
    ("logout_query", logout_query),
    ("logout_post", logout_post),
    ("logout_crafted", crafted::logout_crafted_by),
    ("idp_metadata", idp_metadata),
    ("certificate", certificate),
    ("example", example),
    ("api_document", api_document),
    ("values", values),
];
