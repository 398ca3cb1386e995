//! Signature wrapping: the signed assertion is kept for the verifier, a forged one is put where a reader looks.
//!
//! The eight forms are those of "On Breaking SAML: Be Whoever You Want to Be" (Somorovsky and others,
//! USENIX Security 2012). In each, `evil` has another subject and `original` still has its valid signature.

use jit_testkit::idp::Sign;

use crate::world::{ATTACKER, assert_refused, between, response};

/// The pieces of an honest message that the attacker has to work with.
struct Pieces {
    response: String,
    original: String,
    signature: String,
    /// The original without its signature.
    bare: String,
    /// The same with another subject and another ID.
    evil: String,
}

fn pieces(sign: Sign) -> Pieces {
    let response = response().assertion_id("_original").xml(sign);
    let original = between(&response, "<saml:Assertion", "</saml:Assertion>").to_owned();
    let signature = between(&response, "<ds:Signature ", "</ds:Signature>").to_owned();
    let bare = original.replace(&signature, "");
    let evil = bare
        .replace("dana@example.com", ATTACKER)
        .replacen("_original", "_evil", 1);
    Pieces {
        response,
        original,
        signature,
        bare,
        evil,
    }
}

#[track_caller]
fn assert_wrapped(xml: &str, code: &str) {
    use base64::{Engine, engine::general_purpose::STANDARD};
    assert!(xml.contains(ATTACKER));
    assert_refused(&STANDARD.encode(xml), code);
}

/// Puts something before the end of the first element with that name.
fn append(element: &str, name: &str, content: &str) -> String {
    let end = format!("</{name}>");
    let at = element.rfind(&end).unwrap();
    format!("{}{content}{}", &element[..at], &element[at..])
}

fn evil_response(pieces: &Pieces) -> String {
    let honest = pieces.response.replace(&pieces.signature, "");
    let id = between(&honest, " ID=\"", "\" InResponseTo").to_owned();
    honest
        .replace(&id, " ID=\"_evil\" InResponseTo")
        .replace("_original", "_evil_assertion")
        .replace("dana@example.com", ATTACKER)
}

/// XSW 1: a forged response, with the original response inside its signature.
#[test]
fn xsw1_the_original_response_inside_the_signature() {
    let pieces = pieces(Sign::Response);
    let original = pieces.response.replace(&pieces.signature, "");
    let signature = append(&pieces.signature, "ds:Signature", &original);
    let evil =
        evil_response(&pieces).replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1);
    assert_wrapped(&evil, "element_misplaced");
}

/// XSW 2: the original response before its signature, which is detached.
#[test]
fn xsw2_the_original_response_before_the_signature() {
    let pieces = pieces(Sign::Response);
    let original = pieces.response.replace(&pieces.signature, "");
    let both = format!("</saml:Issuer>{original}{}", pieces.signature);
    let evil = evil_response(&pieces).replacen("</saml:Issuer>", &both, 1);
    assert_wrapped(&evil, "element_misplaced");
}

/// XSW 3: a forged assertion before the original one.
#[test]
fn xsw3_a_forged_assertion_before_the_original() {
    let pieces = pieces(Sign::Assertion);
    let both = format!("{}{}", pieces.evil, pieces.original);
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &both),
        "several_assertions",
    );
}

/// XSW 4: the original assertion inside the forged one.
#[test]
fn xsw4_the_original_inside_a_forged_assertion() {
    let pieces = pieces(Sign::Assertion);
    let evil = append(&pieces.evil, "saml:Assertion", &pieces.original);
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &evil),
        "element_misplaced",
    );
}

/// XSW 5: the forged assertion has the signature, the original one stands at the end.
#[test]
fn xsw5_the_signature_in_a_forged_assertion_and_the_original_behind() {
    let pieces = pieces(Sign::Assertion);
    let evil = append(&pieces.evil, "saml:Assertion", &pieces.signature);
    let both = format!("{evil}{}", pieces.bare);
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &both),
        "several_assertions",
    );
}

