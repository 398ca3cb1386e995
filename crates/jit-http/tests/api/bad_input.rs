//! Input that cannot be accepted is named with its place, at every endpoint that takes some.

use serde_json::{Value, json};

use crate::{
    client::call,
    table::{Scene, rows},
};

/// Who sends a row of the table, so that only the input is wrong.
fn sender<'a>(scene: &'a Scene, allowed: &[u16; 5]) -> &'a crate::client::Who {
    if allowed[4] < 300 {
        &scene.world.admin
    } else {
        &scene.dana
    }
}

#[tokio::test]
async fn text_that_is_no_json_is_named_with_line_and_column() {
    let scene = Scene::new().await;
    for (method, path, body, allowed) in rows() {
        if body == Value::Null {
            continue;
        }
        for (text, line) in [
            ("{\n\"name\": }", 2),
            ("", 1),
            ("{} {}", 1),
            ("{\"name\": \"x", 1),
        ] {
            let sent = call(method, &scene.fill(path)).by(sender(&scene, &allowed));
            let sent = sent.raw("application/json", text);
            let problem = scene.world.send(sent).await.refused(400, "malformed_json");
            assert_eq!(problem["line"], line, "{method} {path} {text:?}");
            assert!(problem["column"].is_number());
        }
    }
}

#[tokio::test]
async fn unknown_fields_and_wrong_shapes_are_named() {
    let scene = Scene::new().await;
    for (method, path, body, allowed) in rows() {
        let takes_body = body != Value::Null
            || ["/approve", "/rotate"]
                .iter()
                .any(|end| path.ends_with(end))
            || (method, path) == ("POST", "/end-users/{user}/holds");
        if !takes_body {
            continue;
        }
        let mut more = serde_json::from_str::<Value>(&scene.fill(&body.to_string())).unwrap();
        if more == Value::Null {
            more = json!({});
        }
        more["nonsense"] = json!(1);
        for (sent, field) in [
            (more, "nonsense"),
            (json!([]), "body"),
            (json!("x"), "body"),
        ] {
            let sent = call(method, &scene.fill(path))
                .by(sender(&scene, &allowed))
                .json(&sent);
            let problem = scene.world.send(sent).await.refused(422, "invalid");
            assert_eq!(
                problem["errors"][0]["field"], field,
                "{method} {path}: {problem}"
            );
        }
        let sent = call(method, &scene.fill(path)).by(sender(&scene, &allowed));
        let sent = sent.raw("text/plain", "{}");
        scene
            .world
            .send(sent)
            .await
            .refused(415, "unsupported_media_type");
    }
}

