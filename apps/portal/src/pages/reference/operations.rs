//! Operations, grouped by their first tag.

use serde_json::Value;
use std::collections::HashSet;

use super::{
    Answer, Call, Operation, Row, TagGroup, markdown,
    schema::{Walk, array},
    shortened, text,
};

const METHODS: [&str; 8] = [
    "get", "post", "put", "patch", "delete", "head", "options", "trace",
];
const MOST_OPERATIONS: usize = 300;
const MOST_EXAMPLE_CHARS: usize = 4_000;

pub(super) fn by_tag(walk: &mut Walk<'_>, call: Call<'_>) -> Vec<TagGroup> {
    let root = walk.root;
    let mut tags: Vec<TagGroup> = array(root, "tags")
        .iter()
        .take(MOST_OPERATIONS)
        .map(|tag| TagGroup {
            name: shortened(&text(tag, "name"), 100),
            about_html: markdown::render(&text(tag, "description")),
            ..TagGroup::default()
        })
        .collect();
    let mut ids = HashSet::new();
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let item = walk.target(item);
        for method in METHODS {
            let Some(source) = item.get(method) else {
                continue;
            };
            if ids.len() >= MOST_OPERATIONS {
                walk.truncated = true;
                break;
            }
            let mut operation = read(walk, call, method, path, item, source);
            operation.id = unique(&mut ids, method, path, source);
            let tag = array(source, "tags").first().and_then(Value::as_str);
            put(&mut tags, tag.unwrap_or("Other"), operation);
        }
    }
    tags.retain(|tag| !tag.operations.is_empty());
    for (number, tag) in tags.iter_mut().enumerate() {
        tag.id = format!("tag-{number}");
    }
    tags
}

fn put(tags: &mut Vec<TagGroup>, name: &str, operation: Operation) {
    let name = shortened(name, 100);
    if let Some(tag) = tags.iter_mut().find(|tag| tag.name == name) {
        tag.operations.push(operation);
    } else {
        tags.push(TagGroup {
            name,
            operations: vec![operation],
            ..TagGroup::default()
        });
    }
}

fn read<'a>(
    walk: &mut Walk<'a>,
    call: Call<'_>,
    method: &str,
    path: &str,
    item: &'a Value,
    source: &'a Value,
) -> Operation {
    let media = source
        .get("requestBody")
        .map(|body| walk.target(body))
        .and_then(media);
    let body = media
        .and_then(|media| media.get("schema"))
        .map(|schema| walk.rows(schema))
        .unwrap_or_default();
    let example = media.and_then(example).unwrap_or_default();
    let summary = text(source, "summary");
    let parameters = parameters(walk, item, source);
    Operation {
        id: String::new(),
        method: method.to_uppercase(),
        path: shortened(path, 300),
        summary: shortened(if summary.is_empty() { path } else { &summary }, 200),
        about_html: markdown::render(&text(source, "description")),
        deprecated: source.get("deprecated") == Some(&Value::Bool(true)),
        body,
        responses: responses(walk, source),
        curl: curl(call, method, path, &parameters, &example),
        parameters,
    }
}

/// Those of the path, replaced by those of the operation with the same name and place.
fn parameters<'a>(walk: &Walk<'a>, item: &'a Value, source: &'a Value) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let all = array(item, "parameters")
        .iter()
        .chain(array(source, "parameters"));
    for parameter in all.take(200) {
        let parameter = walk.target(parameter);
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let described = walk.described(schema);
        let about = text(parameter, "description");
        let row = Row {
            name: shortened(&text(parameter, "name"), 100),
            place: shortened(&text(parameter, "in"), 20),
            required: parameter.get("required") == Some(&Value::Bool(true)),
            about: if about.is_empty() {
                described.about.clone()
            } else {
                shortened(&about, 400)
            },
            ..described
        };
        rows.retain(|old| (&old.name, &old.place) != (&row.name, &row.place));
        rows.push(row);
    }
    rows
}

fn responses<'a>(walk: &mut Walk<'a>, source: &'a Value) -> Vec<Answer> {
    let all = source.get("responses").and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .take(50)
        .map(|(code, answer)| {
            let answer = walk.target(answer);
            let schema = media(answer).and_then(|media| media.get("schema"));
            Answer {
                code: shortened(code, 10),
                about: shortened(&text(answer, "description"), 300),
                rows: schema.map(|schema| walk.rows(schema)).unwrap_or_default(),
            }
        })
        .collect()
}

/// JSON if there is some, else whatever comes first.
fn media(body: &Value) -> Option<&Value> {
    let content = body.get("content")?.as_object()?;
    content
        .get("application/json")
        .or_else(|| content.values().next())
}

fn example(media: &Value) -> Option<String> {
    let value = media.get("example").or_else(|| {
        media
            .get("examples")?
            .as_object()?
            .values()
            .next()?
            .get("value")
    })?;
    let pretty = serde_json::to_string_pretty(value).ok()?;
    (pretty.len() <= MOST_EXAMPLE_CHARS).then_some(pretty)
}

/// With a place for everything that must be sent.
fn curl(call: Call<'_>, method: &str, path: &str, parameters: &[Row], example: &str) -> String {
    let needed = |place: &'static str| {
        let needed = move |row: &&Row| row.required && row.place == place;
        parameters.iter().filter(needed).map(|row| &row.name)
    };
    let query: Vec<_> = needed("query")
        .map(|name| format!("{name}={{{name}}}"))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let path = shortened(path, 300);
    let url = quoted(&format!("{}{path}{mark}{}", call.base_url, query.join("&")));
    let mut line = format!(
        "curl -X {} {url} \\\n  -H \"{}\"",
        method.to_uppercase(),
        call.header
    );
    for name in needed("header") {
        line.push_str(" \\\n  -H ");
        line.push_str(&quoted(&format!("{name}: {{{name}}}")));
    }
    if !example.is_empty() {
        line.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d ");
        line.push_str(&quoted(example));
    }
    line
}

/// In single quotes: a shell takes it as it is, whatever a document puts there.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// An anchor that no other operation has.
fn unique(ids: &mut HashSet<String>, method: &str, path: &str, source: &Value) -> String {
    let given = text(source, "operationId");
    let name = if given.is_empty() {
        format!("{method} {path}")
    } else {
        given
    };
    let slug: String = name
        .chars()
        .take(80)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let mut id = format!("op-{slug}");
    while !ids.insert(id.clone()) {
        id = format!("op-{slug}-{}", ids.len());
    }
    id
}
