//! Prefixes that mean something else here than there.

use jit_testkit::idp::Sign;

use super::{Attack, changed, replaced, signed};
use crate::world::{ATTACKER, between, quoted, response};

const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = declarations();
    attacks.extend(bound_again());
    attacks.extend(other_namespaces());
    attacks
}

/// Declarations that XML or canonicalization has no sound answer for.
fn declarations() -> Vec<Attack> {
    [
        ("xmlns:x=\"\"", "namespace_invalid"),
        ("xmlns:saml=\"\"", "namespace_invalid"),
        ("xmlns:x=\"relative\"", "namespace_invalid"),
        ("xmlns=\"relative\"", "namespace_invalid"),
        ("xmlns:x=\"../relative\"", "namespace_invalid"),
        ("xmlns:xmlns=\"urn:x\"", "namespace_invalid"),
        (
            "xmlns:xmlns=\"http://www.w3.org/2000/xmlns/\"",
            "namespace_invalid",
        ),
        ("xmlns:x=\"http://www.w3.org/2000/xmlns/\"", "xml_malformed"),
        ("xmlns=\"http://www.w3.org/2000/xmlns/\"", "xml_malformed"),
        ("xmlns:xml=\"urn:x\"", "xml_malformed"),
        (
            "xmlns:x=\"http://www.w3.org/XML/1998/namespace\"",
            "xml_malformed",
        ),
        (
            "xmlns=\"http://www.w3.org/XML/1998/namespace\"",
            "xml_malformed",
        ),
        ("xmlns:x=\"urn:x\" xmlns:x=\"urn:y\"", "xml_malformed"),
        (
            "xmlns:x=\"urn:x\" xmlns:y=\"urn:x\" x:a=\"1\" y:a=\"2\"",
            "xml_malformed",
        ),
        ("y:a=\"1\"", "xml_malformed"),
    ]
    .into_iter()
    .flat_map(|(declaration, reason)| {
        ["samlp:Status", "saml:Subject"].map(|element| {
            let name = format!("{declaration} on {element}");
            let (from, to) = (format!("<{element}>"), format!("<{element} {declaration}>"));
            replaced(name, reason, Sign::Assertion, &from, &to)
        })
    })
    .collect()
}

/// A prefix that means something else from some point on. Canonicalization writes what is meant.
fn bound_again() -> Vec<Attack> {
    let bare = |xml: &str| {
        let signature = between(xml, "<ds:Signature ", "</ds:Signature>").to_owned();
        (xml.replace(&signature, ""), signature)
    };
    vec![
        replaced(
            "the prefix of assertions bound again on the subject",
            "digest_mismatch",
            Sign::Assertion,
            "<saml:Subject>",
            "<saml:Subject xmlns:saml=\"urn:x\">",
        ),
        replaced(
            "the prefix of assertions bound again on the name",
            "digest_mismatch",
            Sign::Assertion,
            "<saml:NameID ",
            "<saml:NameID xmlns:saml=\"urn:x\" ",
        ),
        // A new name before the signed one, which is in a namespace of its own now.
        changed(
            "a forged name before one whose prefix was bound again",
            "digest_mismatch",
            Sign::Assertion,
            |xml| {
                let name = between(&xml, "<saml:NameID ", "</saml:NameID>");
                let evil = name.replace("dana@example.com", ATTACKER);
                let hidden = name.replacen(' ', " xmlns:saml=\"urn:x\" ", 1);
                xml.replace(name, &format!("{evil}{hidden}"))
            },
        ),
        replaced(
            "the prefix of signatures bound again on SignedInfo",
            "signature_malformed",
            Sign::Assertion,
            "<ds:SignedInfo>",
            "<ds:SignedInfo xmlns:ds=\"urn:x\">",
        ),
        replaced(
            "the prefix of signatures bound again on DigestValue",
            "signature_malformed",
            Sign::Assertion,
            "<ds:DigestValue>",
            "<ds:DigestValue xmlns:ds=\"urn:x\">",
        ),
        changed(
            "other prefixes for the same namespaces",
            "digest_mismatch",
            Sign::Assertion,
            move |xml| {
                let (xml, signature) = bare(&xml);
                let xml = xml
                    .replace("saml:", "s:")
                    .replace("xmlns:saml=", "xmlns:s=");
                let at = xml.rfind("</s:Issuer>").unwrap() + "</s:Issuer>".len();
                format!("{}{signature}{}", &xml[..at], &xml[at..])
            },
        ),
        changed(
            "another prefix in SignedInfo",
            "signature_invalid",
            Sign::Assertion,
            |xml| {
                let info = between(&xml, "<ds:SignedInfo>", "</ds:SignedInfo>");
                let other = info.replace("ds:", "d:");
                let declared = "<d:SignedInfo xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\">";
                xml.replace(info, &other.replacen("<d:SignedInfo>", declared, 1))
            },
        ),
        signed(
            "a default namespace taken away from the name",
            "name_id_missing",
            &response()
                .default_namespaces()
                .edit_assertion(|xml| xml.replacen("<NameID ", "<NameID xmlns=\"\" ", 1)),
            Sign::Assertion,
        ),
        signed(
            "a default namespace taken away from the assertion",
            "assertion_missing",
            &response().default_namespaces().edit_signed(|xml| {
                xml.replacen(
                    &format!("<Assertion xmlns=\"{ASSERTION}\""),
                    "<Assertion xmlns=\"\"",
                    1,
                )
            }),
            Sign::Assertion,
        ),
        signed(
            "a default namespace taken away from the signature",
            "signature_misplaced",
            &response().default_namespaces().edit_signed(|xml| {
                xml.replacen(
                    "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"",
                    "<Signature xmlns=\"\"",
                    1,
                )
            }),
            Sign::Assertion,
        ),
    ]
}

/// Elements that have the right local name only.
fn other_namespaces() -> Vec<Attack> {
    let beside = |name: &str, namespace: &'static str| {
        let name = format!("an assertion of the namespace {name} beside the signed one");
        changed(name, "element_misplaced", Sign::Assertion, move |xml| {
            let honest = between(&xml, "<saml:Assertion", "</saml:Assertion>");
            let evil = honest.replace("dana@example.com", ATTACKER);
            let evil = evil.replace(between(&evil, "<ds:Signature ", "</ds:Signature>"), "");
            let evil = evil.replace(ASSERTION, namespace);
            let evil = evil.replace(quoted(&evil, "ID"), " ID=\"_evil\"");
            xml.replace(honest, &format!("{evil}{honest}"))
        })
    };
    vec![
        beside("of SAML 1", "urn:oasis:names:tc:SAML:1.0:assertion"),
        beside("of nobody", "urn:x"),
    ]
}
