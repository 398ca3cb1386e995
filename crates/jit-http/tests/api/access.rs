//! Asking, deciding and seeing (R18 to R25).

use std::collections::BTreeSet;

use jit_domain::console::{ApproverScope, ConsoleRole};
use serde_json::{Value, json};

use crate::{client::call, table::Scene};

/// R24: an approver of named collections sees and decides those only.
#[tokio::test]
async fn an_approver_of_one_collection_sees_no_other() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let billing = scene.fill("{collection}").parse().unwrap();
    let of_billing = ApproverScope::Collections(BTreeSet::from([billing]));
    let of_billing = world.token(ConsoleRole::Approver(of_billing)).await;
    let of_news = scene.fill("{news}").parse().unwrap();
    let of_news = ApproverScope::Collections(BTreeSet::from([of_news]));
    let of_news = world.token(ConsoleRole::Approver(of_news)).await;

    let list = async |who, path: &str| world.send(call("GET", path).by(who)).await.ok();
    let seen = list(&of_billing, "/access-requests").await;
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen["items"][0]["collection"]["slug"], "billing");
    assert_eq!(list(&of_billing, "/grants").await["items"], json!([]));
    assert_eq!(list(&of_news, "/access-requests").await["items"], json!([]));
    let other = "/access-requests?collection=billing";
    assert_eq!(list(&of_news, other).await["items"], json!([]));

    for (method, path, body) in [
        ("GET", "/access-requests/{request}", Value::Null),
        ("POST", "/access-requests/{request}/approve", json!({})),
        (
            "POST",
            "/access-requests/{request}/reject",
            json!({"note": "no"}),
        ),
        ("POST", "/grants/{grant}/revoke", json!({"reason": "over"})),
    ] {
        let sent = call(method, &scene.fill(path)).by(&of_news);
        let sent = if body == Value::Null {
            sent
        } else {
            sent.json(&body)
        };
        world.send(sent).await.refused(404, "not_found");
    }
    let approve = scene.fill("/access-requests/{request}/approve");
    let decided = world.send(call("POST", &approve).by(&of_billing)).await;
    assert_eq!(decided.ok()["status"], "approved");
}

/// R22: an approval may carry an end; a past one is refused with the field.
#[tokio::test]
async fn an_approval_may_carry_a_note_and_an_end() {
    let scene = Scene::new().await;
    let approve = scene.fill("/access-requests/{request}/approve");
    let past = json!({"expires_at": "2020-01-01T00:00:00Z"});
    let refused = scene.world.post(&approve, &past).await;
    assert_eq!(
        refused.refused(422, "invalid")["errors"][0]["field"],
        "expires_at"
    );

    let body = json!({"note": "for the pilot", "expires_at": "2030-01-01T01:00:00.1234567+01:00"});
    let approved = scene.world.post(&approve, &body).await.ok();
    assert_eq!(approved["decision"]["note"], "for the pilot");
    assert_eq!(approved["decision"]["by"]["kind"], "api_token");
    let grants = scene.world.get("/grants?collection=billing").await.ok();
    assert_eq!(grants["items"][0]["id"], approved["grant"]);
    assert_eq!(
        grants["items"][0]["expires_at"],
        "2030-01-01T00:00:00.123456Z"
    );
}

/// R22: a rejection needs a note, which the requester reads; R23: then they may ask again.
#[tokio::test]
async fn a_rejection_is_read_and_asked_again() {
    let scene = Scene::new().await;
    let reject = scene.fill("/access-requests/{request}/reject");
    let refused = scene.world.post(&reject, &json!({"note": " "})).await;
    assert_eq!(
        refused.refused(422, "invalid")["errors"][0]["field"],
        "note"
    );
    scene
        .world
        .post(&reject, &json!({"note": "not yet"}))
        .await
        .ok();
    let own = scene.fill("/access-requests/{request}");
    let read = scene.world.send(call("GET", &own).by(&scene.dana)).await;
    assert_eq!(read.ok()["decision"]["note"], "not yet");
    let again = scene.world.request(&scene.dana, "billing").await;
    assert_ne!(again, scene.fill("{request}"));
}

