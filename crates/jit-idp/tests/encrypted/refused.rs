//! What is refused by name, because whoever runs the provider can do something about it.

use jit_testkit::idp::{IdpKey, Sign};

use crate::{
    encryption::{Encryption, SHA256, Transport, XENC11, key_info, wrapped},
    world::{OURS, assertion_of, encrypted, examined, response, to_us, verified},
};

/// Changes the encrypted element as text.
#[track_caller]
fn assert_refused(edit: impl Fn(String) -> String + Send + Sync, code: &str) {
    for sign in [Sign::Assertion, Sign::Both] {
        let field = encrypted(sign, |it| edit(to_us().assertion(it)));
        assert_eq!(verified(&field), Err(code), "{sign:?}");
    }
}

#[test]
fn old_methods_are_refused_by_name() {
    let key = |uri: &'static str| {
        move |xml: String| xml.replace("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", uri)
    };
    assert_refused(
        key("http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
        "key_transport_refused",
    );
    assert_refused(
        key("http://www.w3.org/2001/04/xmlenc#kw-aes256"),
        "key_transport_refused",
    );
    let content = |uri: &'static str| {
        move |xml: String| xml.replace("http://www.w3.org/2009/xmlenc11#aes256-gcm", uri)
    };
    assert_refused(
        content("http://www.w3.org/2001/04/xmlenc#tripledes-cbc"),
        "cipher_refused",
    );
    assert_refused(content("urn:x"), "cipher_refused");
}

#[test]
fn a_digest_and_a_mask_of_two_kinds_are_refused() {
    let sha256 = |xml: String| xml.replace(crate::encryption::SHA1, SHA256);
    assert_refused(sha256, "key_transport_refused");
    // The mask of this older name is with SHA-1, whatever stands beside it.
    let with_a_mask = |xml: String| {
        let mask = format!(
            "</ds:DigestMethod><xenc11:MGF xmlns:xenc11=\"{XENC11}\" Algorithm=\"{XENC11}mgf1sha256\"></xenc11:MGF>"
        );
        sha256(xml).replace("</ds:DigestMethod>", &mask)
    };
    assert_refused(with_a_mask, "key_transport_refused");
    let mask = |xml: String| {
        let mgf = format!("{XENC11}mgf1sha256");
        assert!(xml.contains(&mgf));
        xml.replace(&mgf, &format!("{XENC11}mgf1sha1"))
    };
    let encryption = Encryption {
        transport: Transport::Oaep256,
        ..to_us()
    };
    let field = encrypted(Sign::Both, |it| mask(encryption.assertion(it)));
    assert_eq!(verified(&field), Err("key_transport_refused"));
}

#[test]
fn other_shapes_are_refused() {
    for (from, to, code) in [
        ("xenc:EncryptedData", "xenc:Data", "element_missing"),
        ("#Element\"", "#Content\"", "encryption_malformed"),
        (
            "<xenc:CipherValue>",
            "<xenc:CipherValue>*",
            "encryption_malformed",
        ),
        (
            "<xenc:CipherValue>",
            "<xenc:CipherValue><x></x>",
            "markup_in_value",
        ),
        (
            "xenc:CipherValue>",
            "xenc:CipherReference>",
            "element_missing",
        ),
        ("ds:KeyInfo", "ds:Info", "encryption_malformed"),
        (
            "<xenc:EncryptedKey",
            "<xenc:EncryptedKey Recipient=\"urn:x\"",
            "encryption_malformed",
        ),
    ] {
        assert_refused(move |xml| xml.replace(from, to), code);
    }
    let labelled = |xml: String| {
        let method = "</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>";
        let last = xml.rfind("</xenc:EncryptedKey>").unwrap();
        let at = xml[..last].rfind(method).unwrap();
        format!(
            "{}<xenc:OAEPparams>AAAA</xenc:OAEPparams>{}",
            &xml[..at],
            &xml[at..]
        )
    };
    assert_refused(labelled, "encryption_malformed");
}

