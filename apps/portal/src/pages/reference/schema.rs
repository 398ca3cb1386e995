//! JSON Schema as rows of a table.

use serde_json::Value;

use super::{Row, shortened, text};

/// Fields deeper than this are left to the document itself.
const MOST_DEPTH: usize = 5;
/// Rows of one body.
const MOST_ROWS: usize = 300;
/// Schemas looked at for a whole document; bounds the time whatever the document says.
const MOST_STEPS: usize = 40_000;
/// Schemas inside each other, compositions included.
const MOST_NESTING: usize = 16;
/// References that follow each other.
const MOST_HOPS: usize = 16;
const MOST_ABOUT_CHARS: usize = 400;

/// The state of one walk through one document.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Value,
    pub(super) truncated: bool,
    steps: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self {
            root,
            truncated: false,
            steps: 0,
        }
    }

    /// Follows `$ref` within the document; one that leads nowhere or in a circle stays as it is.
    pub(super) fn target(&self, mut value: &'a Value) -> &'a Value {
        for _ in 0..MOST_HOPS {
            let next = value
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'))
                .and_then(|pointer| self.root.pointer(pointer));
            match next {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }

    pub(super) fn rows(&mut self, schema: &'a Value) -> Vec<Row> {
        let mut rows = Vec::new();
        self.collect(schema, 0, 0, &mut rows);
        rows
    }

    fn collect(&mut self, schema: &'a Value, depth: usize, nesting: usize, rows: &mut Vec<Row>) {
        self.steps += 1;
        let too_much = nesting > MOST_NESTING || rows.len() >= MOST_ROWS || self.steps > MOST_STEPS;
        if too_much {
            self.truncated = true;
            return;
        }
        // Cycles end here in silence: nobody misses the sixth level of the same thing.
        if depth > MOST_DEPTH {
            return;
        }
        let schema = self.target(schema);
        for key in ["allOf", "oneOf", "anyOf"] {
            for part in array(schema, key) {
                self.collect(part, depth, nesting + 1, rows);
            }
        }
        if let Some(items) = schema.get("items") {
            self.collect(items, depth, nesting + 1, rows);
        }
        let required: Vec<_> = array(schema, "required")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (name, property) in properties {
            if rows.len() >= MOST_ROWS {
                self.truncated = true;
                return;
            }
            rows.push(Row {
                name: shortened(name, 100),
                required: required.contains(&name.as_str()),
                depth,
                ..self.described(property)
            });
            self.collect(property, depth + 1, nesting + 1, rows);
        }
    }

    /// Type, limits and description of a schema, as a row without a name.
    pub(super) fn described(&self, schema: &'a Value) -> Row {
        let target = self.target(schema);
        Row {
            kind: self.kind(schema, 0),
            about: shortened(&text(target, "description"), MOST_ABOUT_CHARS),
            limits: limits(target),
            ..Row::default()
        }
    }

    fn kind(&self, schema: &'a Value, nesting: usize) -> String {
        let name = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.rsplit('/').next());
        let target = self.target(schema);
        let is_object = target.get("properties").is_some() || target.get("allOf").is_some();
        let base = match target.get("type") {
            Some(Value::String(one)) => one.clone(),
            Some(Value::Array(several)) => several
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(" or "),
            _ if is_object => "object".to_owned(),
            _ => "any".to_owned(),
        };
        if base == "array" && nesting < MOST_DEPTH {
            let items = target
                .get("items")
                .map_or_else(|| "any".to_owned(), |items| self.kind(items, nesting + 1));
            return format!("array of {items}");
        }
        match (name, target.get("format").and_then(Value::as_str)) {
            (Some(name), _) if base == "object" => shortened(name, 60),
            (_, Some(format)) => shortened(&format!("{base} ({format})"), 60),
            _ => shortened(&base, 60),
        }
    }
}

pub(super) fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn limits(schema: &Value) -> String {
    const NAMED: [(&str, &str); 7] = [
        ("const", "always"),
        ("default", "default"),
        ("minimum", "min"),
        ("maximum", "max"),
        ("minLength", "min length"),
        ("maxLength", "max length"),
        ("pattern", "pattern"),
    ];
    let mut parts = Vec::new();
    let values: Vec<_> = array(schema, "enum").iter().take(30).map(plain).collect();
    if !values.is_empty() {
        parts.push(format!("one of: {}", values.join(", ")));
    }
    for (key, label) in NAMED {
        if let Some(value) = schema.get(key) {
            parts.push(format!("{label} {}", plain(value)));
        }
    }
    parts.join("; ")
}

fn plain(value: &Value) -> String {
    let words = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    shortened(&words, 100)
}
