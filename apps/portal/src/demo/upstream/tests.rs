use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

mod catalog;
mod documented;
mod orders;

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    /// The inputs that a problem names.
    fn fields(&self) -> Vec<&str> {
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let errors = self.body["errors"].as_array().into_iter().flatten();
        errors.filter_map(|error| error["field"].as_str()).collect()
    }

    fn ids(&self) -> Vec<&str> {
        let items = self.body["items"].as_array().into_iter().flatten();
        items.filter_map(|item| item["id"].as_str()).collect()
    }
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    }
}

async fn get(router: &Router, path: &str) -> Answer {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}

/// Sends JSON as the client `cli_a`.
async fn write(router: &Router, method: &str, path: &str, body: &Value) -> Answer {
    write_as(router, "cli_a", method, path, body).await
}

async fn write_as(router: &Router, client: &str, method: &str, path: &str, body: &Value) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = request
        .header("content-type", "application/json; charset=utf-8")
        .header("x-client-id", client);
    send(router, request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn collections_without_an_upstream_say_so() {
    let router = super::router();
    for path in [
        "/payments/payments",
        "/shipping/quotes",
        "/identity",
        "/reports/x/y",
    ] {
        let answer = get(&router, path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(
            answer.body["detail"],
            "the call passed, but this collection has no upstream in the demo; Orders and Product catalog have one"
        );
    }
}

#[tokio::test]
async fn what_no_document_says_is_a_problem_as_well() {
    let router = super::router();
    for path in [
        "/",
        "/nothing",
        "/orders",
        "/orders/nothing",
        "/catalog/products/x/y",
    ] {
        let answer = get(&router, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.body["code"], "unknown_path", "{path}");
    }
    let answer = write(&router, "PUT", "/catalog/products", &json!({})).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.body["code"], "method_not_allowed");
}

#[tokio::test]
async fn a_body_must_be_json_of_a_sensible_size() {
    let router = super::router();
    for path in ["/orders/orders", "/catalog/reservations"] {
        let post = || Request::post(path).header("content-type", "application/json");
        let text = Request::post(path).body(Body::from("{}")).unwrap();
        assert_eq!(send(&router, text).await.body["code"], "not_json");
        let torn = send(&router, post().body(Body::from("{\"a\":")).unwrap()).await;
        assert_eq!(
            (torn.status, &torn.body["code"]),
            (StatusCode::BAD_REQUEST, &json!("malformed_body"))
        );
        let long = format!("\"{}\"", "x".repeat(super::LONGEST_BODY));
        let long = send(&router, post().body(Body::from(long)).unwrap()).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(long.headers["content-type"], "application/problem+json");
    }
}
