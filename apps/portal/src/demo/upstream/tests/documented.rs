//! The documents and the answers say the same.

use serde_json::Value;

use super::{Answer, get, send};
use crate::demo::documents::COLLECTIONS;

struct Document(Value);

impl Document {
    fn of(slug: &str) -> Self {
        let demo = COLLECTIONS.iter().find(|demo| demo.slug == slug).unwrap();
        Self(serde_json::from_str(demo.document).unwrap())
    }

    fn target<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.0.pointer(&reference[1..]).unwrap(),
            None => value,
        }
    }

    /// Each GET with the examples of its path parameters put in, and whether it had any.
    fn reads(&self) -> Vec<(String, &Value, bool)> {
        let mut reads = Vec::new();
        for (template, item) in self.0["paths"].as_object().unwrap() {
            let Some(operation) = item.get("get") else {
                continue;
            };
            let mut path = template.clone();
            for parameter in item["parameters"].as_array().into_iter().flatten() {
                let parameter = self.target(parameter);
                let name = format!("{{{}}}", parameter["name"].as_str().unwrap());
                path = path.replace(&name, parameter["example"].as_str().unwrap());
            }
            reads.push((path.clone(), operation, path != *template));
        }
        reads
    }

    /// Panics with the place at which a value is not what its schema says.
    fn check(&self, value: &Value, schema: &Value, at: &str) {
        let schema = self.target(schema);
        for one in schema["oneOf"].as_array().into_iter().flatten() {
            let one = self.target(one);
            if one["type"] != "null" && !value.is_null() {
                self.check(value, one, at);
            }
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let allowed = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => vec![kind],
        };
        assert!(allowed.contains(&kind), "{at}: {kind}, not {allowed:?}");
        if let Some(words) = schema["enum"].as_array() {
            assert!(words.contains(value), "{at}: {value} is none of {words:?}");
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().unwrap();
            assert!(value.get(name).is_some(), "{at}.{name} is missing");
        }
        for (name, part) in value.as_object().into_iter().flatten() {
            if let Some(properties) = schema.get("properties") {
                let property = properties.get(name);
                let property = property.unwrap_or_else(|| panic!("{at}.{name} is in no document"));
                self.check(part, property, &format!("{at}.{name}"));
            }
        }
        for item in value.as_array().into_iter().flatten() {
            self.check(item, &schema["items"], &format!("{at}[]"));
        }
    }

    fn check_answer(&self, answer: &Answer, operation: &Value, status: &str, media: &str) {
        let at = format!("{} {status}", operation["operationId"]);
        assert_eq!(answer.status.as_str(), status, "{at}");
        assert_eq!(answer.headers["content-type"], media, "{at}");
        let response = &operation["responses"][status];
        let content = &self.target(response)["content"][media];
        assert!(content.is_object(), "{at} is documented");
        self.check(&answer.body, &content["schema"], &at);
    }
}

#[tokio::test]
async fn every_documented_read_answers_as_documented() {
    let router = crate::demo::upstream::router();
    for (slug, expected) in [("orders", 3), ("catalog", 6)] {
        let document = Document::of(slug);
        let reads = document.reads();
        assert_eq!(reads.len(), expected, "{slug}");
        for (path, operation, _) in reads {
            let answer = get(&router, &format!("/{slug}{path}")).await;
            document.check_answer(&answer, operation, "200", "application/json");
        }
    }
}

#[tokio::test]
async fn every_documented_refusal_of_a_read_is_given() {
    let router = crate::demo::upstream::router();
    for slug in ["orders", "catalog"] {
        let document = Document::of(slug);
        for (path, operation, has_id) in document.reads() {
            let responses = operation["responses"].as_object().unwrap();
            assert_eq!(responses.contains_key("404"), has_id, "{path}");
            if responses.contains_key("404") {
                let path = path.replace("ord_1001", "ord_9999");
                let path = path.replace("KET-200", "KET-999");
                let path = path.replace("rsv_501", "rsv_999");
                let answer = get(&router, &format!("/{slug}{path}")).await;
                let media = "application/problem+json";
                document.check_answer(&answer, operation, "404", media);
            }
            if responses.contains_key("400") {
                let answer = get(&router, &format!("/{slug}{path}?limit=0")).await;
                assert_eq!(answer.fields(), ["limit"]);
                let media = "application/problem+json";
                document.check_answer(&answer, operation, "400", media);
            }
        }
    }
}

#[tokio::test]
async fn the_example_of_every_body_is_accepted() {
    let router = crate::demo::upstream::router();
    for slug in ["orders", "catalog"] {
        let document = Document::of(slug);
        for (path, item) in document.0["paths"].as_object().unwrap() {
            for method in ["post", "put"] {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                let body = &operation["requestBody"]["content"]["application/json"]["example"];
                let path = format!("/{slug}{}", path.replace("{order_id}", "ord_1042"));
                let request = axum::http::Request::builder()
                    .method(method.to_uppercase().as_str())
                    .uri(path)
                    .header("content-type", "application/json");
                let body = axum::body::Body::from(body.to_string());
                let answer = send(&router, request.body(body).unwrap()).await;
                let status = answer.status.as_str().to_owned();
                assert!(status.starts_with('2'), "{}", answer.body);
                document.check_answer(&answer, operation, &status, "application/json");
            }
        }
    }
}
