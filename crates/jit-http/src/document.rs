//! OpenAPI documents as they arrive: JSON or YAML, as text or as an object. The domain takes JSON text.

use axum::http::StatusCode;
use jit_domain::{api_document::ApiDocument, error::InvalidField};
use serde_json::Value;

use crate::problem::Problem;

/// A document that is a member of a JSON body.
pub(crate) fn from_member(member: Value) -> Result<String, Problem> {
    match member {
        Value::String(text) => from_text(&text).map_err(Into::into),
        object => Ok(object.to_string()),
    }
}

/// A document that is itself the body.
pub(crate) fn from_body(bytes: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let detail = format!("the body is not UTF-8 text: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "malformed_text", detail)
    })?;
    from_text(text).map_err(Into::into)
}

/// JSON stays as it is; everything else is read as YAML.
pub fn from_text(text: &str) -> Result<String, InvalidField> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') || text.trim().is_empty() {
        return Ok(text.to_owned());
    }
    from_yaml(text)
}

fn from_yaml(text: &str) -> Result<String, InvalidField> {
    let wrong = |expected: &str, found: String| InvalidField::new("document", expected, found);
    if text.len() > ApiDocument::MAX_BYTES {
        return Err(wrong("at most 2 MiB", format!("{} bytes", text.len())));
    }
    let value: Value = serde_saphyr::from_str_with_options(text, options())
        .map_err(|error| wrong("a JSON or YAML document", first_line(&error.to_string())))?;
    let json = value.to_string();
    // Aliases may have made it longer than what was sent.
    if json.len() > ApiDocument::MAX_BYTES {
        let found = format!("{} bytes as JSON", json.len());
        return Err(wrong("at most 2 MiB", found));
    }
    Ok(json)
}

/// Aliases repeat what they stand for, and aliases of aliases do so without end: few are allowed.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 200,
            max_nodes: 500_000,
            max_aliases: 10_000,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 32,
        },
        with_snippet: false,
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_becomes_the_same_json() {
        let yaml = "openapi: 3.1.0\ninfo:\n  title: Orders\n  version: '1.0'\npaths:\n  /orders:\n    get:\n      responses:\n        200:\n          description: fine\n";
        let json = from_text(yaml).unwrap();
        assert_eq!(
            json,
            r#"{"openapi":"3.1.0","info":{"title":"Orders","version":"1.0"},"paths":{"/orders":{"get":{"responses":{"200":{"description":"fine"}}}}}}"#
        );
    }

    #[test]
    fn an_anchor_that_is_used_twice_is_read_twice() {
        let json = from_text("a: &x {b: 1}\nc: *x\n").unwrap();
        assert_eq!(json, r#"{"a":{"b":1},"c":{"b":1}}"#);
    }

    #[test]
    fn aliases_of_aliases_do_not_fill_the_memory() {
        let mut bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
        for level in 1..12 {
            let below = format!("*a{}, ", level - 1).repeat(10);
            bomb = format!("{bomb}a{level}: &a{level} [{below}]\n");
        }
        assert!(from_text(&bomb).is_err());
        let wide = format!(
            "a: &a {}\nb: [{}]\n",
            "x".repeat(20_000),
            "*a, ".repeat(200)
        );
        assert!(from_yaml(&wide).is_err());
    }

    #[test]
    fn a_document_that_is_too_long_as_json_is_refused() {
        let quotes = format!("a: '{}'", "\"".repeat(ApiDocument::MAX_BYTES - 10));
        let refused = from_yaml(&quotes).unwrap_err();
        assert_eq!(refused.expected, "at most 2 MiB");
        assert!(refused.found.ends_with("bytes as JSON"));
    }

    #[test]
    fn what_is_neither_json_nor_yaml_is_named() {
        let refused = from_yaml("a: [1, 2").unwrap_err();
        assert_eq!(refused.field, "document");
        let deep = "[".repeat(5_000);
        assert!(from_yaml(&deep).is_err());
        assert!(from_yaml(&format!("a: {}", "x".repeat(ApiDocument::MAX_BYTES))).is_err());
    }
}
