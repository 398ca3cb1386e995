//! Every refusal: its status, code and headers; nothing arrives, nothing is consumed.

use axum::body::Body;
use chrono::Duration;
use http::Request;
use jit_domain::{
    catalogue::{Publication, Quota, QuotaPeriod},
    clients::{ClientState, IpNetwork, IpRules},
    people::HoldSource,
    settings::AuthMethod,
    tokens::{Secret, SecretKind},
};

use crate::scene::Scene;

type Prepare = fn(&mut Scene);
type Change = fn(&mut Request<Body>);

const CALL: Change = |_| {};
const NOTHING: Prepare = |_| {};

fn set(request: &mut Request<Body>, name: &'static str, value: &str) {
    request.headers_mut().insert(name, value.parse().unwrap());
}

fn go(request: &mut Request<Body>, path: &str) {
    *request.uri_mut() = path.parse().unwrap();
}

fn only_from_test_net_2() -> IpRules {
    IpRules {
        allow: vec![IpNetwork::parse("allow", "198.51.100.0/24").unwrap()],
        deny: vec![],
    }
}

/// R26, R27: each condition alone refuses, with its own status and code.
#[tokio::test]
async fn each_refusal_has_its_status_and_code_and_consumes_nothing() {
    let cases: Vec<(&str, u16, &str, Prepare, Change)> = vec![
        ("no secret", 401, "credential_missing", NOTHING, |r| {
            r.headers_mut().remove("api-token");
        }),
        ("a typing error", 401, "credential_invalid", NOTHING, |r| {
            set(r, "api-token", "jat_00000000000000000000000000000000x");
        }),
        (
            "an unknown secret",
            401,
            "credential_invalid",
            NOTHING,
            |r| {
                let unknown = Secret::new(SecretKind::AuthToken, [7; 20]);
                set(r, "api-token", unknown.reveal());
            },
        ),
        (
            "a secret of another kind",
            401,
            "credential_invalid",
            NOTHING,
            |r| {
                let session = Secret::new(SecretKind::Session, [7; 20]);
                set(r, "api-token", session.reveal());
            },
        ),
        ("two secrets", 401, "credential_invalid", NOTHING, |r| {
            set(r, "authorization", "Bearer something-else");
        }),
        (
            "revoked",
            401,
            "credential_invalid",
            |s| {
                s.credential.revoked_at = Some(s.make.now());
            },
            CALL,
        ),
        (
            "expired",
            401,
            "credential_invalid",
            |s| {
                s.credential.expires_at = Some(s.make.now() - Duration::days(1));
            },
            CALL,
        ),
        (
            "another method",
            401,
            "credential_invalid",
            |s| {
                s.client.method = AuthMethod::Jwt;
            },
            CALL,
        ),
        (
            "the credential's networks",
            403,
            "ip_denied",
            |s| {
                s.credential.ip_rules = only_from_test_net_2();
            },
            CALL,
        ),
        (
            "the policy's networks",
            403,
            "ip_denied",
            |s| {
                s.policy.ip_rules = only_from_test_net_2();
            },
            CALL,
        ),
        (
            "a spoofed address",
            403,
            "ip_denied",
            |s| {
                s.policy.ip_rules = only_from_test_net_2();
            },
            |r| set(r, "x-forwarded-for", "198.51.100.1"),
        ),
        (
            "a hold",
            403,
            "suspended",
            |s| {
                s.user.holds.push(s.make.hold(HoldSource::Admin));
            },
            CALL,
        ),
        (
            "a disabled client",
            403,
            "suspended",
            |s| {
                s.client.state = ClientState::Disabled;
            },
            CALL,
        ),
        ("never granted", 403, "no_grant", |s| s.grant = None, CALL),
        (
            "a grant that ended",
            403,
            "no_grant",
            |s| {
                let now = s.make.now();
                s.grant.as_mut().unwrap().expires_at = Some(now - Duration::days(1));
            },
            CALL,
        ),
        (
            "a grant that was revoked",
            403,
            "no_grant",
            |s| {
                s.grant = s.grant.as_ref().map(|grant| s.make.revoked(grant));
            },
            CALL,
        ),
        (
            "a draft",
            404,
            "unknown_path",
            |s| {
                s.collection.publication = Publication::Draft;
            },
            CALL,
        ),
        (
            "an invisible collection",
            404,
            "unknown_path",
            NOTHING,
            |r| {
                go(r, "/gateway/secrets/v1/a");
            },
        ),
        ("no such collection", 404, "unknown_path", NOTHING, |r| {
            go(r, "/gateway/nothing/v1/a");
        }),
        ("no such version", 404, "unknown_path", NOTHING, |r| {
            go(r, "/gateway/orders/v2/a");
        }),
        ("no version", 404, "unknown_path", NOTHING, |r| {
            go(r, "/gateway/orders");
        }),
        ("no collection", 404, "unknown_path", NOTHING, |r| {
            go(r, "/gateway/");
        }),
        ("a letter case", 404, "unknown_path", NOTHING, |r| {
            go(r, "/gateway/Orders/v1/a");
        }),
        ("a way out", 400, "bad_path", NOTHING, |r| {
            go(r, "/gateway/orders/v1/../../secrets/v1/a");
        }),
        ("a hidden way out", 400, "bad_path", NOTHING, |r| {
            go(r, "/gateway/orders/v1/%2e%2e%2fa");
        }),
        ("TRACE", 405, "method_not_allowed", NOTHING, |r| {
            *r.method_mut() = http::Method::TRACE;
        }),
        ("a long header", 431, "headers_too_large", NOTHING, |r| {
            set(r, "x-long", &"x".repeat(16 * 1024));
        }),
        ("many headers", 431, "headers_too_large", NOTHING, |r| {
            for name in ["x-a", "x-b", "x-c", "x-d", "x-e"] {
                set(r, name, &"x".repeat(15 * 1024));
            }
        }),
        ("a long target", 414, "target_too_long", NOTHING, |r| {
            go(r, &format!("/gateway/orders/v1/a?{}", "x".repeat(8 * 1024)));
        }),
        ("a long body", 413, "body_too_large", NOTHING, |r| {
            set(r, "content-length", "5242881");
        }),
    ];
    for (name, status, code, prepare, change) in cases {
        let mut scene = Scene::new().await;
        prepare(&mut scene);
        let world = scene.open().await;
        let mut request = world.request("/gateway/orders/v1/a");
        change(&mut request);
        let answer = world.send(request).await;
        assert_eq!(answer.parts.status, status, "{name}");
        assert_eq!(answer.code(), code, "{name}");
        assert_problem(&answer, status, name);
        assert_eq!(world.scene.upstream.seen().len(), 0, "{name}");
        assert_eq!(world.follower.snapshot().limits().entries(), 0, "{name}");
    }
}

