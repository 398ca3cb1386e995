//! The document and the router say the same.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::table::rows;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_committed_document_is_the_generated_one() {
    let generated = jit_http::openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(COMMITTED, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        committed == generated,
        "docs/openapi.json is old; renew it with `UPDATE_OPENAPI=1 cargo test -p jit-http`"
    );
}

/// The table of callers has every endpoint of the document, and no other.
#[test]
fn every_described_endpoint_is_tried_by_every_caller() {
    let document = serde_json::to_value(jit_http::openapi()).unwrap();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert(format!("{} {}", method.to_uppercase(), shape(path)));
        }
    }
    let tried = rows()
        .iter()
        .map(|row| format!("{} {}", row.0, shape(&format!("/api/v1{}", row.1))))
        .collect::<BTreeSet<_>>();
    assert_eq!(tried, described);
}

/// A path with `{}` in place of whatever varies.
fn shape(path: &str) -> String {
    let part = |part: &str| match part {
        "orders" => "{}".to_owned(),
        part if part.starts_with('{') => "{}".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn every_operation_states_its_refusals_and_has_a_name_of_its_own() {
    let document = serde_json::to_value(jit_http::openapi()).unwrap();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let refusal = &operation["responses"]["default"]["content"];
            assert!(
                refusal["application/problem+json"].is_object(),
                "{method} {path}"
            );
            assert!(operation["summary"].is_string(), "{method} {path}");
            let tags = operation["tags"].as_array().unwrap();
            let declared = document["tags"].as_array().unwrap();
            assert!(
                tags.len() == 1 && declared.iter().any(|tag| tag["name"] == tags[0]),
                "{method} {path}"
            );
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(names.insert(name.clone()), "{name} names two operations");
        }
    }
}

/// What cannot be followed would break generated clients.
#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn walk(node: &Value, found: &mut Vec<String>) {
        match node {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    found.push(to.trim_start_matches('#').to_owned());
                }
                members.values().for_each(|value| walk(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(jit_http::openapi()).unwrap();
    let mut references = vec![];
    walk(&document, &mut references);
    assert!(references.len() > 50);
    for reference in references {
        assert!(document.pointer(&reference).is_some(), "{reference}");
    }
}
