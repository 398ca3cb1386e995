//! What somebody learns who sends ciphertexts that are not theirs, or not as they were: nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_testkit::idp::{IdentityProvider, IdpKey, Person, Sign};

use crate::{
    encryption::{Aes128Cbc, Aes256Cbc, Aes256Gcm, Content, Encryption, key_info, wrapped},
    world::{encrypted, examined, now, our_key, service, to_us, verified},
};

const FAILED: Result<jit_domain::assertion::Assertion, &str> = Err("decryption_failed");

#[test]
fn cbc_is_not_opened_unless_the_response_is_signed() {
    for content in [Aes128Cbc, Aes256Cbc] {
        let cbc = Encryption { content, ..to_us() };
        for sign in [Sign::Assertion, Sign::Nothing] {
            let field = encrypted(sign, |it| cbc.assertion(it));
            assert_eq!(verified(&field), Err("cbc_unsigned"));
        }
    }
}

/// The signature comes first: a changed ciphertext is not even tried.
#[test]
fn a_changed_ciphertext_in_a_signed_response_is_refused_for_its_signature() {
    let cbc = Encryption {
        content: Aes256Cbc,
        ..to_us()
    };
    let field = encrypted(Sign::Response, |it| cbc.assertion(it));
    let xml = String::from_utf8(STANDARD.decode(field).unwrap()).unwrap();
    let changed = xml.replacen("<xenc:CipherValue>", "<xenc:CipherValue>AAAA", 1);
    let refused = examined(&STANDARD.encode(changed), &[our_key(1)]);
    assert_eq!(refused.verdict.unwrap_err().code, "digest_mismatch");
    assert!(refused.checks.iter().all(|it| it.check != "decryption"));
}

type Make<'a> = Box<dyn Fn(&str) -> String + Send + Sync + 'a>;

/// A provider that signs what it did not encrypt gets one answer, whatever is wrong with it.
#[test]
fn every_failure_with_a_secret_in_it_looks_the_same() {
    let mut texts = std::collections::HashSet::new();
    for content in Content::ALL {
        let encryption = Encryption { content, ..to_us() };
        let of = |plaintext: &[u8]| {
            let (data, key) = encryption.parts(plaintext);
            wrapped("EncryptedAssertion", &data, &key_info(&key), "")
        };
        let other = our_key(9);
        let to_another = Encryption {
            to: &other.certificate,
            ..encryption
        };
        let cut = |xml: String, count: usize| {
            let start = xml.rfind("<xenc:CipherValue>").unwrap() + "<xenc:CipherValue>".len();
            let end = start + xml[start..].find('<').unwrap();
            let kept = if count == 0 { start } else { end - count };
            format!("{}{}", &xml[..kept], &xml[end..])
        };
        let cases: Vec<Make<'_>> = vec![
            Box::new(|it| to_another.assertion(it)),
            Box::new(|it| cut(encryption.assertion(it), 0)),
            Box::new(|it| cut(encryption.assertion(it), 4)),
            Box::new(|it| cut(encryption.assertion(it), 64)),
            Box::new(|_| of(b"")),
            Box::new(|_| of(b"hello")),
            Box::new(|_| of(b"\xff\xfe")),
            Box::new(|_| of(b"<a/>")),
            Box::new(|it| of(format!("{it}{it}").as_bytes())),
            Box::new(|it| of(format!("x{it}").as_bytes())),
            Box::new(|it| of(format!("{it}<!-- -->").as_bytes())),
            Box::new(|it| of(format!("</e><e>{it}").as_bytes())),
            Box::new(|it| of(format!("{it}</e><e>").as_bytes())),
            Box::new(|it| of(format!("<!DOCTYPE a>{it}").as_bytes())),
            Box::new(|it| of(format!("<?xml version=\"1.0\"?>{it}").as_bytes())),
            Box::new(|it| of(format!("<x>{it}</x>").as_bytes())),
            Box::new(|it| of(it.replace("idp.example", "idp.other").as_bytes())),
            Box::new(|it| {
                of(it
                    .replace("<saml:Issuer>", "<saml:Issuer><a></a>")
                    .as_bytes())
            }),
            Box::new(|it| {
                of(it
                    .replace("SAML:2.0:assertion", "SAML:2.0:other")
                    .as_bytes())
            }),
        ];
        for (number, make) in cases.iter().enumerate() {
            let field = encrypted(Sign::Response, make);
            let refusal = examined(&field, &crate::world::OURS).verdict.unwrap_err();
            assert_eq!(refusal.code, "decryption_failed", "{content:?} {number}");
            texts.insert(refusal.to_string());
        }
    }
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[test]
fn a_key_of_another_length_than_the_cipher_wants_is_no_key() {
    let field = encrypted(Sign::Response, |it| {
        let (data, _) = to_us().parts(it.as_bytes());
        let short = to_us().key_for(&[7; 16], "");
        wrapped("EncryptedAssertion", &data, &key_info(&short), "")
    });
    assert_eq!(verified(&field), FAILED);
}

/// One provider of a workspace has got hold of what another one encrypted to us.
#[test]
fn what_another_provider_encrypted_is_not_shown_to_whoever_sends_it() {
    let victim = Person::new("Vera Victim", "vera@example.com");
    let other = IdentityProvider::with_key(
        "https://other.example",
        vec![victim.clone()],
        IdpKey::ecdsa(),
    );
    let theirs = other
        .response(&victim, now())
        .to(&service())
        .xml(Sign::Assertion);
    let theirs = crate::world::assertion_of(&theirs);
    for content in [Aes256Gcm, Aes256Cbc] {
        let encryption = Encryption { content, ..to_us() };
        let field = encrypted(Sign::Response, |_| encryption.assertion(theirs));
        let examined = examined(&field, &crate::world::OURS);
        assert_eq!(
            examined.verdict.clone().unwrap_err().code,
            "decryption_failed"
        );
        assert!(!format!("{examined:?}").contains("vera"), "{examined:?}");
        assert!(!format!("{examined:?}").contains("other.example"));
    }
}
