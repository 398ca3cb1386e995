//! Responses that a provider has signed, but not for us or not about this login.

use jit_testkit::idp::{ResponseBuilder, Sign};

use crate::world::{IDP, assert_refused, between, response, service};

#[track_caller]
fn assert_misdirected(response: &ResponseBuilder<'_>, code: &str) {
    for sign in [Sign::Assertion, Sign::Both] {
        assert_refused(&response.sign(sign), code);
    }
}

#[test]
fn every_audience_restriction_must_name_us() {
    let and_another = |xml: String| {
        let ours = between(
            &xml,
            "<saml:AudienceRestriction>",
            "</saml:AudienceRestriction>",
        )
        .to_owned();
        let other = ours.replace("portal.example", "other.example");
        xml.replace(&ours, &format!("{ours}{other}"))
    };
    assert_misdirected(&response().edit_assertion(and_another), "audience_mismatch");
    let none = |xml: String| {
        let ours = between(
            &xml,
            "<saml:AudienceRestriction>",
            "</saml:AudienceRestriction>",
        )
        .to_owned();
        xml.replace(&ours, "")
    };
    assert_misdirected(&response().edit_assertion(none), "audience_missing");
}

#[test]
fn a_response_to_another_address_is_refused() {
    assert_misdirected(
        &response().acs("https://portal.example/other"),
        "destination_mismatch",
    );
    let elsewhere = |xml: String| xml.replacen("/acs\"", "/other\"", 1);
    assert_misdirected(&response().edit_response(elsewhere), "destination_mismatch");
    assert_misdirected(&response().edit_assertion(elsewhere), "recipient_mismatch");
    let nowhere = |xml: String| {
        let recipient = format!(" Recipient=\"{}\"", service().acs_url);
        xml.replace(&recipient, "")
    };
    assert_misdirected(&response().edit_assertion(nowhere), "recipient_mismatch");
}

#[test]
fn a_signed_response_must_name_its_address() {
    let nowhere = |xml: String| {
        let destination = format!(" Destination=\"{}\"", service().acs_url);
        xml.replace(&destination, "")
    };
    assert_refused(
        &response().edit_response(nowhere).sign(Sign::Response),
        "destination_mismatch",
    );
    assert!(
        crate::world::verified(&response().edit_response(nowhere).sign(Sign::Assertion)).is_ok()
    );
}

#[test]
fn another_issuer_is_refused_in_the_response_and_in_the_assertion() {
    assert_misdirected(
        &response().issuer("https://evil.example"),
        "issuer_mismatch",
    );
    let evil = |xml: String| xml.replacen(&IDP.entity_id(), "https://evil.example", 1);
    assert_misdirected(&response().edit_response(evil), "issuer_mismatch");
    assert_misdirected(&response().edit_assertion(evil), "issuer_mismatch");
    let odd = |xml: String| xml.replacen("<saml:Issuer>", "<saml:Issuer Format=\"urn:x\">", 1);
    assert_misdirected(&response().edit_assertion(odd), "issuer_mismatch");
}

#[test]
fn a_login_that_failed_is_refused_whatever_else_is_there() {
    let failed = |xml: String| {
        xml.replace(
            "status:Success\"></samlp:StatusCode>",
            "status:Responder\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\">\
             </samlp:StatusCode></samlp:StatusCode><samlp:StatusMessage>locked</samlp:StatusMessage>",
        )
    };
    let alone = |xml: String| {
        let assertion = between(&xml, "<saml:Assertion", "</saml:Assertion>").to_owned();
        failed(xml.replace(&assertion, ""))
    };
    assert_misdirected(&response().edit_response(failed), "status_not_success");
    assert_misdirected(&response().edit_response(alone), "status_not_success");
    let refusal =
        crate::world::verified(&response().edit_response(alone).sign(Sign::Nothing)).unwrap_err();
    assert!(
        refusal.found.ends_with("status:AuthnFailed: locked"),
        "{refusal}"
    );
}

#[test]
fn a_condition_that_is_not_understood_is_not_met() {
    let odd = |xml: String| {
        xml.replace(
            "</saml:Conditions>",
            "<saml:Condition></saml:Condition></saml:Conditions>",
        )
    };
    assert_misdirected(&response().edit_assertion(odd), "condition_unknown");
    let foreign = |xml: String| {
        let one = "<x:OneTimeUse xmlns:x=\"urn:x\"></x:OneTimeUse></saml:Conditions>";
        xml.replace("</saml:Conditions>", one)
    };
    assert_misdirected(&response().edit_assertion(foreign), "condition_unknown");
}
