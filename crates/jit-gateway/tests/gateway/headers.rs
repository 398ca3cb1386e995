//! What may not go through: secrets, cookies, claims of who calls, and what is meant for one connection.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use http::HeaderName;
use jit_domain::clients::IpNetwork;
use jit_gateway::RequestId;

use crate::scene::Scene;

/// R26: the upstream hears from us who calls, and from nobody else.
#[tokio::test]
async fn a_caller_cannot_claim_to_be_somebody_else() {
    let world = Scene::new().await.open().await;
    let mut request = world.request("/gateway/orders/v1/a");
    let spoofed = [
        "x-client-id",
        "x-end-user-id",
        "x-collection",
        "x-request-id",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "x-forwarded-prefix",
        "x-forwarded-user",
        "forwarded",
        "x-real-ip",
        "x-original-url",
        "x-rewrite-url",
        "x_client_id",
        "x-client_id",
        "x_end_user_id",
        "x_forwarded_for",
        "x_request_id",
        "cookie",
    ];
    for name in spoofed {
        let name = HeaderName::from_static(name);
        request
            .headers_mut()
            .append(&name, "spoofed".parse().unwrap());
        request
            .headers_mut()
            .append(&name, "twice".parse().unwrap());
    }
    request
        .extensions_mut()
        .insert(RequestId("abc".parse().unwrap()));
    let answer = world.send(request).await;
    assert_eq!(answer.header("x-request-id"), Some("abc"));

    let seen = world.scene.upstream.only();
    for (name, value) in &seen.headers {
        assert!(value != "spoofed" && value != "twice", "{name}");
    }
    let said = |name: &str| {
        assert_eq!(seen.headers.get_all(name).iter().count(), 1, "{name}");
        seen.headers[name].to_str().unwrap().to_owned()
    };
    assert_eq!(said("x-client-id"), world.scene.client.id.to_string());
    assert_eq!(said("x-end-user-id"), world.scene.user.id.to_string());
    assert_eq!(said("x-collection"), "orders");
    assert_eq!(said("x-request-id"), "abc");
    assert_eq!(said("x-forwarded-for"), "192.0.2.1");
    assert_eq!(said("x-forwarded-proto"), "http");
    assert_eq!(said("x-forwarded-host"), "portal.example");
    assert_eq!(
        said("host"),
        world.scene.upstream.url.replace("http://", "")
    );
    assert_eq!(said("via"), "1.1 jit-gateway");
}

#[tokio::test]
async fn a_trusted_proxy_speaks_for_its_caller() {
    let mut scene = Scene::new().await;
    let proxies = IpNetwork::parse("trusted", "10.0.0.0/8").unwrap();
    scene.config.trusted_proxies = vec![proxies];
    let world = scene.open().await;
    let mut request = world.request("/gateway/orders/v1/a");
    let peer = SocketAddr::from(([10, 0, 0, 1], 4000));
    request.extensions_mut().insert(ConnectInfo(peer));
    for (name, value) in [
        ("x-forwarded-for", "198.51.100.1, 203.0.113.7"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "api.example"),
    ] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    world.send(request).await;
    let seen = world.scene.upstream.only();
    assert_eq!(seen.headers["x-forwarded-for"], "203.0.113.7");
    assert_eq!(seen.headers["x-forwarded-proto"], "https");
    assert_eq!(seen.headers["x-forwarded-host"], "api.example");
}

/// RFC 9110 section 7.6.1.
#[tokio::test]
async fn headers_of_one_connection_stay_on_it() {
    let world = Scene::new().await.open().await;
    let mut request = world.request("/gateway/orders/v1/a");
    for (name, value) in [
        ("connection", "keep-alive, X-Hop, x-client-id, Upgrade"),
        ("keep-alive", "timeout=5"),
        ("x-hop", "x"),
        ("te", "trailers"),
        ("trailer", "x-client-id"),
        ("upgrade", "websocket"),
        ("proxy-authorization", "Basic x"),
        ("proxy-connection", "keep-alive"),
        ("expect", "100-continue"),
    ] {
        request.headers_mut().append(name, value.parse().unwrap());
    }
    let upstream = &world.scene.upstream;
    upstream.say("connection", "x-hop-back");
    upstream.say("x-hop-back", "x");
    upstream.say("keep-alive", "timeout=5");
    upstream.say("proxy-authenticate", "Basic");
    let answer = world.send(request).await;
    let seen = upstream.only();
    for name in [
        "connection",
        "keep-alive",
        "x-hop",
        "te",
        "trailer",
        "upgrade",
        "proxy-authorization",
        "proxy-connection",
        "expect",
    ] {
        assert!(!seen.headers.contains_key(name), "{name}");
    }
    assert!(
        seen.headers.contains_key("x-client-id"),
        "nobody can have it removed"
    );
    for name in [
        "connection",
        "x-hop-back",
        "keep-alive",
        "proxy-authenticate",
    ] {
        assert_eq!(answer.header(name), None, "{name}");
    }
}

/// What an upstream answers has the portal's host name, and must get no rights from it.
#[tokio::test]
async fn an_upstream_has_no_rights_in_the_origin_of_the_portal() {
    let world = Scene::new().await.open().await;
    let upstream = &world.scene.upstream;
    let of_the_origin = [
        "set-cookie",
        "clear-site-data",
        "strict-transport-security",
        "alt-svc",
        "nel",
        "report-to",
        "service-worker-allowed",
    ];
    for name in of_the_origin {
        upstream.say(name, "x");
    }
    upstream.say("content-security-policy", "default-src *");
    upstream.say("content-type", "text/html");
    let answer = world.get("/gateway/orders/v1/a").await;
    for name in of_the_origin {
        assert_eq!(answer.header(name), None, "{name}");
    }
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let policies: Vec<_> = answer
        .parts
        .headers
        .get_all("content-security-policy")
        .iter()
        .collect();
    assert_eq!(policies, ["sandbox; default-src 'none'"]);
}

#[tokio::test]
async fn an_origin_of_its_own_leaves_the_upstream_its_policy() {
    let mut scene = Scene::new().await;
    scene.config.has_own_origin = true;
    let world = scene.open().await;
    world
        .scene
        .upstream
        .say("content-security-policy", "default-src *");
    world.scene.upstream.say("set-cookie", "x");
    let answer = world.get("/gateway/orders/v1/a").await;
    assert_eq!(
        answer.header("content-security-policy"),
        Some("default-src *")
    );
    assert_eq!(answer.header("x-content-type-options"), None);
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn an_authorization_that_is_not_ours_goes_on() {
    let world = Scene::new().await.open().await;
    let mut request = world.request("/gateway/orders/v1/a");
    let theirs = "Digest username=\"x\"";
    request
        .headers_mut()
        .insert("authorization", theirs.parse().unwrap());
    world.send(request).await;
    assert_eq!(world.scene.upstream.only().headers["authorization"], theirs);
}

/// RFC 9112 section 6.1: where two lengths are stated, the body goes on with its own.
#[tokio::test]
async fn a_stated_length_beside_a_transfer_coding_is_not_believed() {
    let world = Scene::new().await.open().await;
    let mut request = world.request("/gateway/orders/v1/a");
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = "hello".into();
    for (name, value) in [("transfer-encoding", "chunked"), ("content-length", "3")] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    world.send(request).await;
    assert_eq!(world.scene.upstream.only().body, "hello");
}
