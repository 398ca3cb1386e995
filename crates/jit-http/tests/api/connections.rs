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
            "slo_url": "https://portal.example/sso/saml/fetched/slo",
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
        (json!({"name": "x", "state": "active"}), "metadata"),
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

#[tokio::test]
async fn a_connection_can_be_made_before_its_provider_is_known_and_is_off_until_then() {
    let world = World::new().await;
    let body = json!({"name": "Globex", "provider": "entra_id"});
    let made = world.post("/idp-connections", &body).await.ok();
    assert_eq!(
        (&made["state"], &made["idp"], &made["provider"]),
        (&json!("inactive"), &json!(null), &json!("entra_id"))
    );
    let path = format!("/idp-connections/{}", made["id"].as_str().unwrap());
    let body = json!({"metadata_url": "https://idp.example/metadata", "state": "active"});
    let sent = call("PATCH", &path).by(&world.admin).json(&body);
    let described = world.send(sent).await.ok();
    assert_eq!(
        described["metadata"],
        json!({"source": "url", "url": "https://idp.example/metadata", "problem": null})
    );
    assert_eq!(described["state"], "active");
}

#[tokio::test]
async fn options_and_console_roles_are_kept_as_they_were_sent() {
    let world = World::new().await;
    let path = format!("/idp-connections/{}", world.connection.id);
    let saml = json!({"subject": "employeeNumber", "signed_assertions": "on",
        "signed_requests": "on", "idp_initiated": "off"});
    let roles = json!([
        {"value": "admins", "role": "administrator", "collections": null},
        {"value": "approvers", "role": "approver",
         "collections": ["col_00000000000000000000000000000001"]},
        {"value": "audit", "role": "auditor", "collections": null},
    ]);
    let body = json!({"saml": saml, "console_roles": roles});
    let sent = call("PATCH", &path).by(&world.admin).json(&body);
    let changed = world.send(sent).await.ok();
    assert_eq!(changed["saml"], saml);
    assert_eq!(changed["console_roles"], roles);
}

#[tokio::test]
async fn a_setup_link_is_shown_once_and_can_be_taken_back() {
    let world = World::new().await;
    let path = format!("/idp-connections/{}/setup-links", world.connection.id);
    let made = world.post(&path, &json!(null)).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    let url = made["url"].as_str().unwrap();
    let secret = url
        .strip_prefix("https://portal.example/setup-link?code=jsl_")
        .unwrap();
    let listed = world.get(&path).await.ok();
    assert_eq!(listed["items"][0]["id"], made["id"]);
    assert!(!listed.to_string().contains(secret), "{listed}");
    let link = format!("/setup-links/{}", made["id"].as_str().unwrap());
    let sent = call("DELETE", &link).by(&world.admin);
    assert_eq!(world.send(sent).await.status, 204);
    assert_eq!(world.get(&path).await.ok()["items"], json!([]));
}
