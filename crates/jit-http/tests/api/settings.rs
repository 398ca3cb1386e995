//! JIT user settings: versions, the lock, the preview, and applying (R1 to R10).

use serde_json::{Value, json};

use crate::{
    client::{Answer, call},
    world::World,
};

async fn save(world: &World, if_match: &str, body: &Value) -> Answer {
    let sent = call("PUT", "/jit-settings").by(&world.admin).json(body);
    world.send(sent.header("if-match", if_match)).await
}

/// R1: not configured is a state of its own, not a default value.
#[tokio::test]
async fn settings_that_were_never_saved_are_null() {
    let world = World::new().await;
    let answer = world.get("/jit-settings").await;
    assert_eq!(answer.header("etag"), "\"0\"");
    assert_eq!(
        answer.ok(),
        json!({
            "configured": false, "auth_method": null, "policy": null, "groups": null,
            "method_locked": false, "method_locked_since": null, "clients": 0,
            "saved_by": null, "saved_at": null, "version": 0
        })
    );
}

#[tokio::test]
async fn each_save_needs_the_version_that_was_read() {
    let world = World::new().await;
    let body = json!({"auth_method": "auth_token"});
    let first = save(&world, "\"0\"", &body).await;
    assert_eq!(first.header("etag"), "\"1\"");
    assert_eq!(first.ok()["saved_by"]["kind"], "api_token");
    assert_eq!(first.ok()["saved_at"], "2026-01-02T03:04:05.678901Z");

    for old in ["\"0\"", "\"7\""] {
        let late = save(&world, old, &body).await;
        let problem = late.refused(412, "stale_version");
        assert_eq!(problem["current"], 1);
        assert_eq!(late.header("etag"), "\"1\"");
    }
    for wrong in ["1", "W/\"1\"", "\"1\", \"2\"", "\"one\"", "\"-1\""] {
        let refused = save(&world, wrong, &body).await;
        refused.refused(400, "invalid_if_match");
    }
    assert_eq!(save(&world, "\"1\"", &body).await.header("etag"), "\"2\"");
    let unconditional = world.put_json("/jit-settings", &body).await;
    assert_eq!(unconditional.header("etag"), "\"3\"");
}

/// R5: the first client locks the method, which is a new version.
#[tokio::test]
async fn the_first_client_makes_a_new_version() {
    let world = World::configured().await;
    assert_eq!(world.get("/jit-settings").await.header("etag"), "\"1\"");
    world.sign_in("dana").await;
    let locked = world.get("/jit-settings").await;
    assert_eq!(locked.header("etag"), "\"2\"");
    let locked = locked.ok();
    assert_eq!(locked["method_locked"], true);
    assert_eq!(locked["clients"], 1);
    assert!(locked["method_locked_since"].is_string());

    let body = json!({"auth_method": "auth_token"});
    save(&world, "\"1\"", &body)
        .await
        .refused(412, "stale_version");
    world.sign_in("erin").await;
    assert_eq!(world.get("/jit-settings").await.header("etag"), "\"2\"");
}

/// R4, R5: the refusal says which method, since when, and by how many clients.
#[tokio::test]
async fn a_locked_method_is_refused_with_its_facts() {
    let world = World::configured().await;
    world.sign_in("dana").await;
    let settings = world.get("/jit-settings").await.ok();
    for method in ["oauth2", "jwt", "oidc", "introspection"] {
        let body = json!({"auth_method": method});
        let refused = world.put_json("/jit-settings", &body).await;
        let problem = refused.refused(409, "auth_method_locked");
        assert_eq!(problem["auth_method"], "auth_token");
        assert_eq!(problem["clients"], 1);
        assert_eq!(problem["since"], settings["method_locked_since"]);
    }
    let after = world.get("/jit-settings").await.ok();
    assert_eq!(after, settings, "nothing was changed");
}

/// R2: what is named must exist, and all mistakes are named at once.
#[tokio::test]
async fn mistakes_in_settings_are_named_together() {
    let world = World::new().await;
    let body = json!({
        "policy": "pol_00000000000000000000000000000001",
        "groups": ["grp_00000000000000000000000000000001"]
    });
    let problem = world.put_json("/jit-settings", &body).await;
    let problem = problem.refused(422, "invalid");
    let errors = problem["errors"].as_array().unwrap().iter();
    let fields: Vec<_> = errors.map(|error| &error["field"]).collect();
    assert_eq!(fields, ["auth_method", "policy", "groups"]);
    let body = json!({"auth_method": "jwt"});
    let refused = world.put_json("/jit-settings", &body).await;
    let problem = refused.refused(422, "auth_method_unavailable");
    assert_eq!(problem["auth_method"], "jwt");
}

/// R7: the settings are for later clients until somebody applies them.
#[tokio::test]
async fn applying_first_says_how_many_clients_it_would_touch() {
    let world = World::configured().await;
    world.sign_in("dana").await;
    let policy = world.make("/policies", &json!({"name": "Gold"})).await;
    let body = json!({"auth_method": "auth_token", "policy": policy});
    world.put_json("/jit-settings", &body).await.ok();
    let count = async || world.get("/jit-settings/apply").await.ok();
    assert_eq!(count().await, json!({"differing": 1, "clients": 1}));
    let applied = world.send(call("POST", "/jit-settings/apply").by(&world.admin));
    assert_eq!(applied.await.ok(), json!({"changed": 1, "clients": 1}));
    assert_eq!(count().await, json!({"differing": 0, "clients": 1}));
}

/// R10: the preview says what would happen and does nothing.
#[tokio::test]
async fn a_preview_tells_and_does_nothing() {
    let world = World::configured().await;
    world.verifier.accept("<new/>", world.assertion("new"));
    let by_slug = json!({"connection": "okta", "assertion": "<new/>"});
    let by_id = json!({"connection": world.connection.id.to_string(), "assertion": "<new/>"});
    for body in [by_slug, by_id] {
        let told = world.post("/jit-settings/preview", &body).await.ok();
        assert_eq!(told["outcome"], "created");
        assert_eq!(told["refusal"], Value::Null);
        assert_eq!(told["result"]["auth_method"], "auth_token");
        assert_eq!(told["result"]["email"], "new@example.com");
        assert_eq!(told["assertion"]["name_id"], "new");
    }
    assert_eq!(world.get("/end-users").await.ok()["items"], json!([]));
}

/// R3, R10: a refusal in a preview is an answer with the reason, not a failure.
#[tokio::test]
async fn a_preview_of_a_refusal_says_why() {
    let world = World::new().await;
    world.verifier.accept("<new/>", world.assertion("new"));
    let body = json!({"connection": "okta", "assertion": "<new/>"});
    let told = world.post("/jit-settings/preview", &body).await.ok();
    assert_eq!(told["outcome"], "refused");
    assert_eq!(told["refusal"]["code"], "settings_not_configured");
    let body = json!({"connection": "okta", "assertion": "garbage"});
    let refused = world.post("/jit-settings/preview", &body).await;
    assert_eq!(
        refused.refused(422, "invalid")["errors"][0]["field"],
        "assertion"
    );
    for unknown in ["nowhere", "idp_00000000000000000000000000000001"] {
        let body = json!({"connection": unknown, "assertion": "<new/>"});
        let refused = world.post("/jit-settings/preview", &body).await;
        refused.refused(404, "not_found");
    }
}
