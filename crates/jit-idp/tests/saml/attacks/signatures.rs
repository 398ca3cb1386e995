//! Signatures that were taken away, adapted or doubled, and digests with something else inside.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_testkit::idp::Sign;

use super::{Attack, changed, replaced, signed};
use crate::world::{ATTACKER, between, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = stripped();
    attacks.extend(adapted());
    attacks.extend(doubled());
    attacks.extend(digests());
    attacks
}

fn stripped() -> Vec<Attack> {
    let mut attacks = vec![signed(
        "unsigned",
        "unsigned",
        &response().unsigned(),
        Sign::Usual,
    )];
    for sign in [Sign::Assertion, Sign::Response] {
        let without = |start: &'static str, end: &'static str| {
            move |xml: String| xml.replacen(between(&xml, start, end), "", 1)
        };
        attacks.extend([
            changed(
                format!("{sign:?}: the signature cut out"),
                "unsigned",
                sign,
                without("<ds:Signature ", "</ds:Signature>"),
            ),
            changed(
                format!("{sign:?}: no SignatureValue"),
                "signature_malformed",
                sign,
                without("<ds:SignatureValue>", "</ds:SignatureValue>"),
            ),
            changed(
                format!("{sign:?}: no SignedInfo"),
                "signature_malformed",
                sign,
                without("<ds:SignedInfo>", "</ds:SignedInfo>"),
            ),
            changed(
                format!("{sign:?}: no Reference"),
                "signature_malformed",
                sign,
                without("<ds:Reference ", "</ds:Reference>"),
            ),
            changed(
                format!("{sign:?}: an empty SignatureValue"),
                "signature_invalid",
                sign,
                |xml| {
                    let honest = between(&xml, "<ds:SignatureValue>", "</ds:SignatureValue>");
                    xml.replace(honest, "<ds:SignatureValue></ds:SignatureValue>")
                },
            ),
            changed(
                format!("{sign:?}: an element of another name"),
                "unsigned",
                sign,
                |xml| {
                    xml.replace("ds:Signature ", "ds:Sig ")
                        .replace("/ds:Signature>", "/ds:Sig>")
                },
            ),
            replaced(
                format!("{sign:?}: other text in SignatureValue"),
                "signature_malformed",
                sign,
                "<ds:SignatureValue>",
                "<ds:SignatureValue>!",
            ),
            replaced(
                format!("{sign:?}: a signature of another namespace"),
                "signature_misplaced",
                sign,
                "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"",
                "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig\"",
            ),
        ]);
    }
    attacks.push(changed(
        "the signature of the assertion cut out of a signed response",
        "digest_mismatch",
        Sign::Both,
        |xml| {
            let at = xml.rfind("<ds:Signature ").unwrap();
            let inner = between(&xml[at..], "<ds:Signature ", "</ds:Signature>");
            format!("{}{}", &xml[..at], &xml[at + inner.len()..])
        },
    ));
    attacks
}

