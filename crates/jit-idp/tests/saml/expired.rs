//! Good responses at the wrong time.

use jit_idp::saml::Expectations;
use jit_testkit::idp::{ResponseBuilder, Sign};

use crate::world::{assert_refused, minutes, now, response, verified};

#[track_caller]
fn assert_time(response: &ResponseBuilder<'_>, code: &str) {
    for sign in [Sign::Assertion, Sign::Response, Sign::Both] {
        assert_refused(&response.sign(sign), code);
    }
}

#[test]
fn an_expired_assertion_is_refused() {
    assert_time(
        &response().not_on_or_after(now() - Expectations::SKEW),
        "expired",
    );
    let within_skew = response()
        .not_on_or_after(now() - minutes(1))
        .sign(Sign::Assertion);
    assert!(verified(&within_skew).is_ok());
}

#[test]
fn an_expired_confirmation_or_condition_alone_is_enough() {
    let early = (now() - minutes(3)).to_rfc3339().replace("+00:00", "Z");
    for element in ["SubjectConfirmationData", "Conditions"] {
        let edit = |xml: String| {
            let start = xml.find(&format!("<saml:{element}")).unwrap();
            let (before, after) = xml.split_at(start);
            let end = after.find("NotOnOrAfter=\"").unwrap() + "NotOnOrAfter=\"".len();
            let rest = after[end..].find('"').unwrap();
            format!("{before}{}{early}{}", &after[..end], &after[end + rest..])
        };
        assert_time(&response().edit_assertion(edit), "expired");
    }
}

#[test]
fn an_assertion_of_the_future_is_refused() {
    let soon = now() + minutes(3);
    assert_time(&response().not_before(soon), "not_yet_valid");
    assert_time(&response().issued_at(soon), "not_yet_valid");
    assert!(verified(&response().not_before(now() + minutes(2)).sign(Sign::Both)).is_ok());
}

/// The profile forbids `NotBefore` in a confirmation; providers send it, and then it binds.
#[test]
fn a_confirmation_of_the_future_is_refused() {
    let late = |xml: String| {
        xml.replacen(
            " NotOnOrAfter",
            " NotBefore=\"2026-01-01T00:04:00Z\" NotOnOrAfter",
            1,
        )
    };
    assert_time(&response().edit_assertion(late), "not_yet_valid");
}

#[test]
fn an_assertion_that_lay_about_is_refused_however_long_it_is_valid() {
    let hours = now() + minutes(600);
    let old = response()
        .not_on_or_after(hours)
        .issued_at(now() - minutes(13));
    assert_time(&old, "issued_too_long_ago");
}

#[test]
fn a_session_that_has_ended_at_the_provider_is_refused() {
    assert_time(
        &response().session_not_on_or_after(now() - minutes(3)),
        "expired",
    );
}

#[test]
fn a_time_that_is_not_utc_is_refused() {
    let local = |xml: String| xml.replace("00:05:00Z", "00:05:00+00:00");
    assert_time(&response().edit_assertion(local), "timestamp_invalid");
}
