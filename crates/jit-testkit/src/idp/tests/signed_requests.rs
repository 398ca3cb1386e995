//! A provider that wants requests signed takes no others.

use super::*;

fn service_key() -> &'static IdpKey {
    static KEY: std::sync::LazyLock<IdpKey> = std::sync::LazyLock::new(IdpKey::rsa);
    &KEY
}

fn strict() -> Router {
    let idp = IdentityProvider::with_key(BASE, vec![dana()], IdpKey::ecdsa());
    let idp = Arc::new(idp.require_signed_requests(service_key().certificate_der()));
    Router::new().nest("/demo-idp", idp.router(|| DateTime::UNIX_EPOCH))
}

/// The query of a signed redirect.
fn signed_query(key: &IdpKey) -> String {
    let address = redirect::address("", "SAMLRequest", REQUEST, Some("r/1"), Some((key, false)));
    address.trim_start_matches('?').to_owned()
}

async fn status(query: &str) -> StatusCode {
    let request = Request::get(format!("/demo-idp/sso?{query}"));
    let response = strict().oneshot(request.body(Body::empty()).unwrap());
    response.await.unwrap().status()
}

/// SAML bindings 3.4.4.1.
#[tokio::test]
async fn a_redirect_must_be_signed_over_the_octets_that_came() {
    let good = signed_query(service_key());
    assert_eq!(status(&good).await, StatusCode::OK);
    let unsigned = good.split("&SigAlg").next().unwrap();
    assert_eq!(status(unsigned).await, StatusCode::BAD_REQUEST);
    assert_eq!(
        status(&signed_query(&IdpKey::ecdsa())).await,
        StatusCode::BAD_REQUEST
    );
    for (from, to) in [
        ("r%2F1", "r%2f1"),
        ("r%2F1", "r%2F2"),
        ("rsa-sha256", "rsa-sha512"),
        ("&RelayState=r%2F1", ""),
        ("&RelayState=r%2F1", "&RelayState=r%2F1&RelayState=r%2F1"),
    ] {
        assert!(good.contains(from));
        let changed = status(&good.replacen(from, to, 1)).await;
        assert_eq!(changed, StatusCode::BAD_REQUEST, "{from} {to}");
    }
}

#[tokio::test]
async fn the_choice_of_a_person_does_not_get_around_the_signature() {
    let good = signed_query(service_key());
    let chosen = [("query", good.as_str()), ("person", "dana@example.com")];
    let response = send(strict(), "/demo-idp/sso", &chosen).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(text(response).await.contains("SAMLResponse"));
    let unsigned = good.split("&SigAlg").next().unwrap();
    let chosen = [("query", unsigned), ("person", "dana@example.com")];
    let response = send(strict(), "/demo-idp/sso", &chosen).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_posted_request_must_have_a_good_signature_inside() {
    let signing = |key| signing::Signing {
        key,
        style: dialect::Style::of(Dialect::Neutral),
        sha1: false,
        edit_signed_info: &|info| info,
        edit_signature: &|signature| signature,
    };
    // Not in canonical form: the provider has to bring it there.
    let request = REQUEST
        .replace("<Issuer", "<saml:Issuer")
        .replace("</Issuer", "</saml:Issuer");
    let request = request.replace("<saml:Issuer xmlns=", "<saml:Issuer xmlns:saml=");
    let canonical = {
        let document = Document::parse(&request).unwrap();
        c14n::canonical(document.root_element(), None)
    };
    let signed = |key| {
        let xml = signing(key).envelop(&canonical, "_r1");
        xml.replacen(" ID=\"_r1\"", "\n ID='_r1' ", 1)
    };
    let status = async |xml: &str| {
        let posted = STANDARD.encode(xml);
        let fields = [("SAMLRequest", posted.as_str())];
        send(strict(), "/demo-idp/sso", &fields).await.status()
    };
    let good = signed(service_key());
    assert!(!good.contains(" ID=\"_r1\""));
    assert_eq!(status(&good).await, StatusCode::OK);
    assert_eq!(status(&request).await, StatusCode::BAD_REQUEST);
    assert_eq!(
        status(&signed(&IdpKey::ecdsa())).await,
        StatusCode::BAD_REQUEST
    );
    let changed = good.replace("https://portal.example/acs", "https://evil.example/acs");
    assert_eq!(status(&changed).await, StatusCode::BAD_REQUEST);
    let elsewhere = good.replace("URI=\"#_r1\"", "URI=\"\"");
    assert_eq!(status(&elsewhere).await, StatusCode::BAD_REQUEST);
}

#[test]
fn metadata_says_that_requests_must_be_signed() {
    let idp = IdentityProvider::with_key(BASE, vec![], IdpKey::ecdsa());
    assert!(
        idp.metadata_xml()
            .contains("WantAuthnRequestsSigned=\"false\"")
    );
    let idp = idp.require_signed_requests(service_key().certificate_der());
    assert!(
        idp.metadata_xml()
            .contains("WantAuthnRequestsSigned=\"true\"")
    );
}