/// Content and digest fit, and only the signature gives the forgery away.
fn adapted() -> Vec<Attack> {
    let adapted = |xml: String, info: &dyn Fn(&str) -> String| {
        let evil = xml.replace("dana@example.com", ATTACKER);
        let assertion = between(&evil, "<saml:Assertion", "</saml:Assertion>");
        let signature = between(&evil, "<ds:Signature ", "</ds:Signature>");
        let bare = assertion.replace(signature, "");
        let digest = STANDARD.encode(digest::digest(&digest::SHA256, bare.as_bytes()));
        let honest = between(&evil, "<ds:SignedInfo>", "</ds:SignedInfo>");
        let value = between(honest, "<ds:DigestValue>", "</ds:DigestValue>");
        let forged = honest.replace(value, &format!("<ds:DigestValue>{digest}</ds:DigestValue>"));
        evil.replace(honest, &info(&forged))
    };
    let original = response().xml(Sign::Assertion);
    let genuine = between(&original, "<ds:SignedInfo>", "</ds:SignedInfo>").to_owned();
    let (before, after, hidden) = (genuine.clone(), genuine.clone(), genuine);
    vec![
        changed(
            "an adapted digest",
            "signature_invalid",
            Sign::Assertion,
            move |xml| adapted(xml, &str::to_owned),
        ),
        changed(
            "an adapted SignedInfo before the genuine one",
            "signature_malformed",
            Sign::Assertion,
            move |xml| adapted(xml, &|forged| format!("{forged}{before}")),
        ),
        changed(
            "an adapted SignedInfo behind the genuine one",
            "signature_malformed",
            Sign::Assertion,
            move |xml| adapted(xml, &|forged| format!("{after}{forged}")),
        ),
        changed(
            "an adapted SignedInfo, the genuine one hidden in KeyInfo",
            "signature_invalid",
            Sign::Assertion,
            move |xml| {
                adapted(xml, &str::to_owned).replacen(
                    "<ds:KeyInfo>",
                    &format!("<ds:KeyInfo>{hidden}"),
                    1,
                )
            },
        ),
        changed(
            "an adapted SignedInfo, the genuine one of another namespace",
            "signature_malformed",
            Sign::Assertion,
            move |xml| {
                adapted(xml, &|forged| {
                    let other = forged.replace("ds:SignedInfo", "x:SignedInfo");
                    other.replacen('>', " xmlns:x=\"urn:x\">", 1) + forged
                })
            },
        ),
        changed(
            "a bad signature inside beside a good one outside",
            "digest_mismatch",
            Sign::Both,
            |xml| {
                let at = xml.rfind("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
                format!("{}AAAA{}", &xml[..at], &xml[at..])
            },
        ),
        signed(
            "a bad signature inside that the good one outside covers",
            "signature_invalid",
            &response().edit_response(|xml| {
                xml.replacen("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", 1)
            }),
            Sign::Both,
        ),
    ]
}

fn doubled() -> Vec<Attack> {
    let again = |start: &'static str, end: &'static str| {
        move |xml: String| {
            let part = between(&xml, start, end).to_owned();
            xml.replacen(&part, &format!("{part}{part}"), 1)
        }
    };
    let mut attacks = vec![
        signed(
            "two signatures on the assertion",
            "several_signatures",
            &response().edit_signature(|xml| format!("{xml}{xml}")),
            Sign::Assertion,
        ),
        signed(
            "two signatures on the response",
            "several_signatures",
            &response().edit_signature(|xml| format!("{xml}{xml}")),
            Sign::Response,
        ),
        signed(
            "two references, both signed",
            "signature_malformed",
            &response().edit_signed_info(again("<ds:Reference ", "</ds:Reference>")),
            Sign::Assertion,
        ),
        signed(
            "a manifest",
            "signature_object_forbidden",
            &response().edit_signature(|xml| {
                let manifest = "<ds:Object><ds:Manifest></ds:Manifest></ds:Object>";
                xml.replace("</ds:Signature>", &format!("{manifest}</ds:Signature>"))
            }),
            Sign::Assertion,
        ),
    ];
    for element in [
        "SignedInfo",
        "SignatureValue",
        "KeyInfo",
        "SignatureMethod",
        "DigestMethod",
        "DigestValue",
    ] {
        attacks.push(changed(
            format!("two {element}"),
            "signature_malformed",
            Sign::Assertion,
            move |xml| {
                let start = xml.find(&format!("<ds:{element}")).unwrap();
                let end = format!("</ds:{element}>");
                let length = xml[start..].find(&end).unwrap() + end.len();
                let part = &xml[start..start + length];
                xml.replacen(part, &format!("{part}{part}"), 1)
            },
        ));
    }
    attacks
}

/// The digest that is compared must be the whole one that was signed.
fn digests() -> Vec<Attack> {
    let inside = |name: &str, reason, what: &'static str| {
        let before = format!("a digest with {name} before it");
        changed(before, reason, Sign::Assertion, move |xml| {
            xml.replacen("<ds:DigestValue>", &format!("<ds:DigestValue>{what}"), 1)
        })
    };
    let signed_inside = |name: &str, reason, what: &'static str| {
        let by_provider = response().edit_signed_info(move |xml| {
            xml.replacen("</ds:DigestValue>", &format!("{what}</ds:DigestValue>"), 1)
        });
        let name = format!("a signed digest with {name} behind it");
        signed(name, reason, &by_provider, Sign::Assertion)
    };
    vec![
        // CVE-2025-29775: the comment is read, and canonicalized away.
        inside("a comment", "comment_forbidden", "<!-- AAAA -->"),
        inside("a CDATA section", "cdata_forbidden", "<![CDATA[AAAA]]>"),
        inside(
            "an instruction",
            "processing_instruction_forbidden",
            "<?x AAAA?>",
        ),
        inside("an element", "markup_in_value", "<x>AAAA</x>"),
        inside("other text", "signature_malformed", "*"),
        inside("other base64", "digest_mismatch", "AAAA"),
        // White space means nothing in base64, but it was not signed.
        inside("white space", "signature_invalid", "\n "),
        inside("a reference to white space", "signature_invalid", "&#32;"),
        signed_inside("an element", "markup_in_value", "<x></x>"),
        signed_inside("more base64", "signature_malformed", "AAAA"),
        signed(
            "an empty digest",
            "digest_mismatch",
            &response().edit_signed_info(|xml| {
                let honest = between(&xml, "<ds:DigestValue>", "</ds:DigestValue>").to_owned();
                xml.replace(&honest, "<ds:DigestValue></ds:DigestValue>")
            }),
            Sign::Assertion,
        ),
        signed(
            "a shortened digest",
            "digest_mismatch",
            &response().edit_signed_info(|xml| {
                let honest = between(&xml, "<ds:DigestValue>", "</ds:DigestValue>").to_owned();
                let short = &honest["<ds:DigestValue>".len()..][..16];
                xml.replace(
                    &honest,
                    &format!("<ds:DigestValue>{short}</ds:DigestValue>"),
                )
            }),
            Sign::Assertion,
        ),
    ]
}
