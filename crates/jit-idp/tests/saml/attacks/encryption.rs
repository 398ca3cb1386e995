//! Encryption proves nothing about who wrote something: everybody has our public key.

use jit_testkit::idp::{ResponseBuilder, Sign};

use super::{Attack, signed};
use crate::world::{ATTACKER, between, our_public_key, quoted, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = by_anybody();
    attacks.extend(plaintexts());
    attacks
}

fn encrypted() -> ResponseBuilder<'static> {
    response().encrypt_to(our_public_key())
}

/// Content that is not the provider's, well encrypted.
fn by_anybody() -> Vec<Attack> {
    let evil = |xml: String| xml.replace("dana@example.com", ATTACKER);
    let plain = response().xml(Sign::Nothing);
    let plain = evil(between(&plain, "<saml:Assertion", "</saml:Assertion>").to_owned());
    let around = plain.clone();
    let other = plain.replace(quoted(&plain, "ID"), " ID=\"_evil\"");
    let before = |evil: String| {
        move |xml: String| {
            xml.replacen(
                "<saml:EncryptedAssertion",
                &format!("{evil}<saml:EncryptedAssertion"),
                1,
            )
        }
    };
    let twice = |xml: String| {
        let one = between(
            &xml,
            "<saml:EncryptedAssertion",
            "</saml:EncryptedAssertion>",
        )
        .to_owned();
        xml.replacen(&one, &format!("{one}{one}"), 1)
    };
    let attack = |name: &str, reason, response: ResponseBuilder<'_>, sign| {
        signed(format!("encrypted: {name}"), reason, &response, sign)
    };
    vec![
        attack(
            "unsigned",
            "unsigned",
            encrypted().edit_assertion(evil),
            Sign::Nothing,
        ),
        attack(
            "changed before it was encrypted",
            "digest_mismatch",
            encrypted().edit_plaintext(evil),
            Sign::Assertion,
        ),
        attack(
            "signed by somebody else",
            "signature_invalid",
            encrypted().rolled_certificate(),
            Sign::Assertion,
        ),
        attack(
            "from another provider",
            "decryption_failed",
            encrypted().edit_assertion(|xml| {
                xml.replacen(
                    "https://idp.example/metadata",
                    "https://idp.example/other",
                    1,
                )
            }),
            Sign::Assertion,
        ),
        attack(
            "for another audience",
            "audience_mismatch",
            encrypted().wrong_audience(),
            Sign::Assertion,
        ),
        attack(
            "for another recipient",
            "recipient_mismatch",
            encrypted().wrong_recipient(),
            Sign::Both,
        ),
        attack("expired", "expired", encrypted().expired(), Sign::Both),
        attack(
            "unsolicited",
            "in_response_to_missing",
            encrypted().unsolicited(),
            Sign::Both,
        ),
        attack(
            "two of them",
            "several_assertions",
            encrypted().several_assertions(),
            Sign::Both,
        ),
        attack(
            "the same twice",
            "several_assertions",
            encrypted().edit_signed(twice),
            Sign::Assertion,
        ),
        attack(
            "beside a plain one",
            "several_assertions",
            encrypted().edit_signed(before(plain)),
            Sign::Assertion,
        ),
        attack(
            "beside a plain one with another ID",
            "several_assertions",
            encrypted().edit_signed(before(other)),
            Sign::Assertion,
        ),
        attack(
            "inside a plain one",
            "element_misplaced",
            encrypted().edit_signed(move |xml| {
                let one = between(
                    &xml,
                    "<saml:EncryptedAssertion",
                    "</saml:EncryptedAssertion>",
                )
                .to_owned();
                let outside =
                    around.replace("</saml:Assertion>", &format!("{one}</saml:Assertion>"));
                xml.replacen(&one, &outside, 1)
            }),
            Sign::Assertion,
        ),
        attack(
            "in another response, whose signature was taken away",
            "unsigned",
            encrypted().edit_signed(|xml| {
                xml.replacen(between(&xml, "<ds:Signature ", "</ds:Signature>"), "", 1)
            }),
            Sign::Response,
        ),
    ]
}

/// What comes out must be one assertion and nothing else.
fn plaintexts() -> Vec<Attack> {
    type Change = fn(String) -> String;
    let changes: [(&str, &str, Change); 15] = [
        ("nothing", "decryption_failed", |_| String::new()),
        ("text", "decryption_failed", |_| {
            "dana@example.com".to_owned()
        }),
        ("another element", "decryption_failed", |_| {
            "<x></x>".to_owned()
        }),
        ("an assertion of no namespace", "decryption_failed", |_| {
            "<Assertion></Assertion>".to_owned()
        }),
        ("two assertions", "decryption_failed", |xml| {
            format!("{xml}{xml}")
        }),
        ("text beside it", "decryption_failed", |xml| {
            format!("{xml} ")
        }),
        ("a comment beside it", "decryption_failed", |xml| {
            format!("<!-- -->{xml}")
        }),
        ("a comment in the name", "decryption_failed", |xml| {
            xml.replacen("@example.com", "<!-- -->@example.com", 1)
        }),
        ("a document type", "decryption_failed", |xml| {
            format!("<!DOCTYPE a [<!ENTITY e \"e\">]>{xml}")
        }),
        ("an XML declaration", "decryption_failed", |xml| {
            format!("<?xml version=\"1.0\"?>{xml}")
        }),
        (
            "tags that close what is around it",
            "decryption_failed",
            |xml| format!("</e><e>{xml}"),
        ),
        (
            "tags that close everything around it",
            "decryption_failed",
            |xml| format!("{xml}</e></e>"),
        ),
        ("a response", "decryption_failed", |_| {
            response().xml(Sign::Both)
        }),
        ("an unfinished tag", "decryption_failed", |mut xml| {
            xml.truncate(xml.len() - 3);
            xml
        }),
        (
            "an assertion around the signed one",
            "element_misplaced",
            |xml| {
                let signature = between(&xml, "<ds:Signature ", "</ds:Signature>");
                let evil = xml
                    .replace(signature, "")
                    .replace("dana@example.com", ATTACKER);
                let evil = evil.replace(quoted(&evil, "ID"), " ID=\"_evil\"");
                evil.replace("</saml:Assertion>", &format!("{xml}</saml:Assertion>"))
            },
        ),
    ];
    let mut attacks: Vec<_> = changes
        .into_iter()
        .map(|(name, reason, change)| {
            let name = format!("encrypted: {name} inside");
            signed(
                name,
                reason,
                &encrypted().edit_plaintext(change),
                Sign::Assertion,
            )
        })
        .collect();
    let twin = encrypted()
        .assertion_id("_same")
        .edit_response(|xml| xml.replacen(quoted(&xml, "ID"), " ID=\"_same\"", 1));
    let outside = encrypted().assertion_id("_same").edit_response(|xml| {
        xml.replacen(
            "<xenc:EncryptedData ",
            "<xenc:EncryptedData Id=\"_same\" ",
            1,
        )
    });
    attacks.extend([
        signed(
            "encrypted: the ID of the response inside",
            "duplicate_id",
            &twin,
            Sign::Assertion,
        ),
        signed(
            "encrypted: the ID of the encrypted data inside",
            "duplicate_id",
            &outside,
            Sign::Assertion,
        ),
    ]);
    attacks
}
