//! XML that is well signed where it can be, and still refused for what it is.

use jit_testkit::idp::{ResponseBuilder, Sign};

use crate::world::{assert_refused, between, response};

/// Changes the message after it was signed.
fn changed<'a>(from: &'a str, to: &'a str) -> ResponseBuilder<'a> {
    response().edit_signed(move |xml| {
        assert!(xml.contains(from), "{from}");
        xml.replacen(from, to, 1)
    })
}

#[test]
fn nobody_is_no_name() {
    for nothing in ["", " ", "\n\t"] {
        let empty = response().edit_assertion(move |xml| {
            xml.replace(
                ">dana@example.com</saml:NameID>",
                &format!(">{nothing}</saml:NameID>"),
            )
        });
        assert_refused(&empty.sign(Sign::Assertion), "name_id_missing");
    }
    let twice = |xml: String| {
        let name = between(&xml, "<saml:NameID ", "</saml:NameID>").to_owned();
        xml.replace(&name, &format!("{name}{name}"))
    };
    assert_refused(
        &response().edit_assertion(twice).sign(Sign::Assertion),
        "element_repeated",
    );
}

#[test]
fn a_name_for_one_session_is_nobody_to_come_back() {
    let transient = response().edit_assertion(|xml| {
        let format = between(&xml, "<saml:NameID Format=\"", "\">").to_owned();
        let other = "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:transient\">";
        xml.replace(&format, other)
    });
    assert_refused(&transient.sign(Sign::Assertion), "name_id_transient");
}

#[test]
fn what_the_profile_requires_must_be_there() {
    for (start, end, code) in [
        ("<saml:Subject>", "</saml:Subject>", "element_missing"),
        ("<saml:NameID ", "</saml:NameID>", "name_id_missing"),
        ("<saml:Conditions ", "</saml:Conditions>", "element_missing"),
        (
            "<saml:AuthnStatement ",
            "</saml:AuthnStatement>",
            "element_missing",
        ),
        ("<saml:Issuer>", "</saml:Issuer>", "element_missing"),
        (
            "<saml:SubjectConfirmation ",
            "</saml:SubjectConfirmation>",
            "bearer_missing",
        ),
        (" IssueInstant=", "Z\"", "attribute_missing"),
    ] {
        let without = response().edit_assertion(|xml| {
            let part = between(&xml, start, end).to_owned();
            xml.replacen(&part, "", 1)
        });
        assert_refused(&without.sign(Sign::Response), code);
    }
    let none = |xml: String| {
        let assertion = between(&xml, "<saml:Assertion", "</saml:Assertion>").to_owned();
        xml.replace(&assertion, "")
    };
    assert_refused(
        &response().edit_response(none).sign(Sign::Response),
        "assertion_missing",
    );
}

#[test]
fn other_versions_are_refused() {
    let one = |xml: String| xml.replacen("Version=\"2.0\"", "Version=\"1.1\"", 1);
    assert_refused(
        &response().edit_response(one).sign(Sign::Response),
        "version_unsupported",
    );
    assert_refused(
        &response().edit_assertion(one).sign(Sign::Assertion),
        "version_unsupported",
    );
}

#[test]
fn too_much_of_anything_is_refused() {
    let nested = format!("<samlp:Status>{}", "<x>".repeat(70));
    assert_refused(
        &changed("<samlp:Status>", &nested).sign(Sign::Assertion),
        "too_deep",
    );
    let attributes = (0..50)
        .map(|n| format!(" a{n}=\"\""))
        .collect::<Vec<_>>()
        .concat();
    let wide = format!("<samlp:Status{attributes}>");
    assert_refused(
        &changed("<samlp:Status>", &wide).sign(Sign::Assertion),
        "too_many_attributes",
    );
    let namespaces = (0..40)
        .map(|n| format!(" xmlns:a{n}=\"urn:a\""))
        .collect::<Vec<_>>()
        .concat();
    let many = format!("<samlp:Status{namespaces}>");
    assert_refused(
        &changed("<samlp:Status>", &many).sign(Sign::Assertion),
        "too_many_namespaces",
    );
    let large = format!("<samlp:Status>{}", " ".repeat(256 * 1024));
    assert_refused(
        &changed("<samlp:Status>", &large).sign(Sign::Assertion),
        "too_large",
    );
    let nodes = format!("<samlp:Status>{}", "<x/>".repeat(20_001));
    assert_refused(
        &changed("<samlp:Status>", &nodes).sign(Sign::Assertion),
        "xml_malformed",
    );
}

/// `x:ID` is not `ID`: a look-up by local name takes whichever comes first.
#[test]
fn attributes_of_another_namespace_say_nothing() {
    for (element, first, attribute, code) in [
        (
            "saml:SubjectConfirmationData ",
            " InResponseTo=",
            "Recipient",
            "recipient_mismatch",
        ),
        (
            "saml:SubjectConfirmationData ",
            " InResponseTo=",
            "NotOnOrAfter",
            "attribute_missing",
        ),
        ("saml:Assertion ", " ID=", "Version", "version_unsupported"),
    ] {
        let foreign = response().edit_assertion(|xml| {
            let tag = between(&xml, &format!("<{element}"), ">").to_owned();
            let start = tag.find(&format!(" {attribute}=")).unwrap();
            let end = start + tag[start..].match_indices('"').nth(1).unwrap().0 + 1;
            let value = tag[start + 1..end].to_owned();
            let moved = tag
                .replacen(&format!(" {value}"), "", 1)
                .replacen(first, &format!(" xmlns:x=\"urn:x\"{first}"), 1)
                .replacen('>', &format!(" x:{value}>"), 1);
            xml.replace(&tag, &moved)
        });
        assert_refused(&foreign.sign(Sign::Response), code);
    }
}

#[test]
fn an_id_that_cannot_be_remembered_is_refused() {
    let with_id = |length: usize| {
        let id = format!("_{}", "a".repeat(length - 1));
        response().assertion_id(id).sign(Sign::Assertion)
    };
    assert_refused(&with_id(257), "id_too_long");
    assert!(crate::world::verified(&with_id(256)).is_ok());
}
