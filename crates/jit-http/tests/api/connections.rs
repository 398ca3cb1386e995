//! Identity providers: where their description comes from, and what we tell them.

use serde_json::json;

use crate::{client::call, world::World};

#[tokio::test]
async fn a_description_comes_from_one_of_three_places() {
    let world = World::new().await;
    let by_hand = json!({
        "name": "By hand", "entity_id": "https://idp.example/hand",
        "sso_url": "https://idp.example/hand/sso", "certificates": ["good"]
    });
    for (body, entity_id) in [
        (
            json!({"name": "Read", "metadata_xml": "<good/>"}),
            "https://idp.example/read",
        ),
        (by_hand, "https://idp.example/hand"),
    ] {
        let made = world.post("/idp-connections", &body).await;
        assert_eq!(made.status, 201);
        let made = made.ok();
        assert_eq!(made["idp"]["entity_id"], entity_id);
        assert_eq!(
            (&made["state"], &made["jit"]),
            (&json!("active"), &json!("on"))
        );
    }
    let other = World::new().await;
    let body = json!({"name": "Fetched", "metadata_url": "https://idp.example/metadata"});
    let made = other.post("/idp-connections", &body).await.ok();
    assert_eq!(
        made["sp"],
        json!({
            "entity_id": "https://portal.example/sso/saml/fetched/metadata",
            "acs_url": "https://portal.example/sso/saml/fetched/acs",
            "metadata_url": "https://portal.example/sso/saml/fetched/metadata",
            "login_url": "https://portal.example/sso/saml/fetched/login"
        })
    );
}

#[tokio::test]
async fn a_wrong_description_is_named() {
    let world = World::new().await;
    let values = |sso_url: &str, certificate: &str| json!({"name": "x", "entity_id": "e", "sso_url": sso_url, "certificates": [certificate]});
    for (body, field) in [
        (json!({"name": "x"}), "metadata_xml"),
        (
            json!({"name": "x", "metadata_xml": "<good/>", "metadata_url": "u"}),
            "metadata_xml",
        ),
        (
            json!({"name": "x", "metadata_xml": "<good/>", "entity_id": "e"}),
            "metadata_xml",
        ),
        (
            json!({"name": "x", "metadata_xml": "<bad/>"}),
            "metadata_xml",
        ),
        (
            json!({"name": "x", "metadata_url": "http://10.0.0.1/"}),
            "metadata_url",
        ),
        (json!({"name": "x", "entity_id": "e"}), "sso_url"),
        (values("javascript:alert(1)", "good"), "sso_url"),
        (values("https://idp.example/sso", "bad"), "certificates"),
        (json!({"metadata_xml": "<good/>"}), "name"),
        (
            json!({"name": "x", "metadata_xml": "<good/>", "jit": true}),
            "jit",
        ),
        (
            json!({"name": "x", "metadata_xml": "<good/>", "enforced_domains": ["nodot"]}),
            "enforced_domains",
        ),
        (
            json!({"name": "x", "metadata_xml": "<good/>", "group_sync": {"state": "on", "rules": [
                {"value": "v", "group": "grp_00000000000000000000000000000001"}]}}),
            "group_sync",
        ),
    ] {
        let problem = world
            .post("/idp-connections", &body)
            .await
            .refused(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], field, "{body}: {problem}");
    }
}

/// A change keeps what it does not name; a replacement does not.
#[tokio::test]
async fn a_change_keeps_and_a_replacement_resets() {
    let world = World::new().await;
    let path = format!("/idp-connections/{}", world.connection.id);
    let before = world.get(&path).await.ok();
    let sent = call("PATCH", &path).by(&world.admin);
    let group = world.make("/groups", &json!({"name": "Partners"})).await;
    let sync = json!({"state": "on", "rules": [{"value": "partners", "group": group}]});
    let body = json!({"group_sync": sync, "enforced_domains": ["example.com"], "linking": "on"});
    let changed = world.send(sent.json(&body)).await.ok();
    assert_eq!(changed["group_sync"], sync);
    assert_eq!(changed["enforced_domains"], json!(["example.com"]));
    for kept in ["name", "idp", "state", "jit", "slug", "sp"] {
        assert_eq!(changed[kept], before[kept], "{kept}");
    }
    let body = json!({"name": "New", "metadata_xml": "<good/>"});
    let replaced = world.put_json(&path, &body).await.ok();
    assert_eq!(replaced["slug"], "okta");
    assert_eq!(replaced["jit"], "on");
    assert_eq!(replaced["group_sync"], json!({"state": "off"}));
    assert_eq!(replaced["idp"]["entity_id"], "https://idp.example/read");
}

/// Nobody but an administrator makes this server fetch an address.
#[tokio::test]
async fn an_auditor_cannot_make_us_fetch_an_address() {
    let world = World::new().await;
    let body = json!({"name": "x", "metadata_url": "https://inside.example/"});
    let sent = call("POST", "/idp-connections")
        .by(&world.auditor)
        .json(&body);
    world.send(sent).await.refused(403, "role_missing");
}
