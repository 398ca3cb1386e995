//! Signature wrapping, in the eight classic forms and where an element of another name hides the original.

use jit_testkit::idp::{Dialect, Sign, Wrapping};

use super::{Attack, changed, signed};
use crate::world::{ATTACKER, between, quoted, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = classic();
    attacks.extend(hidden_assertion());
    attacks.extend(hidden_response());
    attacks.extend(one_id_for_two());
    attacks
}

fn classic() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for dialect in Dialect::ALL {
        for (form, reason) in [
            (Wrapping::Xsw1, "element_misplaced"),
            (Wrapping::Xsw2, "element_misplaced"),
            (Wrapping::Xsw3, "several_assertions"),
            (Wrapping::Xsw4, "element_misplaced"),
            (Wrapping::Xsw5, "several_assertions"),
            (Wrapping::Xsw6, "element_misplaced"),
            (Wrapping::Xsw7, "element_misplaced"),
            (Wrapping::Xsw8, "element_misplaced"),
        ] {
            let wrapped = response().dialect(dialect).wrapped(form, ATTACKER);
            let name = format!("{form:?} in the dialect {dialect:?}");
            attacks.push(signed(name, reason, &wrapped, Sign::Usual));
        }
    }
    attacks
}

/// The pieces of a message with a signed element that an attacker can put together anew.
struct Pieces {
    whole: String,
    signature: String,
    /// The assertion without a signature.
    bare: String,
    /// The same about somebody else, with another ID.
    evil: String,
    /// The signed element without its signature, under a name that nobody looks for.
    hidden: String,
}

fn pieces(message: String, element: &str) -> Pieces {
    let signature = between(&message, "<ds:Signature ", "</ds:Signature>").to_owned();
    let whole = message.replace(&signature, "");
    let signed = between(&whole, &format!("<{element} "), &format!("</{element}>"));
    let hidden = signed
        .replace("saml:Assertion", "saml:Advice")
        .replace("samlp:Response", "samlp:Extensions");
    let bare = between(&whole, "<saml:Assertion ", "</saml:Assertion>").to_owned();
    let evil = bare
        .replace("dana@example.com", ATTACKER)
        .replacen("_original", "_evil", 1);
    Pieces {
        whole,
        signature,
        bare,
        evil,
        hidden,
    }
}

fn append(element: &str, content: &str) -> String {
    let end = element.rfind("</").unwrap();
    format!("{}{content}{}", &element[..end], &element[end..])
}

/// The forms 3 to 8, past the check that there is one assertion.
fn hidden_assertion() -> Vec<Attack> {
    type Form = fn(&Pieces) -> String;
    let forms: [(&str, &str, Form); 8] = [
        (
            "Xsw3, the original hidden beside",
            "signature_misplaced",
            |p| format!("{}{}", p.evil, append(&p.hidden, &p.signature)),
        ),
        (
            "Xsw4, the original hidden inside",
            "signature_misplaced",
            |p| append(&p.evil, &append(&p.hidden, &p.signature)),
        ),
        (
            "Xsw5, the original hidden behind",
            "reference_mismatch",
            |p| format!("{}{}", append(&p.evil, &p.signature), p.hidden),
        ),
        (
            "Xsw5, the original hidden inside",
            "reference_mismatch",
            |p| append(&p.evil, &format!("{}{}", p.signature, p.hidden)),
        ),
        (
            "Xsw6, the original hidden in the signature",
            "signature_malformed",
            |p| append(&p.evil, &append(&p.signature, &p.hidden)),
        ),
        (
            "Xsw6, the original hidden in KeyInfo",
            "reference_mismatch",
            |p| {
                let inside = format!("{}</ds:KeyInfo>", p.hidden);
                append(&p.evil, &p.signature.replace("</ds:KeyInfo>", &inside))
            },
        ),
        (
            "Xsw7, the original hidden in extensions",
            "reference_mismatch",
            |p| {
                let extensions = format!("<samlp:Extensions>{}</samlp:Extensions>", p.hidden);
                format!("{extensions}{}", append(&p.evil, &p.signature))
            },
        ),
        (
            "Xsw8, the original hidden in an object",
            "signature_object_forbidden",
            |p| {
                let object = format!("<ds:Object>{}</ds:Object>", p.hidden);
                append(&p.evil, &append(&p.signature, &object))
            },
        ),
    ];
    let form = |(name, reason, form): (&str, &'static str, Form)| {
        let original = response().assertion_id("_original");
        let wrapped = original.edit_signed(move |xml| {
            let pieces = pieces(xml, "saml:Assertion");
            pieces.whole.replace(&pieces.bare, &form(&pieces))
        });
        signed(name, reason, &wrapped, Sign::Assertion)
    };
    forms.into_iter().map(form).collect()
}