/// R18: what a person may not see is as unknown as what does not exist.
#[tokio::test]
async fn a_collection_for_others_does_not_exist() {
    let scene = Scene::new().await;
    let path = scene.fill("/collections/{news}");
    let body = scene.fill(r#"{"audience": {"groups": ["{group}"]}}"#);
    let body = serde_json::from_str(&body).unwrap();
    scene.world.put_json(&path, &body).await.ok();
    for named in [
        "news",
        "nothing",
        &scene.fill("{news}"),
        "col_00000000000000000000000000000001",
    ] {
        let body = json!({"collection": named, "reason": "why not"});
        let sent = call("POST", "/access-requests").by(&scene.dana).json(&body);
        let problem = scene.world.send(sent).await.refused(404, "not_found");
        assert_eq!(problem["detail"], "there is no such API collection");
    }
    for slug in ["news", "nothing"] {
        let sent = call("GET", &format!("/discover/{slug}")).by(&scene.dana);
        scene.world.send(sent).await.refused(404, "not_found");
    }
    let body = scene.fill(r#"{"groups": ["{group}"]}"#);
    let body = serde_json::from_str(&body).unwrap();
    let groups = scene.fill("/end-users/{user}/groups");
    let person = scene.world.put_json(&groups, &body).await.ok();
    assert_eq!(person["memberships"][0]["source"], "manual");
    let seen = call("GET", "/discover/news").by(&scene.dana);
    assert_eq!(scene.world.send(seen).await.ok()["access"]["state"], "none");
}

/// R19: the document and the upstream need a grant, and the upstream is nobody's business.
#[tokio::test]
async fn the_document_needs_a_grant() {
    let scene = Scene::new().await;
    let see = async |slug: &str| {
        let sent = call("GET", &format!("/discover/{slug}")).by(&scene.dana);
        scene.world.send(sent).await.ok()
    };
    let granted = see("orders").await;
    assert_eq!(granted["document"]["info"]["title"], "Orders");
    assert_eq!(
        granted["gateway_url"],
        "https://portal.example/gateway/orders/v1"
    );
    assert_eq!(granted["access"]["grant"], scene.fill("{grant}"));
    let pending = see("billing").await;
    assert_eq!(pending["document"], Value::Null);
    assert_eq!(pending["access"]["request"], scene.fill("{request}"));
    assert_eq!(pending["operations"][0]["path"], "/things");
    for seen in [granted, pending] {
        assert!(seen.get("upstream").is_none());
    }
}

/// Another person's things do not exist for an end user.
#[tokio::test]
async fn end_users_reach_nothing_of_each_other() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let erin = world.sign_in("erin").await;
    for (method, path) in [
        ("GET", "/access-requests/{request}"),
        ("POST", "/access-requests/{request}/withdraw"),
        ("GET", "/clients/{client}"),
        ("GET", "/clients/{client}/credentials"),
        ("POST", "/clients/{client}/credentials/{credential}/rotate"),
        ("POST", "/clients/{client}/credentials/{credential}/revoke"),
    ] {
        let sent = call(method, &scene.fill(path)).by(&erin);
        world.send(sent).await.refused(404, "not_found");
    }
    for path in [
        "/access-requests?client={client}",
        "/grants?client={client}",
    ] {
        let answer = world.send(call("GET", &scene.fill(path)).by(&erin)).await;
        assert_eq!(answer.ok()["items"], json!([]));
    }
    let clients = world.send(call("GET", "/clients").by(&erin)).await.ok();
    assert_eq!(clients["items"].as_array().unwrap().len(), 1);
    assert_ne!(clients["items"][0]["id"], scene.fill("{client}"));
}

/// R30: only an administrator's own hold is cleared, and clearing what is not there changes nothing.
#[tokio::test]
async fn a_hold_is_opened_and_cleared_once() {
    let scene = Scene::new().await;
    let holds = scene.fill("/end-users/{user}/holds");
    let opened = scene
        .world
        .post(&holds, &json!({"reason": "left"}))
        .await
        .ok();
    assert_eq!(opened["items"][0]["source"], "admin");
    assert_eq!(opened["items"][0]["reason"], "left");
    assert_eq!(scene.world.post(&holds, &json!({})).await.ok(), opened);
    assert_eq!(scene.world.get(&holds).await.ok(), opened);
    for path in [holds.clone(), format!("{holds}/admin")] {
        let sent = call("DELETE", &path).by(&scene.world.admin);
        assert_eq!(scene.world.send(sent).await.ok()["items"], json!([]));
    }
}
