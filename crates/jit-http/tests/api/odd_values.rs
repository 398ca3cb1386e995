//! Whatever is sent, the answer is a decision and never an inner error.

use serde_json::{Value, json};

use crate::{
    client::call,
    table::{Scene, rows},
};

/// Fields that the bodies of the table leave out.
const OPTIONAL: [&str; 24] = [
    "policy",
    "groups",
    "description",
    "rate",
    "quota",
    "ip_rules",
    "slug",
    "api_version",
    "summary",
    "owner",
    "tags",
    "upstream",
    "audience",
    "state",
    "metadata_url",
    "entity_id",
    "sso_url",
    "certificates",
    "attributes",
    "group_sync",
    "enforced_domains",
    "expires_at",
    "overlap_seconds",
    "note",
];

fn odd_values() -> Vec<Value> {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1.5e300),
        json!(""),
        json!("\u{0}"),
        json!("\u{202e}\u{1f600}' OR 1=1 --"),
        json!("{{7*7}}<script>"),
        json!("x".repeat(5_000)),
        json!("9999-12-31T23:59:60Z"),
        json!("+262142-12-31T23:59:59Z"),
        json!([]),
        json!([null, 1, "x", {}]),
        json!({}),
        json!({"groups": [], "count": 0, "per": "second", "state": "on", "rules": []}),
        deep,
    ]
}

#[tokio::test]
async fn no_value_makes_an_inner_error() {
    let scene = Scene::new().await;
    let mut sent = 0;
    for (method, path, body, allowed) in rows() {
        if method == "GET" || method == "DELETE" {
            continue;
        }
        let body = serde_json::from_str::<Value>(&scene.fill(&body.to_string())).unwrap();
        let body = body.as_object().cloned().unwrap_or_default();
        let own = body.keys().map(String::as_str);
        let fields: Vec<String> = own.chain(OPTIONAL).map(ToOwned::to_owned).collect();
        for field in fields {
            for value in odd_values() {
                let mut odd = body.clone();
                odd.insert(field.clone(), value);
                let by = if allowed[4] < 300 {
                    &scene.world.admin
                } else {
                    &scene.dana
                };
                let odd = Value::Object(odd);
                let call = call(method, &scene.fill(path)).by(by).json(&odd);
                let answer = scene.world.send(call).await;
                let status = answer.status.as_u16();
                assert!(status < 500, "{method} {path} {odd}: {}", answer.text);
                if status >= 400 {
                    let code = answer.json()["code"].as_str().unwrap().to_owned();
                    answer.refused(status, &code);
                }
                sent += 1;
            }
        }
    }
    assert!(sent > 10_000, "{sent}");
}
