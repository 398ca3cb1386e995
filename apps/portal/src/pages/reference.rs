//! From an OpenAPI document to a page of reference.
//!
//! The document comes from somebody else, so the walk tolerates what it does not know,
//! ends whatever the document says (cycles, depth, size), and lets nothing active through.
//! It reads OpenAPI 3.0, 3.1 and 3.2 alike.

pub mod markdown;
mod operations;
mod schema;
#[cfg(test)]
mod tests;

pub use operations::quoted;

use serde_json::Value;

#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub title: String,
    pub version: String,
    pub about_html: String,
    pub tags: Vec<TagGroup>,
    /// A limit was reached; the page says so.
    pub truncated: bool,
}

#[derive(Clone, Debug, Default)]
pub struct TagGroup {
    pub id: String,
    pub name: String,
    pub about_html: String,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug, Default)]
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub about_html: String,
    pub deprecated: bool,
    pub parameters: Vec<Row>,
    pub body: Vec<Row>,
    pub responses: Vec<Answer>,
    pub curl: String,
}

/// A parameter or a field.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub name: String,
    /// `query`, `path`, `header` or `cookie`; empty for fields.
    pub place: String,
    pub kind: String,
    pub required: bool,
    pub about: String,
    pub limits: String,
    pub depth: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub code: String,
    pub about: String,
    pub rows: Vec<Row>,
}

/// How a visitor calls the collection, for the examples.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub base_url: &'a str,
    /// Such as `api-token: $API_TOKEN`.
    pub header: &'a str,
}

impl Reference {
    pub fn read(document: &Value, call: Call<'_>) -> Self {
        let info = document.get("info").unwrap_or(&Value::Null);
        let mut walk = schema::Walk::new(document);
        let tags = operations::by_tag(&mut walk, call);
        Self {
            title: text(info, "title"),
            version: text(info, "version"),
            about_html: markdown::render(&text(info, "description")),
            tags,
            truncated: walk.truncated,
        }
    }
}

/// The text of a key; empty when it is absent or no text.
fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// At most so many characters, with a sign that something is missing.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
