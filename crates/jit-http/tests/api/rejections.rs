//! Each rejection that can be reached over HTTP, with its status and the facts that it brings.

use jit_domain::{
    clients::ApiClient, console::Administrator, people::EndUser, settings::AuthMethod,
};
use jit_testkit::{Fixtures, fixtures::ClientParts};
use serde_json::{Value, json};

use crate::{
    client::{Who, call},
    table::{Scene, rows},
    world::World,
};

async fn post(scene: &Scene, path: &str, body: Value) -> crate::client::Answer {
    scene.world.post(&scene.fill(path), &body).await
}

/// R20: the second request is refused with the first.
#[tokio::test]
async fn already_pending_names_the_first_request() {
    let scene = Scene::new().await;
    let body = json!({"collection": "billing", "reason": "again"});
    let sent = call("POST", "/access-requests").by(&scene.dana).json(&body);
    let problem = scene.world.send(sent).await.refused(409, "already_pending");
    assert_eq!(problem["request"], scene.fill("{request}"));
}

#[tokio::test]
async fn already_granted_names_the_grant() {
    let scene = Scene::new().await;
    let body = json!({"collection": "orders", "reason": "again"});
    let sent = call("POST", "/access-requests").by(&scene.dana).json(&body);
    let problem = scene.world.send(sent).await.refused(409, "already_granted");
    assert_eq!(problem["grant"], scene.fill("{grant}"));
}

/// R21: the loser learns who was first.
#[tokio::test]
async fn already_decided_names_who_when_and_how() {
    let scene = Scene::new().await;
    let reject = "/access-requests/{request}/reject";
    post(&scene, reject, json!({"note": "no"})).await.ok();
    let late = post(&scene, "/access-requests/{request}/approve", json!({})).await;
    let problem = late.refused(409, "already_decided");
    assert_eq!(problem["request_status"], "rejected");
    assert_eq!(problem["by"]["kind"], "api_token");
    assert!(problem["at"].as_str().unwrap().ends_with('Z'));
}

/// R23: nobody decided what was withdrawn, so nobody is named.
#[tokio::test]
async fn already_withdrawn_names_nobody() {
    let scene = Scene::new().await;
    let withdraw = scene.fill("/access-requests/{request}/withdraw");
    let sent = call("POST", &withdraw).by(&scene.dana);
    assert_eq!(scene.world.send(sent).await.ok()["status"], "withdrawn");
    let late = post(&scene, "/access-requests/{request}/approve", json!({})).await;
    let problem = late.refused(409, "already_decided");
    assert_eq!(problem["request_status"], "withdrawn");
    assert_eq!(problem["by"], Value::Null);
}

/// R22: nobody decides their own request.
#[tokio::test]
async fn own_requests_are_for_others_to_decide() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let dana = Administrator {
        workspace: world.workspace.id,
        ..Fixtures::named("default", 5).administrator("dana")
    };
    world.put(dana).await;
    let dana = world.console_session("dana@example.com").await;
    let approve = scene.fill("/access-requests/{request}/approve");
    let answer = world.send(call("POST", &approve).by(&dana)).await;
    answer.refused(403, "own_request");
}

/// R30: no decision while the requester is held.
#[tokio::test]
async fn requests_of_a_held_person_wait() {
    let scene = Scene::new().await;
    post(&scene, "/end-users/{user}/holds", json!({"reason": "left"}))
        .await
        .ok();
    let answer = post(&scene, "/access-requests/{request}/approve", json!({})).await;
    answer.refused(409, "requester_suspended");
}