/// The forms 1 and 2, past the check that there is one response.
fn hidden_response() -> Vec<Attack> {
    let evil = |pieces: &Pieces, signature: &str| {
        let id = quoted(&pieces.whole, "ID").to_owned();
        let evil = pieces.whole.replacen(&id, " ID=\"_evil\"", 1);
        let evil = evil.replace("dana@example.com", ATTACKER);
        evil.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1)
    };
    // Inside, the assertion needs another name too.
    let hidden = |pieces: &Pieces| pieces.hidden.replace("saml:Assertion", "saml:Advice");
    vec![
        changed(
            "Xsw1, the original hidden in KeyInfo",
            "duplicate_id",
            Sign::Response,
            move |xml| {
                let pieces = pieces(xml, "samlp:Response");
                let inside = format!("{}</ds:KeyInfo>", hidden(&pieces));
                evil(&pieces, &pieces.signature.replace("</ds:KeyInfo>", &inside))
            },
        ),
        changed(
            "Xsw1, the original hidden in KeyInfo, other IDs in the forged one",
            "reference_mismatch",
            Sign::Response,
            move |xml| {
                let pieces = pieces(xml, "samlp:Response");
                let inside = format!("{}</ds:KeyInfo>", hidden(&pieces));
                let evil = evil(&pieces, "");
                let assertion = between(&evil, "<saml:Assertion ", "</saml:Assertion>");
                let id = quoted(assertion, "ID").to_owned();
                let signature = pieces.signature.replace("</ds:KeyInfo>", &inside);
                evil.replace(&id, " ID=\"_evil_too\"").replacen(
                    "</saml:Issuer>",
                    &format!("</saml:Issuer>{signature}"),
                    1,
                )
            },
        ),
        changed(
            "Xsw2, only the signature of the original",
            "reference_mismatch",
            Sign::Response,
            move |xml| {
                let pieces = pieces(xml, "samlp:Response");
                evil(&pieces, &pieces.signature)
            },
        ),
        changed(
            "the signed response around a forged assertion",
            "digest_mismatch",
            Sign::Response,
            |xml| xml.replace("dana@example.com", ATTACKER),
        ),
    ]
}

/// A verifier that looks the reference up by ID must not find another element than the reader.
fn one_id_for_two() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for attribute in ["ID", "Id", "id", "iD", "xml:id", "AssertionID"] {
        let original = response().assertion_id("_original");
        let twin = original.edit_signed(move |xml| {
            let twin = format!("<x {attribute}=\"_original\"></x></samlp:Status>");
            let evil = xml.replace("dana@example.com", ATTACKER);
            evil.replacen("</samlp:Status>", &twin, 1)
        });
        let name = format!("a second element with the same {attribute}");
        attacks.push(signed(name, "duplicate_id", &twin, Sign::Assertion));
    }
    let original = || response().assertion_id("_original");
    let same_id = original().edit_signed(|xml| {
        let pieces = pieces(xml, "saml:Assertion");
        let evil = pieces.evil.replacen("_evil", "_original", 1);
        let forged = format!("{}{}", append(&evil, &pieces.signature), pieces.hidden);
        pieces.whole.replace(&pieces.bare, &forged)
    });
    let without_id = original().edit_signed(|xml| {
        let pieces = pieces(xml, "saml:Assertion");
        let evil = pieces.evil.replacen("_evil", "_original", 1);
        let hidden = pieces.hidden.replace(" ID=\"_original\"", "");
        let forged = format!("{}{hidden}", append(&evil, &pieces.signature));
        pieces.whole.replace(&pieces.bare, &forged)
    });
    let on_signature = original()
        .edit_signature(|xml| xml.replacen("<ds:Signature ", "<ds:Signature Id=\"_original\" ", 1));
    let response_and_assertion = original().edit_response(|xml| {
        let id = quoted(&xml, "ID").to_owned();
        xml.replacen(&id, " ID=\"_original\"", 1)
    });
    attacks.extend([
        signed(
            "the original hidden, both with one ID",
            "duplicate_id",
            &same_id,
            Sign::Assertion,
        ),
        signed(
            "the original hidden without its ID",
            "digest_mismatch",
            &without_id,
            Sign::Assertion,
        ),
        signed(
            "a signature with the ID of the assertion",
            "duplicate_id",
            &on_signature,
            Sign::Assertion,
        ),
        signed(
            "a response with the ID of the assertion",
            "duplicate_id",
            &response_and_assertion,
            Sign::Assertion,
        ),
    ]);
    attacks
}
