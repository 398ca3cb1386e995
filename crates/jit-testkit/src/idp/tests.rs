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
    let form = parameters(&[
        ("SAMLRequest", &deflated(REQUEST)),
        ("RelayState", "r\"1"),
        ("person", person),
    ]);
    let request = Request::post("/demo-idp/sso")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form));
    app().oneshot(request.unwrap()).await.unwrap()
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
    assert!(page.contains("name=\"RelayState\" value=\"r&quot;1\""));
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
    assert!(page.contains("id=\"continue\""));
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    assert!(page.contains(&format!("<script nonce=\"{nonce}\">")));

    let field = page
        .split("name=\"SAMLResponse\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let xml = String::from_utf8(STANDARD.decode(field).unwrap()).unwrap();
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

#[test]
fn every_person_gets_the_attributes_that_they_have() {
    let idp = idp();
    let xml = |person: &Person| idp.response(person, DateTime::UNIX_EPOCH).xml(Sign::Both);
    assert!(xml(&dana()).contains(">engineering</saml:AttributeValue>"));
    assert!(!xml(&dana().without_groups()).contains("Name=\"groups\""));
    let nobody = xml(&dana().with_groups([]));
    assert!(nobody.contains("Name=\"groups\"") && !nobody.contains("engineering"));
    assert!(xml(&dana().with_persistent_id("4711")).contains("nameid-format:persistent\">4711<"));
}
