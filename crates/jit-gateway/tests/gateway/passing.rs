//! Calls that pass: what arrives, and what comes back.

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Method, Request};

use crate::scene::Scene;

/// R26: who may, passes; method, path, query and body arrive as they were sent.
#[tokio::test]
async fn an_allowed_call_arrives_unchanged() {
    let world = Scene::new().await.open().await;
    let mut request = world.request("/gateway/orders/v1/items/%C3%BC;v=1/?q=%2F..%2e&q=a+b");
    *request.method_mut() = Method::PATCH;
    request
        .headers_mut()
        .insert("x-own", "kept".parse().unwrap());
    request
        .headers_mut()
        .insert("content-type", "text/plain".parse().unwrap());
    *request.body_mut() = Body::from("hello");
    let answer = world.send(request).await;
    assert_eq!(
        (answer.parts.status.as_u16(), &*answer.body),
        (200, &b"hello"[..])
    );

    let seen = world.scene.upstream.only();
    assert_eq!(seen.method, Method::PATCH);
    assert_eq!(seen.uri, "/base/items/%C3%BC;v=1/?q=%2F..%2e&q=a+b");
    assert_eq!(&*seen.body, b"hello");
    assert_eq!(seen.headers["x-own"], "kept");
    assert_eq!(seen.headers["content-type"], "text/plain");
    assert_eq!(seen.headers["content-length"], "5");
}

#[tokio::test]
async fn the_collection_itself_has_an_address_with_and_without_a_slash() {
    let world = Scene::new().await.open().await;
    for path in [
        "/gateway/orders/v1",
        "/gateway/orders/v1/",
        "/gateway/orders/v1?x",
    ] {
        assert_eq!(world.get(path).await.parts.status, 200, "{path}");
    }
    let seen: Vec<String> = world
        .scene
        .upstream
        .seen()
        .iter()
        .map(|it| it.uri.to_string())
        .collect();
    assert_eq!(seen, ["/base", "/base/", "/base?x"]);
}

/// R26: the three ways to send a secret are one.
#[tokio::test]
async fn a_secret_may_come_in_three_ways() {
    let world = Scene::new().await.open().await;
    let secret = &world.scene.secret;
    let basic = STANDARD.encode(format!("api-token:{secret}"));
    for (name, value) in [
        ("api-token", secret.clone()),
        ("authorization", format!("Bearer {secret}")),
        ("authorization", format!("Basic {basic}")),
    ] {
        let request = Request::get("/gateway/orders/v1/a").header(name, &value);
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.parts.status, 200, "{value}");
    }
    for seen in world.scene.upstream.seen() {
        assert!(!seen.headers.contains_key("authorization"));
        assert!(!seen.headers.contains_key("api-token"));
    }
}

#[tokio::test]
async fn the_answer_of_the_upstream_is_passed_on_whatever_it_is() {
    let world = Scene::new().await.open().await;
    world.scene.upstream.say("x-upstream", "kept");
    world.scene.upstream.say("www-authenticate", "Digest");
    let answer = world.get("/gateway/orders/v1/a").await;
    assert_eq!(answer.header("x-upstream"), Some("kept"));
    assert_eq!(answer.header("www-authenticate"), Some("Digest"));
}

/// A redirect of an upstream to itself must not lead callers past the gateway.
#[tokio::test]
async fn a_redirect_of_the_upstream_to_itself_leads_back_through_the_gateway() {
    let world = Scene::new().await.open().await;
    let own = format!("{}/base/b?c#d", world.scene.upstream.url);
    world.scene.upstream.say("location", &own);
    let answer = world.get("/gateway/orders/v1/a").await;
    assert_eq!(answer.header("location"), Some("/gateway/orders/v1/b?c#d"));
}
