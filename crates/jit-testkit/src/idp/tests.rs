mod logout;
mod messages;
mod signed_requests;

use std::{io::Write, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use flate2::{Compression, write::DeflateEncoder};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use roxmltree::Document;
use tower::ServiceExt;

use super::*;

const BASE: &str = "http://127.0.0.1/demo-idp";
const REQUEST: &str = "<p:AuthnRequest xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' ID='_r1' Version='2.0' \
     AssertionConsumerServiceURL='https://portal.example/acs'>\
     <Issuer xmlns='urn:oasis:names:tc:SAML:2.0:assertion'>https://portal.example/metadata</Issuer></p:AuthnRequest>";

fn dana() -> Person {
    Person::new("Dana <Reyes>", "dana@example.com").with_groups(["engineering"])
}

fn idp() -> Arc<IdentityProvider> {
    Arc::new(IdentityProvider::with_key(
        BASE,
        vec![dana()],
        IdpKey::ecdsa(),
    ))
}

fn app() -> Router {
    Router::new().nest("/demo-idp", idp().router(|| DateTime::UNIX_EPOCH))
}

fn deflated(xml: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(xml.as_bytes()).unwrap();
    STANDARD.encode(encoder.finish().unwrap())
}

fn parameters(parts: &[(&str, &str)]) -> String {
    let escape = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    parts.join("&")
}

async fn get(path: &str) -> Response<Body> {
    app()
        .oneshot(Request::get(path).body(Body::empty()).unwrap())
        .await
        .unwrap()
}

async fn login(request: &str) -> Response<Body> {
    get(&format!(
        "/demo-idp/sso?{}",
        parameters(&[("SAMLRequest", request), ("RelayState", "r\"1")])
    ))
    .await
}

async fn post(person: &str) -> Response<Body> {
    let query = parameters(&[("SAMLRequest", &deflated(REQUEST)), ("RelayState", "r\"1")]);
    send(
        app(),
        "/demo-idp/sso",
        &[("query", &query), ("person", person)],
    )
    .await
}

async fn send(app: Router, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(parameters(fields)));
    app.oneshot(request.unwrap()).await.unwrap()
}

