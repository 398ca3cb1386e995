//! The same through the port that the portal uses.

use jit_domain::{
    connections::{IdpConnection, ServiceProvider, SigningCertificate},
    ports::AssertionVerifier,
    sessions::AuthnRequestId,
};
use jit_idp::{LoginRequest, Outgoing, SamlVerifier};
use jit_testkit::idp::{AuthnRequest, Sign};
use percent_encoding::percent_decode_str;

use crate::world::{IDP, OTHER_KEY, REQUEST, connection, minutes, now, response, service};

#[test]
fn our_addresses_are_those_of_the_connection() {
    assert_eq!(
        ServiceProvider::of(&connection(), "https://portal.example"),
        service()
    );
}

#[test]
fn a_provider_understands_what_it_is_asked() {
    let service = service();
    let request = LoginRequest {
        id: AuthnRequestId::parse(REQUEST).unwrap(),
        issued_at: now(),
        connection: &connection(),
        service: &service,
        keys: &[],
        relay_state: None,
    };
    let Ok(Outgoing::Redirect { url }) = request.message() else {
        panic!("{request:?}")
    };
    let sso_url = IDP.sso_url();
    let parameter = url
        .strip_prefix(&format!("{sso_url}?SAMLRequest="))
        .unwrap();
    let parameter = percent_decode_str(parameter).decode_utf8().unwrap();
    let asked = AuthnRequest::parse(&parameter, &sso_url).unwrap();
    assert_eq!(
        (asked.id.as_str(), asked.acs_url, asked.issuer),
        (REQUEST, service.acs_url, service.entity_id)
    );
}

#[test]
fn the_port_verifies_with_the_certificates_of_the_connection() {
    let verify = |connection: &_, field: &str| {
        SamlVerifier::new()
            .examine(connection, &service(), &[], field, now())
            .verdict
    };
    let field = response().sign(Sign::Both);
    let mut connection = connection();
    assert_eq!(
        verify(&connection, &field).unwrap().name_id,
        "dana@example.com"
    );

    let stranger = verify(&connection, &response().key(&OTHER_KEY).sign(Sign::Both)).unwrap_err();
    assert_eq!(stranger.code, "signature_invalid");

    let certificates = |connection: &mut IdpConnection, certificates: &[SigningCertificate]| {
        connection.idp.as_mut().unwrap().certificates = certificates.to_vec();
    };
    let usable = IDP.description().certificates.remove(0);
    let unusable = SigningCertificate {
        base64_der: "AAAA".into(),
        ..usable.clone()
    };
    certificates(&mut connection, std::slice::from_ref(&unusable));
    assert_eq!(
        verify(&connection, &field).unwrap_err().code,
        "no_usable_key"
    );
    certificates(&mut connection, &[unusable, usable]);
    assert!(
        verify(&connection, &field).is_ok(),
        "one unusable certificate does not spoil the other"
    );
    certificates(&mut connection, &[]);
    assert_eq!(
        verify(&connection, &field).unwrap_err().code,
        "no_usable_key"
    );
}

#[test]
fn the_skew_is_bounded() {
    let late = response()
        .not_on_or_after(now() - minutes(4))
        .sign(Sign::Both);
    let verify = |skew| {
        let verifier = SamlVerifier::new().with_skew(minutes(skew));
        verifier
            .examine(&connection(), &service(), &[], &late, now())
            .verdict
            .map_err(|refusal| refusal.code)
    };
    assert_eq!(verify(0).unwrap_err(), "expired");
    assert!(verify(5).is_ok());
    let later = response()
        .not_on_or_after(now() - minutes(6))
        .sign(Sign::Both);
    let verifier = SamlVerifier::new().with_skew(minutes(60));
    assert!(
        verifier
            .examine(&connection(), &service(), &[], &later, now())
            .verdict
            .is_err()
    );
}

#[test]
fn an_example_shows_what_the_real_one_would_say() {
    let field = response().sign(Sign::Assertion);
    let verifier = SamlVerifier::new();
    let real = verifier
        .examine(&connection(), &service(), &[], &field, now())
        .verdict
        .unwrap();
    let example = verifier.read_example(&field).unwrap().0;
    assert_eq!(example.attributes, real.attributes);
    assert_eq!(
        (example.name_id, example.issuer),
        (real.name_id, real.issuer)
    );
}