fn assert_problem(answer: &crate::world::Answer, status: u16, name: &str) {
    let body = answer.json();
    assert_eq!(body["status"], status, "{name}");
    assert_eq!(body["type"], "about:blank", "{name}");
    assert!(
        body["title"].is_string() && body["detail"].is_string(),
        "{name}"
    );
    assert_eq!(
        body["request_id"].as_str(),
        answer.header("x-request-id"),
        "{name}"
    );
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{name}"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{name}");
    assert_eq!(
        answer.header("www-authenticate").is_some(),
        status == 401,
        "{name}"
    );
    assert_eq!(answer.header("allow").is_some(), status == 405, "{name}");
}

/// R27: nobody learns from an answer whether there is something that they may not see.
#[tokio::test]
async fn what_one_may_not_see_looks_like_what_is_not_there() {
    let world = Scene::new().await.open().await;
    let mut answers = Vec::new();
    for path in [
        "/gateway/secrets/v1/a",
        "/gateway/nothing/v1/a",
        "/gateway/secrets/v9/a",
    ] {
        let mut request = world.request(path);
        request
            .extensions_mut()
            .insert(jit_gateway::RequestId("one".parse().unwrap()));
        let answer = world.send(request).await;
        answers.push((answer.parts.status, answer.parts.headers, answer.body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

/// R27: a stranger gets one answer for every path.
#[tokio::test]
async fn a_stranger_learns_nothing_about_paths() {
    let world = Scene::new().await.open().await;
    for path in [
        "/gateway/orders/v1/a",
        "/gateway/secrets/v1/a",
        "/gateway/nothing/v1/a",
    ] {
        let mut request = world.request(path);
        request.headers_mut().remove("api-token");
        assert_eq!(world.send(request).await.code(), "credential_missing");
    }
}

/// R27: 429 says which limit, and when to come back.
#[tokio::test]
async fn a_full_rate_says_when_to_come_back() {
    let world = Scene::new().await.open().await;
    for _ in 0..10 {
        assert_eq!(world.outcome().await, "allowed");
    }
    let refused = world.get("/gateway/orders/v1/a").await;
    assert_eq!(
        (refused.parts.status.as_u16(), refused.code().as_str()),
        (429, "limit_reached")
    );
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("ratelimit"), Some("\"rate\";r=0;t=1"));
    assert_eq!(
        refused.header("ratelimit-policy"),
        Some("\"rate\";q=10;w=1")
    );
    assert_eq!(refused.json()["violated-policies"][0], "rate");
    assert_eq!(world.scene.upstream.seen().len(), 10);
    world.clock.advance(Duration::milliseconds(100));
    assert_eq!(world.outcome().await, "allowed");
    assert_eq!(world.outcome().await, "limit_reached");
}

/// R27: a quota says when its window ends; every limit of the policy is named.
#[tokio::test]
async fn a_full_quota_says_when_its_window_ends() {
    let mut scene = Scene::new().await;
    scene.policy.quota = Some(Quota {
        count: 2,
        per: QuotaPeriod::Day,
    });
    let world = scene.open().await;
    assert_eq!(world.outcome().await, "allowed");
    assert_eq!(world.outcome().await, "allowed");
    let refused = world.get("/gateway/orders/v1/a").await;
    // The fixed clock stands at some minutes after three.
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((20 * 3600..21 * 3600).contains(&wait), "{wait}");
    assert_eq!(
        refused.header("ratelimit"),
        Some(format!("\"quota\";r=0;t={wait}").as_str())
    );
    let policy = "\"rate\";q=10;w=1, \"quota\";q=2;w=86400";
    assert_eq!(refused.header("ratelimit-policy"), Some(policy));
}
