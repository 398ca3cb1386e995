//! The dialects of well-behaved providers.

use jit_idp::saml::{Expectations, Signed, verify};
use jit_testkit::idp::{IdentityProvider, IdpKey, ResponseBuilder, Sign};

use crate::world::{
    IDP, KEYS, OTHER_KEY, REQUEST, assert_refused, dana, expecting, key, minutes, now, response,
    service, verified,
};

#[track_caller]
fn assert_dana(response: &ResponseBuilder<'_>, sign: Sign) {
    let assertion = verified(&response.sign(sign)).unwrap();
    assert_eq!(assertion.name_id, "dana@example.com");
    assert_eq!(assertion.issuer, IDP.entity_id());
    assert_eq!(assertion.in_response_to.as_deref(), Some(REQUEST));
    assert_eq!(assertion.attributes["displayName"], ["Dana Reyes & Söhne"]);
    assert_eq!(assertion.attributes["email"], ["dana@example.com"]);
    assert_eq!(assertion.attributes["groups"], ["engineering", "on call"]);
    assert_eq!(
        assertion.valid_until,
        now() + minutes(5) + Expectations::SKEW
    );
}

const SIGNED: [Sign; 3] = [Sign::Assertion, Sign::Response, Sign::Both];

#[test]
fn the_assertion_the_response_or_both_may_be_signed() {
    for sign in SIGNED {
        assert_dana(&response(), sign);
    }
}

#[test]
fn a_connection_may_want_the_assertion_signed() {
    let verified = |sign| {
        let xml = response().xml(sign);
        expecting(Signed::Assertion, |expected| {
            verify(xml.as_bytes(), expected)
        })
        .map_err(|r| r.code())
    };
    assert!(verified(Sign::Assertion).is_ok());
    assert!(verified(Sign::Both).is_ok());
    assert_eq!(verified(Sign::Response).unwrap_err(), "assertion_unsigned");
    assert_eq!(verified(Sign::Nothing).unwrap_err(), "unsigned");
}

#[test]
fn elements_may_have_no_prefixes() {
    for sign in SIGNED {
        assert_dana(&response().default_namespaces(), sign);
    }
}

#[test]
fn values_may_be_typed_with_a_prefix_list() {
    for sign in SIGNED {
        assert_dana(&response().typed_values(), sign);
        assert_dana(&response().typed_values().default_namespaces(), sign);
    }
}

#[test]
fn attributes_may_come_first() {
    for sign in SIGNED {
        assert_dana(&response().attributes_first(), sign);
    }
}

#[test]
fn an_attribute_may_be_repeated_for_each_value() {
    for sign in SIGNED {
        assert_dana(&response().repeated_attributes(), sign);
    }
}

#[test]
fn an_xml_declaration_a_byte_order_mark_and_space_in_the_signature_may_be_there() {
    let framed = |frame: &'static str| response().edit_signed(move |xml| format!("{frame}{xml}\n"));
    assert_dana(
        &framed("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
        Sign::Both,
    );
    assert_dana(&framed("\u{feff}"), Sign::Both);
    let spaced = |xml: String| xml.replace("<ds:SignatureValue>", "\n  <ds:SignatureValue>\n");
    assert_dana(&response().edit_signature(spaced), Sign::Assertion);
}

#[test]
fn namespaces_may_be_declared_further_out_than_they_were_signed() {
    let declared = |xml: String| {
        xml.replacen(
            "<samlp:Response",
            "<samlp:Response xmlns:xs=\"urn:x\" xmlns:saml=\"urn:other\"",
            1,
        )
    };
    assert_dana(&response().edit_signed(declared), Sign::Assertion);
}

#[test]
fn quotes_empty_tags_and_references_may_be_written_another_way() {
    let rewritten = |xml: String| {
        xml.replace("\" Version=\"2.0\"", "\"\n Version='2.0'")
            .replace("></ds:DigestMethod>", "/>")
            .replace("dana@", "&#100;ana&#x40;")
    };
    for sign in SIGNED {
        assert_dana(&response().edit_signed(rewritten), sign);
    }
}

#[test]
fn the_key_may_be_an_elliptic_curve() {
    let idp = IdentityProvider::with_key("https://idp.example", vec![dana()], IdpKey::ecdsa());
    let xml = idp
        .response(&dana(), now())
        .to(&service())
        .in_response_to(REQUEST)
        .xml(Sign::Both);
    let keys = [key(idp.key())];
    let assertion = expecting(Signed::Either, |expected| {
        verify(
            xml.as_bytes(),
            &Expectations {
                keys: &keys,
                ..*expected
            },
        )
    });
    assert_eq!(assertion.unwrap().name_id, "dana@example.com");
}

#[test]
fn during_a_rollover_each_of_the_keys_counts() {
    let keys = [key(&OTHER_KEY), key(IDP.key())];
    let both = |field: &str| {
        let xml = jit_idp::saml::decode_form_field(field).unwrap();
        expecting(Signed::Either, |expected| {
            verify(
                &xml,
                &Expectations {
                    keys: &keys,
                    ..*expected
                },
            )
        })
    };
    assert!(both(&response().sign(Sign::Both)).is_ok());
    assert!(both(&response().key(&OTHER_KEY).sign(Sign::Both)).is_ok());
    assert_eq!(KEYS.len(), 1);
    assert_refused(
        &response().key(&OTHER_KEY).sign(Sign::Both),
        "signature_invalid",
    );
}

#[test]
fn one_good_bearer_confirmation_among_several_is_enough() {
    let more = |xml: String| {
        let good = crate::world::between(
            &xml,
            "<saml:SubjectConfirmation ",
            "</saml:SubjectConfirmation>",
        )
        .to_owned();
        let elsewhere = good.replace("/acs", "/elsewhere");
        let holder = good.replace("cm:bearer", "cm:holder-of-key");
        xml.replace(&good, &format!("{holder}{elsewhere}{good}"))
    };
    assert_dana(&response().edit_assertion(more), Sign::Assertion);
}

#[test]
fn the_session_of_the_provider_is_passed_on() {
    let end = now() + minutes(60);
    let assertion = verified(&response().session_not_on_or_after(end).sign(Sign::Both)).unwrap();
    assert_eq!(assertion.session_not_on_or_after, Some(end));
    assert!(
        assertion
            .session_index
            .is_some_and(|index| index.starts_with('_'))
    );
    assert!(
        assertion
            .name_id_format
            .is_some_and(|format| format.ends_with("emailAddress"))
    );
}