/// The value of a hidden field.
fn field(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page.split(&start).nth(1).unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

fn policy(response: &Response<Body>) -> String {
    response.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap()
        .to_owned()
}

async fn text(response: Response<Body>) -> String {
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn the_login_page_offers_everybody_and_carries_the_request_on() {
    let response = login(&deflated(REQUEST)).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(policy(&response).contains("default-src 'none'"));
    let page = text(response).await;
    assert!(
        page.contains("Dana &lt;Reyes&gt;</span> <span>dana@example.com</span> <span>engineering")
    );
    assert!(page.contains("<strong>https://portal.example/metadata</strong>"));
    let query = parameters(&[("SAMLRequest", &deflated(REQUEST)), ("RelayState", "r\"1")]);
    assert_eq!(field(&page, "query"), query);
    assert!(page.contains("action=\"http://127.0.0.1/demo-idp/sso\""));
}

#[tokio::test]
async fn the_answer_goes_to_the_address_of_the_request_and_nowhere_else() {
    let response = post("dana@example.com").await;
    assert_eq!(response.status(), StatusCode::OK);
    let policy = policy(&response);
    assert!(
        policy.contains("form-action https://portal.example"),
        "{policy}"
    );
    let page = text(response).await;
    assert!(page.contains("action=\"https://portal.example/acs\""));
    assert!(page.contains("name=\"RelayState\" value=\"r&quot;1\""));
    assert!(page.contains("id=\"continue\""));
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    assert!(page.contains(&format!("<script nonce=\"{nonce}\">")));

    let xml = String::from_utf8(STANDARD.decode(field(&page, "SAMLResponse")).unwrap()).unwrap();
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("InResponseTo"), Some("_r1"));
    assert_eq!(
        root.attribute("Destination"),
        Some("https://portal.example/acs")
    );
    assert!(xml.contains(">https://portal.example/metadata</saml:Audience>"));
}

#[tokio::test]
async fn bad_requests_get_a_plain_page() {
    let swap = |from: &str, to: &str| deflated(&REQUEST.replace(from, to));
    for (request, why) in [
        (String::new(), "not deflated"),
        ("*".to_owned(), "not base64"),
        (STANDARD.encode("plain"), "not deflated"),
        ("A".repeat(20_000), "too long"),
        (deflated(&"<a/>".repeat(10_000)), "too long after inflating"),
        (deflated("<a"), "not XML"),
        (deflated("<!DOCTYPE a><a/>"), "not XML"),
        (deflated("<a/>"), "not an AuthnRequest"),
        (swap("ID='_r1'", ""), "no ID"),
        (
            swap("Version=", "Destination='https://other.example/' Version="),
            "another Destination",
        ),
        (
            swap("https://portal.example/acs", "javascript:alert(1)"),
            "no AssertionConsumerServiceURL",
        ),
        (
            swap("https://portal.example/acs", "https://a;script-src/acs"),
            "no AssertionConsumerServiceURL",
        ),
    ] {
        let response = login(&request).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{why}");
        let page = text(response).await;
        assert!(page.contains(why), "{why}: {page}");
    }
    assert_eq!(
        post("mallory@example.com").await.status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn metadata_and_style_are_served() {
    let page = text(get("/demo-idp/metadata").await).await;
    let document = Document::parse(&page).unwrap();
    assert_eq!(
        document.root_element().attribute("entityID"),
        Some("http://127.0.0.1/demo-idp/metadata")
    );
    assert_eq!(get("/demo-idp/style.css").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn requests_may_be_posted_too() {
    let posted = STANDARD.encode(REQUEST);
    let fields = [("SAMLRequest", posted.as_str()), ("RelayState", "r1")];
    let page = text(send(app(), "/demo-idp/sso", &fields).await).await;
    assert_eq!(field(&page, "SAMLRequest"), posted);
    let chosen = [fields[0], fields[1], ("person", "dana@example.com")];
    let page = text(send(app(), "/demo-idp/sso", &chosen).await).await;
    assert!(page.contains("action=\"https://portal.example/acs\""));
    assert_eq!(field(&page, "RelayState"), "r1");
}

/// SAML profiles 4.1.5.
#[tokio::test]
async fn a_login_may_start_here_if_the_service_is_known() {
    let service = Service::new(
        "https://portal.example/metadata",
        "https://portal.example/acs",
    );
    let idp = IdentityProvider::with_key(BASE, vec![dana()], IdpKey::ecdsa()).with_service(service);
    let idp = Arc::new(idp);
    let app = || {
        let idp = Arc::clone(&idp);
        Router::new().nest("/demo-idp", idp.router(|| DateTime::UNIX_EPOCH))
    };
    let at = |app: Router, query: &str| {
        let path = format!("/demo-idp/start?{query}");
        app.oneshot(Request::get(path).body(Body::empty()).unwrap())
    };
    let page = text(at(app(), "RelayState=%2Fhome").await.unwrap()).await;
    assert_eq!(field(&page, "service"), "https://portal.example/metadata");
    let started = at(app(), "RelayState=%2Fhome&person=dana%40example.com");
    let page = text(started.await.unwrap()).await;
    assert_eq!(field(&page, "RelayState"), "/home");
    let xml = STANDARD.decode(field(&page, "SAMLResponse")).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(!xml.contains("InResponseTo"));
    assert!(xml.contains("Recipient=\"https://portal.example/acs\""));
    assert_eq!(idp.sessions().len(), 1);
    let stranger = at(
        app(),
        "service=https%3A%2F%2Fother.example&person=dana%40example.com",
    );
    assert_eq!(stranger.await.unwrap().status(), StatusCode::BAD_REQUEST);
}
