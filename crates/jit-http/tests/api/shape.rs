//! What every answer keeps: types, addresses that are unknown, methods, and lists in parts.

use serde_json::{Value, json};

use crate::{
    client::{Who, call},
    table::Scene,
    world::World,
};

#[tokio::test]
async fn an_unknown_address_is_a_problem() {
    let world = World::new().await;
    for path in ["", "/", "/nothing", "/groups/a/b/c", "/groups/"] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = world.send(call(method, path).by(&world.admin)).await;
            answer.refused(404, "not_found");
        }
    }
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let world = World::new().await;
    for (method, path, allowed) in [
        ("DELETE", "/jit-settings", "GET,HEAD,PUT"),
        ("PATCH", "/groups", "GET,HEAD,POST"),
        ("GET", "/grants/gnt_1/revoke", "POST"),
        ("PUT", "/openapi.json", "GET,HEAD"),
    ] {
        let answer = world.send(call(method, path).by(&world.admin)).await;
        answer.refused(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), allowed);
    }
}

/// R35: the id of the request stands in the refusal and in the audit log.
#[tokio::test]
async fn the_id_of_the_request_is_in_refusals_and_in_the_audit_log() {
    let world = World::new().await;
    let sent = call("GET", "/groups/x").by(&world.admin);
    let answer = world.send(sent.header("x-request-id", "abc-1")).await;
    assert_eq!(answer.refused(404, "not_found")["request_id"], "abc-1");
    let sent = call("POST", "/groups").by(&world.admin);
    let sent = sent.json(&json!({"name": "Audited"}));
    world.send(sent.header("x-request-id", "abc-2")).await.ok();
    let log = world
        .get("/audit-events?action=end_user_group.created")
        .await
        .ok();
    assert_eq!(log["items"][0]["request_id"], "abc-2");
    assert_eq!(log["items"][0]["actor"]["kind"], "api_token");
    assert_eq!(log["items"][0]["version_after"], 1);
}

#[tokio::test]
async fn a_list_in_parts_is_the_whole_list() {
    let world = World::configured().await;
    for person in ["ann", "bob", "cyd", "dan", "eve"] {
        world.sign_in(person).await;
        world.clock.advance(chrono::Duration::milliseconds(1));
    }
    let whole = world.get("/end-users").await.ok();
    assert_eq!(whole["next"], Value::Null);
    let (mut parts, mut after) = (vec![], String::new());
    loop {
        let part = world.get(&format!("/end-users?limit=2{after}")).await.ok();
        parts.extend(part["items"].as_array().unwrap().clone());
        match part["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(Value::Array(parts), whole["items"]);
}

#[tokio::test]
async fn filters_narrow_lists() {
    let scene = Scene::new().await;
    let count = async |who: &Who, path: &str| {
        let answer = scene
            .world
            .send(call("GET", &scene.fill(path)).by(who))
            .await;
        answer.ok()["items"].as_array().unwrap().len()
    };
    let admin = &scene.world.admin;
    for who in [admin, &scene.dana] {
        assert_eq!(count(who, "/access-requests").await, 2);
        assert_eq!(count(who, "/access-requests?status=pending").await, 1);
        assert_eq!(count(who, "/access-requests?status=rejected").await, 0);
        assert_eq!(count(who, "/access-requests?collection=orders").await, 1);
        assert_eq!(
            count(who, "/access-requests?collection={collection}").await,
            1
        );
        assert_eq!(count(who, "/access-requests?collection=unknown").await, 0);
    }
    assert_eq!(count(admin, "/access-requests?client={client}").await, 2);
    assert_eq!(count(admin, "/grants?collection=orders").await, 1);
    assert_eq!(count(admin, "/grants?collection=billing").await, 0);
    assert_eq!(count(admin, "/end-users?q=DANA").await, 1);
    assert_eq!(count(admin, "/end-users?q=nobody").await, 0);
    assert_eq!(count(admin, "/end-users?usable=false").await, 0);
    assert_eq!(count(admin, "/audit-events?action=grant.created").await, 1);
    assert_eq!(count(admin, "/audit-events?target={grant}").await, 1);
    assert_eq!(count(&scene.dana, "/discover").await, 3);
    assert_eq!(count(&scene.dana, "/discover?access=granted").await, 1);
    assert_eq!(count(&scene.dana, "/discover?access=none&q=news").await, 1);
    assert_eq!(count(&scene.dana, "/discover?tag=nothing").await, 0);
}
