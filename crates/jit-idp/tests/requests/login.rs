use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_domain::{
    connections::{Binding, IdpConnection, Switch},
    saml_keys::SamlKey,
    sessions::AuthnRequestId,
};
use jit_idp::{LoginRequest, Outgoing, SendError};
use roxmltree::Document;

use crate::world::{OURS, connection, inflated, is_ours, now, parameter, service};

const ID: &str = "_000102030405060708090a0b0c0d0e0f";

fn message(
    connection: &IdpConnection,
    keys: &[SamlKey],
    relay_state: Option<&str>,
) -> Result<Outgoing, SendError> {
    let request = LoginRequest {
        id: AuthnRequestId::parse(ID).unwrap(),
        issued_at: now(),
        connection,
        service: &service(),
        keys,
        relay_state,
    };
    request.message()
}

fn at(sso_url: &str, binding: Binding) -> IdpConnection {
    let mut connection = connection();
    let idp = connection.idp.as_mut().unwrap();
    sso_url.clone_into(&mut idp.sso_url);
    idp.sso_binding = binding;
    connection
}

fn url(connection: &IdpConnection, relay_state: Option<&str>) -> String {
    match message(connection, &OURS, relay_state).unwrap() {
        Outgoing::Redirect { url } => url,
        post @ Outgoing::Post { .. } => panic!("{post:?}"),
    }
}

#[test]
fn the_request_says_who_asks_and_where_the_answer_goes() {
    let url = url(&at("https://idp.example/sso", Binding::Redirect), None);
    let xml = inflated(&parameter(&url, "SAMLRequest").unwrap());
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    for (name, value) in [
        ("ID", ID),
        ("Version", "2.0"),
        ("IssueInstant", "2026-01-01T00:00:00Z"),
        ("Destination", "https://idp.example/sso"),
        (
            "ProtocolBinding",
            "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        ),
        (
            "AssertionConsumerServiceURL",
            "https://portal.example/sso/saml/a&b/acs",
        ),
    ] {
        assert_eq!(root.attribute(name), Some(value));
    }
    let children: Vec<_> = root
        .children()
        .map(|c| (c.tag_name().name(), c.text()))
        .collect();
    let issuer = "https://portal.example/sso/saml/a&b/metadata";
    assert_eq!(children, [("Issuer", Some(issuer))]);
    assert_eq!(parameter(&url, "Signature"), None);
}

#[test]
fn the_address_keeps_its_own_query_and_the_state_is_escaped() {
    let connection = at("https://idp.example/sso?idpid=1#top", Binding::Redirect);
    let url = url(&connection, Some("a b&c"));
    assert!(
        url.starts_with("https://idp.example/sso?idpid=1&SAMLRequest="),
        "{url}"
    );
    assert!(url.ends_with("&RelayState=a%20b%26c"), "{url}");
    let xml = inflated(&parameter(&url, "SAMLRequest").unwrap());
    assert!(xml.contains("Destination=\"https://idp.example/sso\""));
}

#[test]
fn requests_are_signed_if_the_connection_or_the_provider_wants_it() {
    let mut by_us = at("https://idp.example/sso?idpid=1", Binding::Redirect);
    by_us.saml.signed_requests = Switch::On;
    let mut by_them = at("https://idp.example/sso?idpid=1", Binding::Redirect);
    by_them.idp.as_mut().unwrap().wants_signed_requests = true;
    for connection in [by_us, by_them] {
        for state in [None, Some("a b")] {
            let url = url(&connection, state);
            let (_, signed) = url.split_once("idpid=1&").unwrap();
            let (signed, _) = signed.split_once("&Signature=").unwrap();
            assert!(is_ours(
                signed.as_bytes(),
                &parameter(&url, "Signature").unwrap()
            ));
            let names: Vec<_> = signed
                .split('&')
                .map(|p| p.split_once('=').unwrap().0)
                .collect();
            let expected: &[_] = match state {
                None => &["SAMLRequest", "SigAlg"],
                Some(_) => &["SAMLRequest", "RelayState", "SigAlg"],
            };
            assert_eq!(names, expected);
            let algorithm = parameter(&url, "SigAlg").unwrap();
            assert_eq!(
                algorithm,
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
            );
        }
        assert_eq!(message(&connection, &[], None), Err(SendError::NoKey));
    }
}

#[test]
fn a_form_carries_the_request_and_its_signature_inside() {
    let mut connection = at("https://idp.example/sso?idpid=1", Binding::Post);
    connection.saml.signed_requests = Switch::On;
    let Ok(Outgoing::Post { url, fields }) = message(&connection, &OURS, Some("a b")) else {
        panic!("no form")
    };
    assert_eq!(url, "https://idp.example/sso?idpid=1");
    let [("SAMLRequest", request), ("RelayState", state)] = fields.as_slice() else {
        panic!("{fields:?}")
    };
    assert_eq!(state, "a b");
    let xml = String::from_utf8(STANDARD.decode(request).unwrap()).unwrap();
    let document = Document::parse(&xml).unwrap();
    let names: Vec<_> = document
        .root_element()
        .children()
        .map(|c| c.tag_name().name())
        .collect();
    assert_eq!(names, ["Issuer", "Signature"]);

    let start = xml.find("<ds:Signature ").unwrap();
    let end = xml.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let element = format!("{}{}", &xml[..start], &xml[end..]);
    let digest = STANDARD.encode(digest::digest(&digest::SHA256, element.as_bytes()));
    assert!(xml.contains(&format!("<ds:DigestValue>{digest}</ds:DigestValue>")));
    let info = xml.find("<ds:SignedInfo").unwrap();
    let info = &xml[info..xml.find("<ds:SignatureValue>").unwrap()];
    let value = xml.split("SignatureValue>").nth(1).unwrap();
    let value = value.strip_suffix("</ds:").unwrap();
    assert!(is_ours(info.as_bytes(), value));
    assert!(info.contains(&format!("URI=\"#{ID}\"")));
    assert!(xml.contains(&OURS[0].certificate.base64_der));
}

#[test]
fn a_form_without_a_wish_for_signatures_has_none() {
    let connection = at("https://idp.example/sso", Binding::Post);
    let Ok(Outgoing::Post { fields, .. }) = message(&connection, &OURS, None) else {
        panic!("no form")
    };
    let [("SAMLRequest", request)] = fields.as_slice() else {
        panic!("{fields:?}")
    };
    let xml = String::from_utf8(STANDARD.decode(request).unwrap()).unwrap();
    assert!(!xml.contains("Signature"), "{xml}");
}

#[test]
fn nobody_is_asked_who_is_not_known() {
    let mut connection = connection();
    connection.idp = None;
    assert_eq!(
        message(&connection, &OURS, None),
        Err(SendError::ProviderUnknown)
    );
}