/// R8: the refusal names what refers to it.
#[tokio::test]
async fn in_use_names_what_refers_to_it() {
    let scene = Scene::new().await;
    let body =
        scene.fill(r#"{"auth_method": "auth_token", "policy": "{policy}", "groups": ["{group}"]}"#);
    let body = serde_json::from_str(&body).unwrap();
    scene.world.put_json("/jit-settings", &body).await.ok();
    for path in ["/policies/{policy}", "/groups/{group}"] {
        let sent = call("DELETE", &scene.fill(path)).by(&scene.world.admin);
        let problem = scene.world.send(sent).await.refused(409, "in_use");
        assert_eq!(problem["by"][0]["count"], 1, "{problem}");
        assert!(problem["by"][0]["by"].is_string());
    }
}

#[tokio::test]
async fn a_taken_name_is_named() {
    let scene = Scene::new().await;
    for (path, body, name) in [
        ("/groups", json!({"name": "PARTNERS"}), "PARTNERS"),
        ("/policies", json!({"name": "standard"}), "standard"),
        (
            "/collections",
            json!({"document": crate::world::document("Orders")}),
            "orders",
        ),
        (
            "/idp-connections",
            json!({"name": "okta", "metadata_xml": "<good/>"}),
            "okta",
        ),
    ] {
        let problem = post(&scene, path, body)
            .await
            .refused(409, "already_exists");
        assert_eq!(problem["name"], name);
        assert!(problem["what"].is_string());
    }
}

/// Whoever decided on an older version learns the present one.
#[tokio::test]
async fn a_stale_version_is_refused_everywhere() {
    let scene = Scene::new().await;
    let idp = json!({"name": "Okta", "metadata_xml": "<good/>"});
    for (method, path, body) in [
        ("PUT", "/groups/{group}", json!({"name": "New"})),
        ("PUT", "/policies/{policy}", json!({"name": "New"})),
        ("PUT", "/collections/{collection}", json!({"owner": "Ops"})),
        ("PUT", "/idp-connections/{connection}", idp),
        (
            "PATCH",
            "/idp-connections/{connection}",
            json!({"jit": "off"}),
        ),
    ] {
        let path = scene.fill(path);
        let version = scene.world.get(&path).await.header("etag").to_owned();
        let sent = |tag: &str| {
            let sent = call(method, &path).by(&scene.world.admin).json(&body);
            sent.header("if-match", tag)
        };
        let first = scene.world.send(sent(&version)).await;
        first.ok();
        assert_ne!(first.header("etag"), version, "{path}");
        let late = scene.world.send(sent(&version)).await;
        let problem = late.refused(412, "stale_version");
        assert_eq!(late.header("etag"), first.header("etag"));
        assert_eq!(format!("\"{}\"", problem["current"]), late.header("etag"));
    }
}

#[tokio::test]
async fn groups_by_hand_take_the_version_of_their_person() {
    let scene = Scene::new().await;
    let person = scene.world.get(&scene.fill("/end-users/{user}")).await;
    let body = json!({"groups": [scene.fill("{group}")]});
    let path = scene.fill("/end-users/{user}/groups");
    let sent = || {
        let sent = call("PUT", &path).by(&scene.world.admin).json(&body);
        sent.header("if-match", person.header("etag"))
    };
    scene.world.send(sent()).await.ok();
    let late = scene.world.send(sent()).await;
    late.refused(412, "stale_version");
}

/// A version that is stated is never ignored: it is compared, or the write is refused.
#[tokio::test]
async fn no_write_happens_on_a_version_that_nobody_has() {
    let scene = Scene::new().await;
    for (method, path, body, _) in rows().into_iter().filter(|row| row.0 != "GET") {
        let body: Value = serde_json::from_str(&scene.fill(&body.to_string())).unwrap();
        for who in [&scene.world.admin, &scene.dana] {
            let sent = call(method, &scene.fill(path)).by(who).json(&body);
            let answer = scene.world.send(sent.header("if-match", "\"77\"")).await;
            let status = answer.status.as_u16();
            assert!(
                [400, 403, 412].contains(&status),
                "{method} {path}: {status}"
            );
        }
    }
}

/// R25: what has ended cannot be ended again.
#[tokio::test]
async fn what_has_ended_stays_ended() {
    let scene = Scene::new().await;
    let credential = "/clients/{client}/credentials/{credential}";
    for (path, body) in [
        (
            "/grants/{grant}/revoke".to_owned(),
            json!({"reason": "over"}),
        ),
        (format!("{credential}/revoke"), json!({})),
    ] {
        post(&scene, &path, body.clone()).await.ok();
        let again = post(&scene, &path, body).await;
        assert!(again.refused(409, "already_ended")["what"].is_string());
    }
    let rotate = post(&scene, &format!("{credential}/rotate"), json!({})).await;
    rotate.refused(409, "credential_spent");
}

#[tokio::test]
async fn a_client_with_all_its_credentials_learns_the_limit() {
    let scene = Scene::new().await;
    let path = "/clients/{client}/credentials";
    for _ in 1..ApiClient::MAX_CREDENTIALS {
        post(&scene, path, json!({"name": "one more"})).await.ok();
    }
    let answer = post(&scene, path, json!({"name": "too many"})).await;
    assert_eq!(answer.refused(409, "too_many_credentials")["limit"], 20);
}

/// R9: a client that signs with its own key has no secret of ours.
#[tokio::test]
async fn a_method_without_secrets_says_so() {
    let world = World::configured().await;
    let make = Fixtures::named("default", 5);
    let user = EndUser {
        workspace: world.workspace.id,
        ..make.end_user("kim", &world.connection)
    };
    let client = ClientParts {
        workspace: world.workspace.id,
        method: AuthMethod::Jwt,
        ..ClientParts::of(&make.client(&user))
    };
    let path = format!("/clients/{}/credentials", client.id);
    world.put(user).await;
    world.put(client.build()).await;
    let answer = world.post(&path, &json!({"name": "n"})).await;
    assert_eq!(
        answer.refused(409, "method_has_no_secret")["auth_method"],
        "jwt"
    );
}

#[tokio::test]
async fn a_missing_role_is_named() {
    let scene = Scene::new().await;
    let named = async |who: &Who, method, path: &str| {
        let sent = call(method, &scene.fill(path)).by(who);
        let answer = scene.world.send(sent).await;
        answer.refused(403, "role_missing")["needed"].clone()
    };
    let (auditor, approver) = (&scene.world.auditor, &scene.world.approver);
    assert_eq!(
        named(auditor, "POST", "/jit-settings/apply").await,
        "administrator"
    );
    assert_eq!(
        named(approver, "GET", "/end-users").await,
        "administrator or auditor"
    );
    let approve = "/access-requests/{request}/approve";
    assert_eq!(named(auditor, "POST", approve).await, "approver");
}

/// Ids that name nothing, ids of another kind, and text that is no id: there is nothing there.
#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let scene = Scene::new().await;
    let nothing = "00000000000000000000000000000001";
    for (path, prefix) in [
        ("groups", "grp"),
        ("policies", "pol"),
        ("collections", "col"),
        ("access-requests", "req"),
        ("idp-connections", "idp"),
        ("end-users", "usr"),
        ("clients", "cli"),
    ] {
        for id in [
            &format!("{prefix}_{nothing}"),
            "xyz_1",
            "%00",
            "%ff",
            prefix,
        ] {
            let answer = scene.world.get(&format!("/{path}/{id}")).await;
            answer.refused(404, "not_found");
        }
    }
    let answer = scene
        .world
        .send(call("GET", "/discover/No Slug".replace(' ', "%20").as_str()).by(&scene.dana));
    answer.await.refused(404, "not_found");
}
