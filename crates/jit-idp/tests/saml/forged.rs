//! Signatures that are absent, somebody else's, or of the wrong kind.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_idp::saml::{Expectations, Signed, verify};
use jit_testkit::idp::Sign;

use crate::world::{ATTACKER, IDP, OTHER_KEY, assert_refused, between, expecting, response};

const SIGNED: [Sign; 3] = [Sign::Assertion, Sign::Response, Sign::Both];

#[test]
fn an_unsigned_response_is_refused() {
    assert_refused(&response().sign(Sign::Nothing), "unsigned");
    let stripped = |xml: String| {
        let signature = between(&xml, "<ds:Signature ", "</ds:Signature>").to_owned();
        xml.replace(&signature, "")
    };
    assert_refused(
        &response().edit_signed(stripped).sign(Sign::Assertion),
        "unsigned",
    );
}

#[test]
fn without_a_pinned_key_everything_is_refused_before_it_is_read() {
    let refused = expecting(Signed::Either, |expected| {
        verify(
            b"anything",
            &Expectations {
                keys: &[],
                ..*expected
            },
        )
    });
    assert_eq!(refused.unwrap_err().code(), "no_usable_key");
}

/// The signature of the attacker brings its certificate along in `KeyInfo`, where it counts for nothing.
#[test]
fn another_key_is_refused_even_if_the_message_brings_its_certificate() {
    for sign in SIGNED {
        assert_refused(&response().key(&OTHER_KEY).sign(sign), "signature_invalid");
    }
    let with_ours = |xml: String| {
        let theirs = between(&xml, "<ds:X509Certificate>", "</ds:X509Certificate>").to_owned();
        let ours = format!(
            "<ds:X509Certificate>{}</ds:X509Certificate>",
            IDP.key().certificate_base64()
        );
        xml.replace(&theirs, &ours)
    };
    let disguised = response().key(&OTHER_KEY).edit_signature(with_ours);
    assert_refused(&disguised.sign(Sign::Assertion), "signature_invalid");
}

#[test]
fn what_was_changed_after_signing_is_refused() {
    for (from, to) in [
        ("dana@example.com", ATTACKER),
        (">engineering<", ">administrators<"),
        ("Name=\"email\"", "Name=\"mail\""),
        (
            "</saml:AttributeStatement>",
            "<saml:Attribute Name=\"x\"/></saml:AttributeStatement>",
        ),
        (">engineering<", "> engineering<"),
    ] {
        for sign in SIGNED {
            let tampered = response().edit_signed(|xml| xml.replace(from, to));
            assert_refused(&tampered.sign(sign), "digest_mismatch");
        }
    }
}

#[test]
fn a_digest_that_was_adapted_breaks_the_signature() {
    let adapted = |xml: String| {
        let evil = xml.replace("dana@example.com", ATTACKER);
        let assertion = between(&evil, "<saml:Assertion", "</saml:Assertion>");
        let signature = between(&evil, "<ds:Signature ", "</ds:Signature>");
        let bare = assertion.replace(signature, "");
        let digest = STANDARD.encode(digest::digest(&digest::SHA256, bare.as_bytes()));
        let honest = between(&evil, "<ds:DigestValue>", "</ds:DigestValue>");
        evil.replace(
            honest,
            &format!("<ds:DigestValue>{digest}</ds:DigestValue>"),
        )
    };
    let forged = response().edit_signed(adapted).sign(Sign::Assertion);
    assert_refused(&forged, "signature_invalid");
}

#[test]
fn a_bad_signature_is_fatal_even_beside_a_good_one() {
    let bad_inside = response()
        .edit_response(|xml| xml.replacen("<ds:SignatureValue>", "<ds:SignatureValue>AAAA", 1));
    assert_refused(&bad_inside.sign(Sign::Both), "signature_invalid");
}

#[test]
fn weak_and_symmetric_algorithms_are_refused_by_name() {
    const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
    const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    let rsa = format!("{MORE}rsa-sha256");
    let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    for (from, to, code) in [
        (rsa.as_str(), format!("{DSIG}rsa-sha1"), "sha1_refused"),
        (sha256, format!("{DSIG}sha1"), "sha1_refused"),
        (&rsa, format!("{DSIG}hmac-sha1"), "signature_method_refused"),
        (
            &rsa,
            format!("{MORE}hmac-sha256"),
            "signature_method_refused",
        ),
        (&rsa, format!("{MORE}rsa-md5"), "signature_method_refused"),
        (sha256, format!("{MORE}md5"), "digest_method_refused"),
        // Another kind of key than the connection has.
        (&rsa, format!("{MORE}ecdsa-sha256"), "signature_invalid"),
        (&rsa, format!("{MORE}rsa-sha512"), "signature_invalid"),
    ] {
        let weak = response().edit_signed_info(|xml| xml.replace(from, &to));
        assert_refused(&weak.sign(Sign::Assertion), code);
    }
}

