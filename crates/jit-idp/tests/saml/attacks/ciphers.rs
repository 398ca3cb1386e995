//! Encrypted elements of another shape or by another method, and such as were changed on their way.

use jit_testkit::idp::{
    ContentCipher, Encryption, IdpKey, KeyPlace, KeyTransport, ResponseBuilder, Sign,
};

use super::{Attack, changed, signed};
use crate::world::{between, our_public_key, quoted, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = methods();
    attacks.extend(shapes());
    attacks
}

fn encrypted() -> ResponseBuilder<'static> {
    response().encrypt_to(our_public_key())
}

fn with(encryption: Encryption) -> ResponseBuilder<'static> {
    response().encrypt_to(encryption)
}

fn ours() -> Encryption {
    Encryption::to(our_public_key())
}

fn methods() -> Vec<Attack> {
    let attack = |name: &str, reason, response: ResponseBuilder<'_>, sign| {
        signed(format!("encrypted: {name}"), reason, &response, sign)
    };
    let named = |from: &'static str, to: &'static str| {
        encrypted().edit_response(move |xml| {
            assert!(xml.contains(from), "{from}");
            xml.replacen(from, to, 1)
        })
    };
    let mut attacks: Vec<_> = [ContentCipher::Aes128Cbc, ContentCipher::Aes256Cbc]
        .into_iter()
        .flat_map(|cipher| {
            // Its padding tells strangers what it hides, unless they cannot change it.
            [Sign::Assertion, Sign::Nothing].map(|sign| {
                let name = format!("{cipher:?} with {sign:?} signed");
                attack(&name, "cbc_unsigned", with(ours().cipher(cipher)), sign)
            })
        })
        .collect();
    attacks.extend([
        attack(
            "RSA 1.5",
            "key_transport_refused",
            with(ours().transport(KeyTransport::Pkcs1V15)),
            Sign::Both,
        ),
        attack(
            "RSA 1.5 beside",
            "key_transport_refused",
            with(
                ours()
                    .transport(KeyTransport::Pkcs1V15)
                    .key_place(KeyPlace::Beside),
            ),
            Sign::Assertion,
        ),
        attack(
            "Triple DES",
            "cipher_refused",
            named(
                "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
            ),
            Sign::Both,
        ),
        attack(
            "GCM that is said to be CBC",
            "decryption_failed",
            named(
                "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
            ),
            Sign::Both,
        ),
        attack(
            "GCM that is said to be CBC, response unsigned",
            "cbc_unsigned",
            named(
                "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
            ),
            Sign::Assertion,
        ),
        attack(
            "a key of another length",
            "decryption_failed",
            named("aes256-gcm", "aes128-gcm"),
            Sign::Both,
        ),
        attack(
            "a digest by MD5 in the key transport",
            "key_transport_refused",
            named(
                "http://www.w3.org/2000/09/xmldsig#sha1",
                "http://www.w3.org/2001/04/xmldsig-more#md5",
            ),
            Sign::Both,
        ),
        attack(
            "another mask than digest",
            "key_transport_refused",
            named(
                "http://www.w3.org/2000/09/xmldsig#sha1",
                "http://www.w3.org/2001/04/xmlenc#sha256",
            ),
            Sign::Both,
        ),
        attack(
            "to somebody else",
            "decryption_failed",
            response().encrypt_to(IdpKey::rsa().certificate_der()),
            Sign::Both,
        ),
    ]);
    attacks
}

