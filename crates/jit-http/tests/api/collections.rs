//! Collections: the three forms of a document, and publication.

use serde_json::{Value, json};

use crate::{
    client::{Answer, call},
    table::Scene,
    world::{World, document},
};

const YAML: &str = "openapi: 3.1.0\ninfo: {title: Orders API, version: '2.1'}\nservers: [{url: 'https://up.example/api'}]\npaths:\n  /orders:\n    get:\n      summary: List orders\n      responses:\n        200: {description: fine}\n";

async fn import(world: &World, query: &str, media_type: &str, body: &str) -> Answer {
    let path = format!("/collections{query}");
    let sent = call("POST", &path).by(&world.admin).raw(media_type, body);
    world.send(sent).await
}

#[tokio::test]
async fn a_document_comes_in_any_of_its_forms() {
    let world = World::new().await;
    let object = json!({"document": document("First"), "owner": "Ops", "tags": ["a", "b"]});
    let made = world.post("/collections", &object).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.header("etag"), "\"1\"");
    let location = made.header("location").to_owned();
    let made = made.ok();
    let id = made["id"].as_str().unwrap();
    assert_eq!(location, format!("/api/v1/collections/{id}"));
    assert_eq!(made["slug"], "first");
    assert_eq!(made["owner"], "Ops");
    assert_eq!(made["upstream"], "https://upstream.example");
    assert_eq!(
        made["gateway_url"],
        "https://portal.example/gateway/first/v1"
    );
    assert_eq!(made["publication"], "draft");
    assert_eq!(made["audience"], "everyone");
    assert_eq!(made["document"]["info"]["title"], "First");

    let text = json!({"document": document("Second").to_string()});
    assert_eq!(
        world.post("/collections", &text).await.ok()["slug"],
        "second"
    );
    let yaml = json!({"document": YAML, "slug": "third"});
    let made = world.post("/collections", &yaml).await.ok();
    assert_eq!(
        made["document"]["paths"]["/orders"]["get"]["responses"]["200"]["description"],
        "fine"
    );
    assert_eq!(made["operations"][0]["path"], "/orders");

    let itself = document("Fourth").to_string();
    let query = "?slug=fourth-one&owner=Ops&tags=a,%20b";
    let made = import(&world, query, "application/json", &itself)
        .await
        .ok();
    assert_eq!(
        (&made["slug"], &made["tags"]),
        (&json!("fourth-one"), &json!(["a", "b"]))
    );
    let query = "?slug=fifth&upstream=https://other.example";
    let made = import(&world, query, "application/yaml", YAML).await.ok();
    assert_eq!(made["upstream"], "https://other.example");
    assert_eq!(made["api_version"], "v2");
    assert_eq!(
        world.get("/collections").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
}

/// A document that grows without end while it is read is refused before it does.
#[tokio::test]
async fn a_hostile_document_is_refused() {
    let world = World::new().await;
    let mut bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb = format!("{bomb}a{level}: &a{level} [{below}]\n");
    }
    let deep = "[".repeat(20_000);
    let long = format!("openapi: '3.1.0'\nx: {}\n", "x".repeat(2 * 1024 * 1024));
    for text in [bomb, deep, long] {
        let refused = import(&world, "", "application/yaml", &text).await;
        let problem = refused.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], "document");
    }
    let deep = format!("{{\"openapi\": {}", "[".repeat(20_000));
    let refused = import(&world, "", "application/json", &deep).await;
    refused.refused(400, "malformed_json");
    let not_text = call("POST", "/collections").by(&world.admin);
    let not_text = not_text.raw("application/yaml", vec![0xff, 0xfe, 0x00]);
    world.send(not_text).await.refused(400, "malformed_text");
}

/// Only an administrator makes us read a long document.
#[tokio::test]
async fn a_document_of_an_auditor_is_not_read() {
    let world = World::new().await;
    let sent = call("POST", "/collections").by(&world.auditor);
    let sent = sent.raw("application/yaml", "a: [1");
    world.send(sent).await.refused(403, "role_missing");
}

#[tokio::test]
async fn values_stand_in_one_place() {
    let world = World::new().await;
    let body = json!({"document": document("First")}).to_string();
    let refused = import(&world, "?slug=other", "application/json", &body).await;
    refused.refused(400, "invalid_query");
    let refused = import(&world, "?slugs=other", "application/yaml", YAML).await;
    let problem = refused.refused(400, "invalid_query");
    assert_eq!(problem["errors"][0]["field"], "slugs");
    let refused = import(&world, "", "text/plain", YAML).await;
    refused.refused(415, "unsupported_media_type");
}

/// R23: what is taken back cancels the requests for it, and says how many.
#[tokio::test]
async fn taking_a_collection_back_cancels_its_requests() {
    let scene = Scene::new().await;
    let path = scene.fill("/collections/{collection}/unpublish");
    let changed = scene
        .world
        .send(call("POST", &path).by(&scene.world.admin))
        .await;
    let changed = changed.ok();
    assert_eq!(changed["cancelled_requests"], 1);
    assert_eq!(changed["collection"]["publication"], "draft");
    let request = scene
        .world
        .get(&scene.fill("/access-requests/{request}"))
        .await
        .ok();
    assert_eq!(request["status"], "cancelled");
    assert!(request["ended_at"].is_string());
    assert_eq!(request["decision"], Value::Null);
}

/// What is absent stays, also when a newer document is imported.
#[tokio::test]
async fn a_change_keeps_what_it_does_not_name() {
    let scene = Scene::new().await;
    let path = scene.fill("/collections/{collection}");
    scene
        .world
        .put_json(&path, &json!({"owner": "Ops"}))
        .await
        .ok();
    let newer = json!({"document": document("Renamed")});
    let changed = scene.world.put_json(&path, &newer).await.ok();
    assert_eq!(
        (&changed["owner"], &changed["name"]),
        (&json!("Ops"), &json!("Billing"))
    );
    assert_eq!(changed["document"]["info"]["title"], "Renamed");
    let gone = scene
        .world
        .send(call("DELETE", &path).by(&scene.world.admin))
        .await;
    assert_eq!((gone.status.as_u16(), gone.text.as_str()), (204, ""));
    scene.world.get(&path).await.refused(404, "not_found");
}
