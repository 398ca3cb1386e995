//! R29: secrets are shown once, and kept out of everything else.

use axum::http::header;
use serde_json::{Value, json};
use tower::Layer;
use tower_http::compression::{CompressionLayer, predicate::SizeAbove};

use crate::{
    client::call,
    table::{Scene, rows},
};

/// Every answer of every GET endpoint, as whoever may read it.
async fn everything(scene: &Scene) -> String {
    let mut text = String::new();
    for (method, path, _, allowed) in rows() {
        if method != "GET" || path == "/openapi.json" {
            continue;
        }
        let who = if allowed[4] < 300 {
            &scene.world.admin
        } else {
            &scene.dana
        };
        let answer = scene
            .world
            .send(call(method, &scene.fill(path)).by(who))
            .await;
        text += &answer.text;
    }
    text
}

#[tokio::test]
async fn a_secret_is_shown_once_and_never_again() {
    let scene = Scene::new().await;
    let credentials = scene.fill("/clients/{client}/credentials");
    let new = scene
        .world
        .post(&credentials, &json!({"name": "fresh"}))
        .await;
    let first = new.ok()["secret"].as_str().unwrap().to_owned();
    let rotate = format!("{credentials}/{}/rotate", new.ok()["id"].as_str().unwrap());
    let successor = scene
        .world
        .post(&rotate, &json!({"overlap_seconds": 0}))
        .await;
    let second = successor.ok()["secret"].as_str().unwrap().to_owned();
    assert!(first.starts_with("jat_") && second.starts_with("jat_") && first != second);
    assert_eq!(
        new.ok()["hint"],
        format!("jat_…{}", &first[first.len() - 4..])
    );

    let revoke = format!(
        "{credentials}/{}/revoke",
        successor.ok()["id"].as_str().unwrap()
    );
    let revoked = scene
        .world
        .send(call("POST", &revoke).by(&scene.world.admin))
        .await;
    let read = everything(&scene).await + &revoked.text;
    for secret in [first, second] {
        assert!(!read.contains(&secret));
        assert!(!read.contains(&secret[4..]));
    }
    assert!(!read.contains("\"secret\""));
}

/// R29: neither tokens of scripts nor hashes of anything are in an answer.
#[tokio::test]
async fn no_answer_has_a_token_or_a_hash() {
    let scene = Scene::new().await;
    let read = everything(&scene).await;
    for who in [&scene.world.admin, &scene.world.auditor, &scene.dana] {
        let (crate::client::Who::Token(secret) | crate::client::Who::Session(secret)) = who else {
            continue;
        };
        assert!(!read.contains(&secret[4..]));
    }
    assert!(!read.contains("hash") && !read.contains("password"));
}

/// A compressed secret would tell about itself by its length.
#[tokio::test]
async fn an_answer_with_a_secret_is_not_compressed() {
    let scene = Scene::new().await;
    let anything = CompressionLayer::new().compress_when(SizeAbove::new(0));
    let router = axum::Router::new().fallback_service(anything.layer(scene.world.router.clone()));
    let send = async |method, path: &str, body: Value| {
        let sent = call(method, &scene.fill(path)).by(&scene.world.admin);
        let sent = sent.header("accept-encoding", "gzip").json(&body);
        sent.send(&router).await
    };
    let new = send(
        "POST",
        "/clients/{client}/credentials",
        json!({"name": "n"}),
    )
    .await;
    assert_eq!(new.header("content-encoding"), "identity");
    assert_eq!(new.header("cache-control"), "no-store, no-transform");
    assert!(new.ok()["secret"].is_string());
    let other = send("POST", "/groups", json!({"name": "n"})).await;
    assert_eq!(other.headers[header::CONTENT_ENCODING], "gzip");
}

/// R29: an overlap of nothing ends the old secret at once; the default is 24 hours.
#[tokio::test]
async fn a_rotation_ends_the_old_secret_after_the_overlap() {
    let scene = Scene::new().await;
    let credentials = scene.fill("/clients/{client}/credentials");
    let rotate = scene.fill("/clients/{client}/credentials/{credential}/rotate");
    let new = scene
        .world
        .send(call("POST", &rotate).by(&scene.dana))
        .await;
    assert_eq!(new.ok()["name"], "nightly");
    let listed = scene.world.get(&credentials).await.ok();
    assert_eq!(listed["items"][0]["id"], scene.fill("{credential}"));
    let now = scene.world.portal.now();
    let tomorrow = now + chrono::Duration::hours(24);
    let tomorrow = tomorrow.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    assert_eq!(listed["items"][0]["expires_at"], tomorrow);
    scene
        .world
        .post(&rotate, &json!({"overlap_seconds": 0}))
        .await
        .ok();
    let listed = scene.world.get(&credentials).await.ok();
    let now = now.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    assert_eq!(listed["items"][0]["expires_at"], now);
}