/// XSW 6: the same, with the original inside the signature.
#[test]
fn xsw6_the_original_inside_the_signature_of_a_forged_assertion() {
    let pieces = pieces(Sign::Assertion);
    let signature = append(&pieces.signature, "ds:Signature", &pieces.bare);
    let evil = append(&pieces.evil, "saml:Assertion", &signature);
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &evil),
        "element_misplaced",
    );
}

/// XSW 7: the forged assertion in `Extensions`, which have no schema.
#[test]
fn xsw7_a_forged_assertion_in_extensions() {
    let pieces = pieces(Sign::Assertion);
    let extensions = format!(
        "<samlp:Extensions>{}</samlp:Extensions>{}",
        pieces.evil, pieces.original
    );
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &extensions),
        "element_misplaced",
    );
}

/// XSW 8: the original in an `Object` of the signature, which has no schema either.
#[test]
fn xsw8_the_original_in_an_object_of_the_signature() {
    let pieces = pieces(Sign::Assertion);
    let object = format!("<ds:Object>{}</ds:Object>", pieces.bare);
    let signature = append(&pieces.signature, "ds:Signature", &object);
    let evil = append(&pieces.evil, "saml:Assertion", &signature);
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &evil),
        "element_misplaced",
    );
}

/// The forms above, with the original under another name so that only the reference gives it away.
#[test]
fn a_wrapped_element_of_another_name_is_not_what_the_signature_may_refer_to() {
    let pieces = pieces(Sign::Assertion);
    let hidden = pieces.bare.replace("saml:Assertion", "saml:Advice");
    let evil = append(
        &pieces.evil,
        "saml:Assertion",
        &format!("{}{hidden}", pieces.signature),
    );
    assert_wrapped(
        &pieces.response.replace(&pieces.original, &evil),
        "reference_mismatch",
    );
}

#[test]
fn two_elements_with_one_id_are_refused() {
    let pieces = pieces(Sign::Assertion);
    for attribute in ["ID", "Id", "id", "xml:id", "AssertionID"] {
        let twin = format!("<x {attribute}=\"_original\"></x>");
        let evil = pieces
            .response
            .replace("</samlp:Status>", &format!("{twin}</samlp:Status>"));
        let evil = evil.replace("dana@example.com", ATTACKER);
        assert_wrapped(&evil, "duplicate_id");
    }
}

#[test]
fn two_assertions_are_refused_even_if_both_are_signed() {
    let first = pieces(Sign::Assertion);
    let second = response()
        .edit_assertion(|xml| xml.replace("dana@example.com", ATTACKER))
        .xml(Sign::Assertion);
    let second = between(&second, "<saml:Assertion", "</saml:Assertion>");
    let both = first
        .response
        .replace(&first.original, &format!("{}{second}", first.original));
    assert_wrapped(&both, "several_assertions");
}

#[test]
fn an_encrypted_assertion_is_refused_by_name() {
    let pieces = pieces(Sign::Assertion);
    let encrypted = "<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"></saml:EncryptedAssertion>";
    let alone = pieces
        .response
        .replace(&pieces.original, &format!("{encrypted}<x>{ATTACKER}</x>"));
    assert_wrapped(&alone, "element_missing");
    let beside = pieces
        .response
        .replace(&pieces.original, &format!("{encrypted}{}", pieces.evil));
    assert_wrapped(&beside, "several_assertions");
    let id = pieces.response.replace(
        "<saml:Subject>",
        &format!("<saml:Subject><saml:EncryptedID>{ATTACKER}</saml:EncryptedID>"),
    );
    assert_wrapped(&id, "encrypted_unsupported");
}

#[test]
fn another_root_with_the_same_local_name_is_refused() {
    let pieces = pieces(Sign::Assertion);
    let other = pieces
        .response
        .replace("urn:oasis:names:tc:SAML:2.0:protocol", "urn:x");
    assert_wrapped(
        &other.replace("dana@example.com", ATTACKER),
        "not_a_response",
    );
}