fn shapes() -> Vec<Attack> {
    let value = |which: usize, change: fn(&str) -> String| {
        move |xml: String| {
            let (at, start) = xml.match_indices("<xenc:CipherValue>").nth(which).unwrap();
            let at = at + start.len();
            let length = xml[at..].find('<').unwrap();
            format!(
                "{}{}{}",
                &xml[..at],
                change(&xml[at..at + length]),
                &xml[at + length..]
            )
        }
    };
    let attack = |name: &str, reason, change: &dyn Fn(String) -> String| {
        let name = format!("encrypted: {name}");
        let xml = change(with(ours().key_place(KeyPlace::Inside)).xml(Sign::Assertion));
        changed(name, reason, Sign::Nothing, move |_| xml.clone())
    };
    let first_octet = |text: &str| {
        format!(
            "{}{}",
            if text.starts_with('A') { 'B' } else { 'A' },
            &text[1..]
        )
    };
    let replaced = |from: &'static str, to: &'static str| {
        move |xml: String| {
            assert!(xml.contains(from), "{from}");
            xml.replacen(from, to, 1)
        }
    };
    let without = |start: &'static str, end: &'static str| {
        move |xml: String| xml.replacen(between(&xml, start, end), "", 1)
    };
    let beside = |from: &'static str, to: &'static str| {
        let xml = with(ours().key_place(KeyPlace::Beside)).xml(Sign::Assertion);
        let at = quoted(&xml, from).to_owned();
        xml.replacen(&at, to, 1)
    };
    let (elsewhere, far) = (
        beside("URI", " URI=\"#_other\""),
        beside("URI", " URI=\"http://127.0.0.1/\""),
    );
    vec![
        attack(
            "a changed vector",
            "decryption_failed",
            &value(1, first_octet),
        ),
        attack("a changed key", "decryption_failed", &value(0, first_octet)),
        attack(
            "a shortened text",
            "decryption_failed",
            &value(1, |text| text[..64].to_owned()),
        ),
        attack("no text", "decryption_failed", &value(1, |_| String::new())),
        attack(
            "a text that is not base64",
            "encryption_malformed",
            &value(1, |text| format!("*{text}")),
        ),
        attack(
            "a shortened key",
            "decryption_failed",
            &value(0, |text| text[..64].to_owned()),
        ),
        attack(
            "no encrypted key",
            "encryption_malformed",
            &without("<xenc:EncryptedKey>", "</xenc:EncryptedKey>"),
        ),
        attack(
            "no data",
            "element_missing",
            &without("<xenc:EncryptedData ", "</xenc:EncryptedData>"),
        ),
        attack(
            "another type",
            "encryption_malformed",
            &replaced("xmlenc#Element", "xmlenc#Content"),
        ),
        attack(
            "a reference to a text elsewhere",
            "element_missing",
            &|xml: String| {
                let honest = between(&xml, "<xenc:CipherValue>", "</xenc:CipherValue>").to_owned();
                xml.replacen(
                    &honest,
                    "<xenc:CipherReference URI=\"file:///etc/passwd\"/>",
                    1,
                )
            },
        ),
        attack(
            "a label in the key transport",
            "encryption_malformed",
            &replaced(
                "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"></ds:DigestMethod></xenc:EncryptionMethod>",
                "<xenc:OAEPparams>AAAA</xenc:OAEPparams></xenc:EncryptionMethod>",
            ),
        ),
        attack("many keys", "encryption_malformed", &|xml: String| {
            let one = between(&xml, "<xenc:EncryptedKey>", "</xenc:EncryptedKey>").to_owned();
            xml.replacen(&one, &one.repeat(9), 1)
        }),
        attack(
            "a key for another recipient",
            "encryption_malformed",
            &replaced(
                "<xenc:EncryptedKey>",
                "<xenc:EncryptedKey Recipient=\"https://other.example\">",
            ),
        ),
        attack(
            "a key that is somewhere else",
            "encryption_malformed",
            &move |_| elsewhere.clone(),
        ),
        attack("a key at an address", "encryption_malformed", &move |_| {
            far.clone()
        }),
        attack(
            "an assertion inside that is not encrypted",
            "element_misplaced",
            &|xml: String| {
                let plain = response().xml(Sign::Assertion);
                let plain = between(&plain, "<saml:Assertion", "</saml:Assertion>").to_owned();
                xml.replacen(
                    "<xenc:EncryptedData ",
                    &format!("{plain}<xenc:EncryptedData "),
                    1,
                )
            },
        ),
        signed(
            "encrypted: a changed text in a signed response",
            "digest_mismatch",
            &encrypted().edit_signed(value(1, first_octet)),
            Sign::Both,
        ),
        signed(
            "encrypted: a name",
            "encrypted_unsupported",
            &response().edit_signed(|xml| {
                xml.replacen(
                    "<saml:Subject>",
                    "<saml:Subject><saml:EncryptedID></saml:EncryptedID>",
                    1,
                )
            }),
            Sign::Assertion,
        ),
        signed(
            "encrypted: an attribute",
            "encrypted_unsupported",
            &response().edit_assertion(|xml| {
                xml.replacen(
                    "<saml:AttributeStatement>",
                    "<saml:AttributeStatement><saml:EncryptedAttribute></saml:EncryptedAttribute>",
                    1,
                )
            }),
            Sign::Assertion,
        ),
    ]
}