#[test]
fn a_key_that_is_named_must_be_there() {
    let field = encrypted(Sign::Assertion, |it| {
        let (data, key) = to_us().parts(it.as_bytes());
        let retrieval = "<ds:RetrievalMethod URI=\"#_other\"></ds:RetrievalMethod>";
        wrapped("EncryptedAssertion", &data, &key_info(retrieval), &key)
    });
    assert_eq!(verified(&field), Err("encryption_malformed"));
}

#[test]
fn a_crowd_of_keys_is_refused_before_any_is_tried() {
    let field = encrypted(Sign::Assertion, |it| {
        let (data, key) = to_us().parts(it.as_bytes());
        wrapped("EncryptedAssertion", &data, &key_info(&key.repeat(5)), "")
    });
    assert_eq!(verified(&field), Err("encryption_malformed"));
}

#[test]
fn a_portal_without_a_key_says_so() {
    let field = encrypted(Sign::Both, |it| to_us().assertion(it));
    let refusal = examined(&field, &[]).verdict.unwrap_err();
    assert_eq!(refusal.code, "no_decryption_key");
    assert!(examined(&field, &OURS).verdict.is_ok());
}

#[test]
fn one_assertion_is_plain_or_encrypted_and_not_both() {
    let both = |it: &str| format!("{}{it}", to_us().assertion(it));
    assert_eq!(
        verified(&encrypted(Sign::Assertion, both)),
        Err("several_assertions")
    );
    let twice = |it: &str| to_us().assertion(it).repeat(2);
    assert_eq!(
        verified(&encrypted(Sign::Assertion, twice)),
        Err("several_assertions")
    );
    let hidden = |it: &str| {
        let encrypted = to_us().assertion(it);
        encrypted.replace("<ds:KeyInfo", &format!("{it}<ds:KeyInfo"))
    };
    assert_eq!(
        verified(&encrypted(Sign::Assertion, hidden)),
        Err("element_misplaced")
    );
}

#[test]
fn encrypted_parts_of_an_encrypted_assertion_are_refused_by_name() {
    let with_id = |it: &str| {
        let inner = "<saml:Subject><saml:EncryptedID></saml:EncryptedID>";
        to_us().assertion(&it.replace("<saml:Subject>", inner))
    };
    assert_eq!(
        verified(&encrypted(Sign::Response, with_id)),
        Err("encrypted_unsupported")
    );
    let nested = |it: &str| {
        let inner = to_us().assertion(it);
        to_us().assertion(&it.replace("<saml:Subject>", &format!("{inner}<saml:Subject>")))
    };
    assert_eq!(
        verified(&encrypted(Sign::Response, nested)),
        Err("element_misplaced")
    );
}

#[test]
fn an_id_counts_once_inside_and_outside() {
    let field = encrypted(Sign::Assertion, |it| {
        let id = it.split("ID=\"").nth(1).unwrap().split('"').next().unwrap();
        let named = format!("<xenc:EncryptedData Id=\"{id}\" ");
        to_us()
            .assertion(it)
            .replace("<xenc:EncryptedData ", &named)
    });
    assert_eq!(verified(&field), Err("duplicate_id"));
}

/// Anybody can encrypt to us. That makes nothing true.
#[test]
fn a_forged_assertion_is_forged_inside_as_well() {
    let forged = |it: &str| to_us().assertion(&it.replace("dana@", "root@"));
    for sign in [Sign::Assertion, Sign::Both] {
        assert_eq!(verified(&encrypted(sign, forged)), Err("digest_mismatch"));
    }
    let stranger = IdpKey::ecdsa();
    let by_a_stranger = response().key(&stranger).edit_response(|xml| {
        let assertion = assertion_of(&xml).to_owned();
        xml.replace(&assertion, &to_us().assertion(&assertion))
    });
    assert_eq!(
        verified(&by_a_stranger.sign(Sign::Assertion)),
        Err("signature_invalid")
    );
    let for_another = |it: &str| to_us().assertion(&it.replace("portal.example", "else.example"));
    assert_eq!(
        verified(&encrypted(Sign::Response, for_another)),
        Err("recipient_mismatch")
    );
}
