use super::*;
use serde_json::{Map, json};
use std::time::{Duration, Instant};

const CALL: Call<'_> = Call {
    base_url: "https://gateway.example/orders",
    header: "api-token: $API_TOKEN",
};

#[test]
fn an_ordinary_document_becomes_tables() {
    let doc = Reference::read(
        &json!({
            "openapi": "3.1.0",
            "info": {"title": "Orders", "version": "2.4.0", "description": "**Idempotent** writes."},
            "paths": {"/orders/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}],
                "post": {"tags": ["Orders"], "summary": "Change an order",
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}, "example": {"note": "it's"}}}},
                    "responses": {"200": {"description": "Done"}}}}},
            "components": {"schemas": {"Order": {"type": "object", "required": ["lines"], "properties": {
                "lines": {"type": "array", "items": {"type": "object", "properties": {"qty": {"type": "integer", "minimum": 1}}}},
                "status": {"enum": ["open", "paid"]}}}}}
        }),
        CALL,
    );
    let operation = &doc.tags[0].operations[0];
    assert_eq!(
        doc.about_html,
        "<p><strong>Idempotent</strong> writes.</p>\n"
    );
    assert_eq!(operation.parameters[0].kind, "string (uuid)");
    let rows: Vec<_> = operation
        .body
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.kind.as_str(),
                row.depth,
                row.required,
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("lines", "array of object", 0, true),
            ("qty", "integer", 1, false),
            ("status", "any", 0, false),
        ]
    );
    assert_eq!(operation.body[2].limits, "one of: open, paid");
    assert!(operation.curl.contains(r"it'\''s"), "{}", operation.curl);
    assert!(!doc.truncated);
}

#[test]
fn an_example_call_has_a_place_for_everything_that_must_be_sent() {
    let parameter = |name: &str, place: &str, required: bool| json!({"name": name, "in": place, "required": required});
    let doc = Reference::read(
        &json!({"paths": {"/orders": {"get": {"parameters": [
            parameter("X-Purpose", "header", true), parameter("X-Trace", "header", false),
            parameter("day", "query", true), parameter("limit", "query", false),
        ]}}}}),
        CALL,
    );
    assert_eq!(
        doc.tags[0].operations[0].curl,
        "curl -X GET 'https://gateway.example/orders/orders?day={day}' \\\n  -H \"api-token: $API_TOKEN\" \\\n  -H 'X-Purpose: {X-Purpose}'"
    );
}

#[test]
fn markdown_comes_out_inert() {
    let html = markdown::render(
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) \
         [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](https://ok.example \"t\") \
         ![p](https://track.example/x.png) <b onclick=x>c</b>\n\n# Big\n\n|a|b|\n|:-:|--:|\n|1|2|",
    );
    for forbidden in [
        "<script",
        "<img",
        "javascript:",
        "JaVaScRiPt:",
        "href=\"data:",
        "<b ",
        "style=",
        "<h1",
    ] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    assert!(html.contains("href=\"https://ok.example\""), "{html}");
}

#[test]
fn references_in_circles_end() {
    let doc = Reference::read(
        &json!({
            "paths": {
                "/a": {"get": {"responses": {"200": {"content": {"x": {"schema": {"$ref": "#/components/schemas/Node"}}}}}}},
                "/b": {"$ref": "#/paths/~1b"},
                "/c": {"get": {"responses": {"200": {"content": {"x": {"schema": {"$ref": "#/components/schemas/Own"}}}}}}},
                "/d": {"get": {"responses": {"200": {"content": {"x": {"schema": {"$ref": "#/components/schemas/Twice"}}}}}}}},
            "components": {"schemas": {
                "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}, "all": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}},
                "Own": {"$ref": "#/components/schemas/Own"},
                "Twice": {"allOf": [{"$ref": "#/components/schemas/Twice"}, {"$ref": "#/components/schemas/Twice"}]}}}
        }),
        CALL,
    );
    assert!(doc.tags[0].operations[0].responses[0].rows.len() <= 300);
    assert!(doc.truncated);
}

#[test]
fn a_huge_document_is_cut_in_time() {
    let wide: Map<_, _> = (0..2_000)
        .map(|n| {
            (
                format!("p{n}"),
                json!({"$ref": "#/components/schemas/Wide"}),
            )
        })
        .collect();
    let paths: Map<_, _> = (0..2_000)
        .map(|n| {
            let schema = json!({"$ref": "#/components/schemas/Wide"});
            let body = json!({"content": {"application/json": {"schema": schema}}});
            (
                format!("/p{n}"),
                json!({"post": {"requestBody": body, "responses": {"200": body}}}),
            )
        })
        .collect();
    let document =
        json!({"paths": paths, "components": {"schemas": {"Wide": {"properties": wide}}}});
    let started = Instant::now();
    let doc = Reference::read(&document, CALL);
    assert!(doc.truncated);
    assert!(
        doc.tags
            .iter()
            .map(|tag| tag.operations.len())
            .sum::<usize>()
            <= 300
    );
    // Generous: unoptimised, beside other tests.
    assert!(
        started.elapsed() < Duration::from_secs(2),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn nonsense_is_an_empty_reference() {
    for document in [
        json!(null),
        json!([1]),
        json!({"paths": 3, "tags": {}, "info": []}),
    ] {
        assert!(Reference::read(&document, CALL).tags.is_empty());
    }
}

#[test]
fn anchors_differ() {
    let doc = Reference::read(
        &json!({"paths": {"/a": {"get": {"operationId": "x y"}, "put": {"operationId": "x-y"}}}}),
        CALL,
    );
    let [first, second] = &doc.tags[0].operations[..] else {
        panic!("two operations");
    };
    assert_ne!(first.id, second.id);
}