#[tokio::test]
async fn each_wrong_value_is_named_with_its_path() {
    let scene = Scene::new().await;
    let rate = |count: Value| json!({"name": "x", "rate": {"count": count, "per": "minute"}});
    let long = "x".repeat(101);
    for (method, path, body, field) in [
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": "password"}),
            "auth_method",
        ),
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": 1}),
            "auth_method",
        ),
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": null}),
            "auth_method",
        ),
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": "auth_token", "policy": "grp_1"}),
            "policy",
        ),
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": "auth_token", "groups": ["x"]}),
            "groups[0]",
        ),
        ("POST", "/groups", json!({}), "name"),
        ("POST", "/groups", json!({"name": ""}), "name"),
        ("POST", "/groups", json!({"name": long}), "name"),
        ("POST", "/groups", json!({"name": "a\u{0}b"}), "name"),
        (
            "POST",
            "/groups",
            json!({"name": "x", "description": "y".repeat(501)}),
            "description",
        ),
        ("PUT", "/groups/{group}", json!({"name": 5}), "name"),
        ("POST", "/policies", rate(json!(-1)), "rate.count"),
        ("POST", "/policies", rate(json!(1.5)), "rate.count"),
        ("POST", "/policies", rate(json!(0)), "rate"),
        (
            "POST",
            "/policies",
            json!({"name": "x", "rate": {"count": 1, "per": "year"}}),
            "rate.per",
        ),
        (
            "POST",
            "/policies",
            json!({"name": "x", "quota": {"count": 1}}),
            "quota.per",
        ),
        (
            "POST",
            "/policies",
            json!({"name": "x", "ip_rules": {"allow": ["10.0.0.0/33"]}}),
            "allow",
        ),
        (
            "POST",
            "/policies",
            json!({"name": "x", "ip_rules": {"also": []}}),
            "ip_rules.also",
        ),
        ("POST", "/collections", json!({}), "document"),
        (
            "POST",
            "/collections",
            json!({"document": "openapi: 2"}),
            "document",
        ),
        (
            "POST",
            "/collections",
            json!({"document": "a: [1"}),
            "document",
        ),
        (
            "PUT",
            "/collections/{collection}",
            json!({"upstream": "ftp://x"}),
            "upstream",
        ),
        (
            "PUT",
            "/collections/{collection}",
            json!({"slug": "moved"}),
            "slug",
        ),
        (
            "PUT",
            "/collections/{collection}",
            json!({"audience": {"groups": []}}),
            "audience",
        ),
        (
            "PUT",
            "/collections/{collection}",
            json!({"audience": "nobody"}),
            "audience",
        ),
        (
            "POST",
            "/access-requests/{request}/reject",
            json!({"note": "x".repeat(2001)}),
            "note",
        ),
        (
            "POST",
            "/access-requests/{request}/approve",
            json!({"expires_at": "soon"}),
            "expires_at",
        ),
        (
            "POST",
            "/grants/{grant}/revoke",
            json!({"reason": ""}),
            "reason",
        ),
        (
            "PUT",
            "/end-users/{user}/groups",
            json!({"groups": ["grp_00000000000000000000000000000001"]}),
            "groups",
        ),
        (
            "POST",
            "/end-users/{user}/holds",
            json!({"reason": 1}),
            "reason",
        ),
        (
            "POST",
            "/clients/{client}/credentials",
            json!({"name": " "}),
            "name",
        ),
        (
            "POST",
            "/clients/{client}/credentials",
            json!({"name": "n", "expires_at": "2020-01-01T00:00:00Z"}),
            "expires_at",
        ),
        (
            "POST",
            "/clients/{client}/credentials/{credential}/rotate",
            json!({"overlap_seconds": -1}),
            "overlap_seconds",
        ),
        (
            "POST",
            "/clients/{client}/credentials/{credential}/rotate",
            json!({"overlap_seconds": 2_592_001}),
            "overlap_seconds",
        ),
    ] {
        let sent = call(method, &scene.fill(path))
            .by(&scene.world.admin)
            .json(&body);
        let problem = scene.world.send(sent).await.refused(422, "invalid");
        let error = &problem["errors"][0];
        assert_eq!(error["field"], field, "{method} {path} {body}: {problem}");
        for part in ["expected", "found"] {
            assert!(!error[part].as_str().unwrap().is_empty(), "{problem}");
        }
    }
    for (body, field) in [
        (json!({"collection": "billing"}), "reason"),
        (json!({"collection": "news", "reason": ""}), "reason"),
        (
            json!({"collection": "No Slug", "reason": "x"}),
            "collection",
        ),
    ] {
        let sent = call("POST", "/access-requests").by(&scene.dana).json(&body);
        let problem = scene.world.send(sent).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn unknown_and_wrong_query_parameters_are_named() {
    let scene = Scene::new().await;
    for (path, field) in [
        ("/access-requests?state=pending", "state"),
        ("/access-requests?status=open", "status"),
        ("/access-requests?client=me", "client"),
        ("/access-requests?limit=many", "limit"),
        ("/access-requests?limit=-1", "limit"),
        ("/access-requests?status=pending&status=approved", "status"),
        ("/grants?owner=me", "owner"),
        ("/end-users?usable=maybe", "usable"),
        ("/end-users?name=x", "name"),
        ("/clients?q=x", "q"),
        ("/audit-events?actor=x", "actor"),
        ("/groups?q=x", "q"),
        ("/policies?name=x", "name"),
        ("/collections?publication=draft", "publication"),
        ("/idp-connections?state=active", "state"),
        ("/clients/{client}/credentials?usable=true", "usable"),
        ("/end-users/{user}/holds?source=admin", "source"),
    ] {
        let answer = scene.world.get(&scene.fill(path)).await;
        let problem = answer.refused(400, "invalid_query");
        assert_eq!(problem["errors"][0]["field"], field, "{path}: {problem}");
    }
    let sent = call("GET", "/discover?access=all").by(&scene.dana);
    let problem = scene.world.send(sent).await.refused(400, "invalid_query");
    assert_eq!(problem["errors"][0]["field"], "access");
    for list in [
        "access-requests",
        "grants",
        "end-users",
        "clients",
        "audit-events",
    ] {
        for bad in ["x", "1", "usr_00000000000000000000000000000001", ""] {
            let answer = scene.world.get(&format!("/{list}?after={bad}")).await;
            answer.refused(400, "invalid_cursor");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read() {
    let scene = Scene::new().await;
    let long = |bytes: usize| json!({"name": "x".repeat(bytes)});
    for (method, path, limit) in [
        ("PUT", "/jit-settings", 64 * 1024),
        ("POST", "/groups", 64 * 1024),
        ("POST", "/clients/{client}/credentials", 64 * 1024),
        ("POST", "/collections", 3 * 1024 * 1024),
        ("POST", "/idp-connections", 3 * 1024 * 1024),
    ] {
        let path = scene.fill(path);
        let sent = call(method, &path)
            .by(&scene.world.admin)
            .json(&long(limit));
        scene.world.send(sent).await.refused(413, "body_too_large");
        let sent = call(method, &path)
            .by(&scene.world.admin)
            .json(&long(limit - 100));
        scene.world.send(sent).await.refused(422, "invalid");
    }
}