#[test]
fn other_canonicalization_and_other_transforms_are_refused() {
    const EXCLUSIVE: &str = "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"";
    const INCLUSIVE: &str = "Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"";
    let first = response().edit_signed_info(|xml| xml.replacen(EXCLUSIVE, INCLUSIVE, 1));
    assert_refused(&first.sign(Sign::Assertion), "canonicalization_refused");

    let enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";
    let exclusive = format!("<ds:Transform {EXCLUSIVE}></ds:Transform>");
    let xslt =
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"></ds:Transform>";
    let xpath = "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"><x:XPath xmlns:x=\"urn:x\"></x:XPath></ds:Transform>";
    for transforms in [
        String::new(),
        enveloped.to_owned(),
        exclusive.clone(),
        format!("{exclusive}{enveloped}"),
        format!("{enveloped}{enveloped}"),
        format!("{enveloped}{exclusive}{xslt}"),
        format!("{enveloped}{xpath}{exclusive}"),
        format!("{xpath}{exclusive}"),
        format!("{enveloped}<ds:Transform {INCLUSIVE}></ds:Transform>"),
    ] {
        let other = response().edit_signed_info(|xml| {
            let honest = between(&xml, "<ds:Transforms>", "</ds:Transforms>").to_owned();
            xml.replace(
                &honest,
                &format!("<ds:Transforms>{transforms}</ds:Transforms>"),
            )
        });
        assert_refused(&other.sign(Sign::Assertion), "transforms_refused");
    }
}

#[test]
fn a_reference_to_anything_but_its_own_element_is_refused() {
    for uri in [
        "",
        "#",
        "#_other",
        "_same",
        "#xpointer(/)",
        "#xpointer(id('_same'))",
        "https://evil.example/#_same",
    ] {
        let other = response()
            .assertion_id("_same")
            .edit_signed_info(move |xml| xml.replace("URI=\"#_same\"", &format!("URI=\"{uri}\"")));
        assert_refused(&other.sign(Sign::Assertion), "reference_mismatch");
    }
    let absent = response()
        .assertion_id("_same")
        .edit_signed_info(|xml| xml.replace(" URI=\"#_same\"", ""));
    assert_refused(&absent.sign(Sign::Assertion), "reference_mismatch");
}

#[test]
fn a_signature_of_another_shape_is_refused() {
    let again = |start: &'static str, end: &'static str| {
        move |xml: String| {
            let part = between(&xml, start, end).to_owned();
            xml.replace(&part, &format!("{part}{part}"))
        }
    };
    for sign in [Sign::Assertion, Sign::Response] {
        let references = again("<ds:Reference ", "</ds:Reference>");
        assert_refused(
            &response().edit_signed_info(references).sign(sign),
            "signature_malformed",
        );
        for (start, end) in [
            ("<ds:SignedInfo>", "</ds:SignedInfo>"),
            ("<ds:SignatureValue>", "</ds:SignatureValue>"),
            ("<ds:KeyInfo>", "</ds:KeyInfo>"),
            ("<ds:DigestValue>", "</ds:DigestValue>"),
        ] {
            let doubled = response().edit_signature(again(start, end));
            assert_refused(&doubled.sign(sign), "signature_malformed");
        }
        let parameter = |xml: String| {
            xml.replace(
                "</ds:SignatureMethod>",
                "<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>",
            )
        };
        assert_refused(
            &response().edit_signed_info(parameter).sign(sign),
            "signature_malformed",
        );
        let object =
            |xml: String| xml.replace("</ds:Signature>", "<ds:Object></ds:Object></ds:Signature>");
        assert_refused(
            &response().edit_signature(object).sign(sign),
            "signature_object_forbidden",
        );
        let noise = |xml: String| xml.replace("<ds:SignatureValue>", "<ds:SignatureValue>!");
        assert_refused(
            &response().edit_signature(noise).sign(sign),
            "signature_malformed",
        );
    }
}

#[test]
fn two_signatures_on_one_element_are_refused() {
    let again = |xml: String| format!("{xml}{xml}");
    for sign in [Sign::Assertion, Sign::Response] {
        assert_refused(
            &response().edit_signature(again).sign(sign),
            "several_signatures",
        );
    }
}

#[test]
fn a_signature_in_another_namespace_is_not_overlooked() {
    let renamed = |xml: String| {
        xml.replace(
            "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"",
            "xmlns:ds=\"urn:x\"",
        )
    };
    assert_refused(
        &response().edit_signed(renamed).sign(Sign::Assertion),
        "signature_misplaced",
    );
}
