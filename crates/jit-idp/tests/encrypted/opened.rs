//! What honest providers send.

use jit_testkit::idp::Sign;

use crate::{
    encryption::{Aes128Cbc, Aes256Gcm, Content, Encryption, Transport, key_info, wrapped},
    world::{OURS, assert_dana, encrypted, response, service, to_us, verified},
};

#[test]
fn every_cipher_and_every_key_transport_is_understood() {
    for content in Content::ALL {
        for transport in Transport::ALL {
            let encryption = Encryption {
                content,
                transport,
                ..to_us()
            };
            assert_dana(&encrypted(Sign::Response, |it| encryption.assertion(it)));
        }
    }
}

#[test]
fn the_signature_may_be_inside_outside_or_both() {
    for sign in [Sign::Assertion, Sign::Response, Sign::Both] {
        assert_dana(&encrypted(sign, |it| to_us().assertion(it)));
    }
    let cbc = Encryption {
        content: Aes128Cbc,
        ..to_us()
    };
    assert_dana(&encrypted(Sign::Both, |it| cbc.assertion(it)));
}

#[test]
fn without_a_signature_inside_or_outside_it_is_unsigned() {
    let field = encrypted(Sign::Nothing, |it| to_us().assertion(it));
    assert_eq!(verified(&field), Err("unsigned"));
}

#[test]
fn the_key_may_stand_beside_the_content_as_okta_writes_it() {
    let field = encrypted(Sign::Assertion, |it| {
        let (data, key) = to_us().parts(it.as_bytes());
        let named = key.replacen("EncryptedKey ", "EncryptedKey Id=\"_key\" ", 1);
        let retrieval = "<ds:RetrievalMethod Type=\"http://www.w3.org/2001/04/xmlenc#EncryptedKey\" URI=\"#_key\"></ds:RetrievalMethod>";
        wrapped("EncryptedAssertion", &data, &key_info(retrieval), &named)
    });
    assert_dana(&field);
    let without_key_info = encrypted(Sign::Assertion, |it| {
        let (data, key) = to_us().parts(it.as_bytes());
        wrapped("EncryptedAssertion", &data, "", &key)
    });
    assert_dana(&without_key_info);
}

#[test]
fn the_key_before_the_current_one_still_opens() {
    let former = Encryption {
        to: &OURS[1].certificate,
        ..to_us()
    };
    assert_dana(&encrypted(Sign::Assertion, |it| former.assertion(it)));
}

#[test]
fn keys_for_others_do_not_disturb() {
    let field = encrypted(Sign::Assertion, |it| {
        let (data, key) = to_us().parts(it.as_bytes());
        let for_nobody = to_us().key_for(&[7; 32], "");
        let for_another = key.replace("rsa-oaep-mgf1p", "rsa-1_5").replacen(
            "EncryptedKey ",
            "EncryptedKey Recipient=\"https://else\" ",
            1,
        );
        let us = format!("EncryptedKey Recipient=\"{}\" ", service().entity_id);
        let for_us = key.replacen("EncryptedKey ", &us, 1);
        let keys = format!("{for_nobody}{for_another}{for_us}");
        wrapped("EncryptedAssertion", &data, &key_info(&keys), "")
    });
    assert_dana(&field);
}

/// The plaintext of some providers is the piece of their document, declarations of namespaces left outside.
#[test]
fn namespaces_of_the_place_count_inside() {
    let outside = |it: &str| {
        let xmlns = " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"";
        assert!(it.contains(xmlns));
        to_us().assertion(&it.replacen(xmlns, "", 1))
    };
    assert_dana(&encrypted(Sign::Assertion, outside));
}

#[test]
fn dialects_are_understood_inside_as_well() {
    let typed = response()
        .typed_values()
        .attributes_first()
        .edit_response(|xml| {
            let assertion = crate::world::assertion_of(&xml).to_owned();
            xml.replace(&assertion, &to_us().assertion(&assertion))
        });
    assert_eq!(to_us().content, Aes256Gcm);
    assert_dana(&typed.sign(Sign::Both));
}
