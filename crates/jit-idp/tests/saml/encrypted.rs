//! Encrypted messages.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_testkit::idp::{IdpKey, Sign};

use crate::world::{ATTACKER, assert_refused, between, response};

#[test]
fn an_encrypted_assertion_is_refused_by_name() {
    let key = IdpKey::rsa();
    let encrypted = response().encrypt_to(key.certificate_der());
    for sign in [Sign::Assertion, Sign::Response, Sign::Both] {
        assert_refused(&encrypted.sign(sign), "encrypted_unsupported");
    }
    let forged = response().xml(Sign::Nothing);
    let forged = between(&forged, "<saml:Assertion", "</saml:Assertion>")
        .replace("dana@example.com", ATTACKER);
    let beside = encrypted.xml(Sign::Nothing).replacen(
        "<saml:EncryptedAssertion",
        &format!("{forged}<saml:EncryptedAssertion"),
        1,
    );
    assert_refused(&STANDARD.encode(beside), "several_assertions");
    let id = response().edit_signed(|xml| {
        xml.replacen(
            "<saml:Subject>",
            "<saml:Subject><saml:EncryptedID></saml:EncryptedID>",
            1,
        )
    });
    assert_refused(&id.sign(Sign::Assertion), "encrypted_unsupported");
}
