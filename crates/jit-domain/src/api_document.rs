//! Reads an OpenAPI document as far as a collection needs it.

use serde_json::Value;

use crate::{catalogue::Operation, error::InvalidField};

/// What was read out of an OpenAPI document (3.0, 3.1 or 3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiDocument {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.summary`, else the first paragraph of `info.description`.
    pub summary: String,
    /// The first address of `servers` that is absolute.
    pub server: Option<String>,
    /// `tags[].name`.
    pub tags: Vec<String>,
    /// The endpoints in the order of the document.
    pub operations: Vec<Operation>,
    /// The document, as JSON text.
    pub text: String,
}

impl ApiDocument {
    /// The longest document, in bytes.
    pub const MAX_BYTES: usize = 2 * 1024 * 1024;
    /// The most endpoints.
    pub const MAX_OPERATIONS: usize = 2000;

    /// Reads a document; the first thing that is wrong is named with its place.
    pub fn parse(text: &str) -> Result<Self, InvalidField> {
        let wrong = |expected: &str, found: String| InvalidField::new("document", expected, found);
        if text.len() > Self::MAX_BYTES {
            return Err(wrong("at most 2 MiB", format!("{} bytes", text.len())));
        }
        let root: Value =
            serde_json::from_str(text).map_err(|e| wrong("a JSON document", format!("{e}")))?;
        let openapi = root
            .get("openapi")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !openapi.starts_with("3.") {
            let found = match root.get("swagger").and_then(Value::as_str) {
                Some(version) => format!("Swagger {version}; convert it to OpenAPI 3 first"),
                None => format!("openapi: {openapi:?}"),
            };
            return Err(wrong("an OpenAPI document with `openapi: 3.x`", found));
        }
        let info = root.get("info").unwrap_or(&Value::Null);
        let title = text_of(info, "title");
        if title.is_empty() {
            return Err(wrong("a title at info.title", String::new()));
        }
        let operations = operations(&root);
        if operations.is_empty() {
            return Err(wrong("at least one operation in `paths`", String::new()));
        }
        if operations.len() > Self::MAX_OPERATIONS {
            let expected = format!("at most {} operations", Self::MAX_OPERATIONS);
            return Err(wrong(&expected, operations.len().to_string()));
        }
        Ok(Self {
            title,
            version: text_of(info, "version"),
            summary: summary(info),
            server: server(&root),
            tags: names_of_tags(&root),
            operations,
            text: text.to_owned(),
        })
    }

    /// The version for addresses: `v` and the first number of the document's version, `v1` if there is none.
    pub fn api_version(&self) -> String {
        let major: String = self
            .version
            .trim_start_matches('v')
            .chars()
            .take_while(char::is_ascii_digit)
            .take(6)
            .collect();
        if major.is_empty() {
            "v1".to_owned()
        } else {
            format!("v{major}")
        }
    }
}

fn text_of(value: &Value, key: &str) -> String {
    let text = value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim();
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .take(4000)
        .collect()
}

fn summary(info: &Value) -> String {
    let summary = text_of(info, "summary");
    let text = if summary.is_empty() {
        text_of(info, "description")
    } else {
        summary
    };
    let first = text
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .replace('\n', " ");
    first.trim().chars().take(500).collect()
}

fn server(root: &Value) -> Option<String> {
    let servers = root.get("servers")?.as_array()?;
    let absolute = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let mut urls = servers
        .iter()
        .filter_map(|server| server.get("url")?.as_str());
    urls.find(absolute).map(str::to_owned)
}

fn names_of_tags(root: &Value) -> Vec<String> {
    let tags = root.get("tags").and_then(Value::as_array);
    let names = tags.into_iter().flatten().map(|tag| text_of(tag, "name"));
    names.filter(|name| !name.is_empty()).take(20).collect()
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

fn operations(root: &Value) -> Vec<Operation> {
    let paths = root.get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let Some(item) = item.as_object() else {
            continue;
        };
        for (method, operation) in item {
            if METHODS.contains(&method.as_str()) {
                let summary = text_of(operation, "summary");
                found.push(Operation {
                    method: method.to_uppercase(),
                    path: path.chars().take(500).collect(),
                    summary: summary.chars().take(200).collect(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDERS: &str = r#"{
        "openapi": "3.1.0",
        "info": {"title": "Orders", "version": "2.4.0", "description": "Create orders.\n\nMore."},
        "servers": [{"url": "/relative"}, {"url": "https://orders.internal/api"}],
        "tags": [{"name": "Commerce"}],
        "paths": {
            "/orders": {"get": {"summary": "List orders"}, "post": {"summary": "Create an order"}},
            "/orders/{id}": {"parameters": [], "delete": {}}
        }
    }"#;

    #[test]
    fn a_document_gives_what_a_collection_needs() {
        let document = ApiDocument::parse(ORDERS).unwrap();
        assert_eq!(document.api_version(), "v2");
        assert_eq!(document.summary, "Create orders.");
        assert_eq!(
            document.server.as_deref(),
            Some("https://orders.internal/api")
        );
        let lines: Vec<_> = document
            .operations
            .iter()
            .map(|o| format!("{} {}", o.method, o.path))
            .collect();
        assert_eq!(
            lines,
            ["GET /orders", "POST /orders", "DELETE /orders/{id}"]
        );
    }

    #[test]
    fn what_is_no_openapi_document_is_named() {
        for (text, expected) in [
            ("nonsense", "a JSON document"),
            ("[]", "an OpenAPI document"),
            (r#"{"swagger": "2.0"}"#, "an OpenAPI document"),
            (r#"{"openapi": "3.0.0"}"#, "a title"),
            (
                r#"{"openapi": "3.0.0", "info": {"title": "T"}}"#,
                "at least one operation",
            ),
        ] {
            let problem = ApiDocument::parse(text).unwrap_err();
            assert!(problem.expected.starts_with(expected), "{text}: {problem}");
        }
        let long = " ".repeat(ApiDocument::MAX_BYTES + 1);
        assert!(ApiDocument::parse(&long).is_err());
    }
}
