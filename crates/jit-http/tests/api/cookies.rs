//! Writes with a cookie come from our own pages, or not at all.

use serde_json::json;

use crate::{
    client::{Answer, Call, call},
    table::Scene,
};

fn write(scene: &Scene) -> Call {
    let credentials = scene.fill("/clients/{client}/credentials");
    call("POST", &credentials).json(&json!({"name": "n"}))
}

async fn with(scene: &Scene, headers: &[(&str, &str)]) -> Answer {
    let sent = write(scene).by(&scene.dana);
    let sent = headers
        .iter()
        .fold(sent, |sent, (name, value)| sent.header(name, value));
    scene.world.send(sent).await
}

#[tokio::test]
async fn a_write_that_another_site_caused_is_refused() {
    let scene = Scene::new().await;
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://portal.example"),
        ],
        &[("origin", "https://evil.example")],
        &[("origin", "http://portal.example")],
        &[("origin", "null")],
        &[
            ("origin", "https://evil.example"),
            ("host", "portal.example"),
        ],
    ] {
        with(&scene, headers).await.refused(403, "cross_site");
    }
    let credentials = scene.fill("/clients/{client}/credentials");
    let listed = scene.world.get(&credentials).await.ok();
    assert_eq!(
        listed["items"].as_array().unwrap().len(),
        1,
        "nothing was made"
    );
}

#[tokio::test]
async fn a_write_of_our_own_pages_passes() {
    let scene = Scene::new().await;
    for headers in [
        &[("sec-fetch-site", "same-origin")][..],
        &[("sec-fetch-site", "none")],
        &[("origin", "https://portal.example")],
        &[("origin", "http://inside:8080"), ("host", "inside:8080")],
        &[],
    ] {
        with(&scene, headers).await.ok();
    }
}

/// An administrator's cookie is protected in the same way.
#[tokio::test]
async fn a_console_session_is_protected_too() {
    let scene = Scene::new().await;
    let alex = scene.world.console_session("alex@acme.example").await;
    for (method, path) in [
        ("DELETE", "/groups/{group}"),
        ("POST", "/collections/{collection}/unpublish"),
        ("POST", "/access-requests/{request}/approve"),
    ] {
        let sent = call(method, &scene.fill(path)).by(&alex);
        let sent = sent.header("sec-fetch-site", "cross-site");
        scene.world.send(sent).await.refused(403, "cross_site");
    }
}

#[tokio::test]
async fn reading_with_a_cookie_needs_no_proof() {
    let scene = Scene::new().await;
    let sent = call("GET", "/me").by(&scene.dana);
    let sent = sent.header("sec-fetch-site", "cross-site");
    scene.world.send(sent).await.ok();
}

/// No browser adds a token by itself.
#[tokio::test]
async fn a_write_with_a_token_needs_no_proof() {
    let scene = Scene::new().await;
    let sent = write(&scene).by(&scene.world.admin);
    let sent = sent.header("origin", "https://elsewhere.example");
    let sent = sent.header("sec-fetch-site", "cross-site");
    scene.world.send(sent).await.ok();
}

/// A form of another site can only send types of forms.
#[tokio::test]
async fn a_body_with_a_cookie_must_be_json() {
    let scene = Scene::new().await;
    for media_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let withdraw = scene.fill("/access-requests/{request}/withdraw");
        let sent = call("POST", &withdraw)
            .by(&scene.dana)
            .raw(media_type, "x=1");
        scene
            .world
            .send(sent)
            .await
            .refused(415, "unsupported_media_type");
    }
    let request = scene.fill("/access-requests/{request}");
    assert_eq!(scene.world.get(&request).await.ok()["status"], "pending");
}
