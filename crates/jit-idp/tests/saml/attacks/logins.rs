//! Good messages about another login, or for another time.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_idp::saml::decode_form_field;
use jit_testkit::idp::{ResponseBuilder, Sign};

use super::{Attack, changed, signed};
use crate::world::{REQUEST, between, minutes, now, quoted, response, verified};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = requests();
    attacks.extend(times());
    attacks
}

/// Answers to other requests, or to none.
fn requests() -> Vec<Attack> {
    let in_assertion = |change: fn(String) -> String| response().edit_assertion(change);
    let in_response = |change: fn(String) -> String| response().edit_response(change);
    let without: fn(String) -> String =
        |xml| xml.replacen(&format!(" InResponseTo=\"{REQUEST}\""), "", 1);
    let empty: fn(String) -> String = |xml| {
        xml.replacen(
            &format!("InResponseTo=\"{REQUEST}\""),
            "InResponseTo=\"\"",
            1,
        )
    };
    let other: fn(String) -> String = |xml| xml.replacen(REQUEST, "_other", 1);
    let spaced: fn(String) -> String = |xml| xml.replacen(REQUEST, &format!("{REQUEST} "), 1);
    let attack = |name: &str, reason, response: &ResponseBuilder<'_>| {
        signed(
            format!("request: {name}"),
            reason,
            response,
            Sign::Assertion,
        )
    };
    vec![
        attack(
            "unsolicited",
            "in_response_to_missing",
            &response().unsolicited(),
        ),
        attack(
            "named by the assertion only",
            "in_response_to_missing",
            &in_response(without),
        ),
        attack(
            "named by the response only",
            "in_response_to_missing",
            &in_assertion(without),
        ),
        attack(
            "empty in the response",
            "in_response_to_missing",
            &in_response(empty),
        ),
        attack(
            "empty in the assertion",
            "in_response_to_mismatch",
            &in_assertion(empty),
        ),
        attack(
            "another in the response",
            "in_response_to_mismatch",
            &in_response(other),
        ),
        attack(
            "another in the assertion",
            "in_response_to_mismatch",
            &in_assertion(other),
        ),
        attack(
            "with a space in the assertion",
            "in_response_to_mismatch",
            &in_assertion(spaced),
        ),
        // An unsolicited assertion that was stolen, in the answer to a request of the thief.
        attack(
            "an unsolicited assertion in a solicited response",
            "in_response_to_missing",
            &response().unsolicited().edit_response(|xml| {
                xml.replacen(
                    " IssueInstant=",
                    &format!(" InResponseTo=\"{REQUEST}\" IssueInstant="),
                    1,
                )
            }),
        ),
        // No single confirmation is good, but each attribute is good in one of them.
        attack(
            "halves of a confirmation",
            "in_response_to_mismatch",
            &response().edit_assertion(|xml| {
                let good = between(
                    &xml,
                    "<saml:SubjectConfirmation ",
                    "</saml:SubjectConfirmation>",
                )
                .to_owned();
                let other_request = good.replace(REQUEST, "_other");
                let elsewhere = good.replace("/acs", "/elsewhere");
                xml.replace(&good, &format!("{other_request}{elsewhere}"))
            }),
        ),
        attack(
            "a confirmation for holders of a key",
            "bearer_missing",
            &response().edit_assertion(|xml| xml.replace("cm:bearer", "cm:holder-of-key")),
        ),
        changed(
            "request: the response rewritten for another login",
            "in_response_to_mismatch",
            Sign::Assertion,
            |xml| xml.replacen(REQUEST, "_ffffffffffffffffffffffffffffffff", 1),
        ),
    ]
}

fn times() -> Vec<Attack> {
    let stated = |name: &str, reason, from: &'static str, to: &'static str| {
        let odd = response().edit_assertion(move |xml| {
            assert!(xml.contains(from), "{from}");
            xml.replace(from, to)
        });
        signed(format!("time: {name}"), reason, &odd, Sign::Assertion)
    };
    vec![
        signed(
            "time: expired",
            "expired",
            &response().expired(),
            Sign::Both,
        ),
        signed(
            "time: a clock far ahead",
            "not_yet_valid",
            &response().clock_ahead(minutes(60)),
            Sign::Both,
        ),
        signed(
            "time: a clock far behind",
            "issued_too_long_ago",
            &response().clock_behind(minutes(60)),
            Sign::Both,
        ),
        signed(
            "time: kept for an hour, valid for a day",
            "issued_too_long_ago",
            &response()
                .issued_at(now() - minutes(60))
                .not_on_or_after(now() + minutes(1440)),
            Sign::Both,
        ),
        stated(
            "another zone",
            "timestamp_invalid",
            "00:05:00Z",
            "00:05:00+00:00",
        ),
        stated("no zone", "timestamp_invalid", "00:05:00Z", "00:05:00"),
        stated(
            "a date only",
            "timestamp_invalid",
            "2026-01-01T00:05:00Z",
            "2026-01-01",
        ),
        stated(
            "no date",
            "timestamp_invalid",
            "2026-01-01T00:05:00Z",
            "9999-99-99T00:05:00Z",
        ),
        stated("a space", "timestamp_invalid", "00:05:00Z", "00:05:00Z "),
        stated("empty", "timestamp_invalid", "2026-01-01T00:05:00Z", ""),
    ]
}

/// The same assertion again is known by its ID, which no thief can change, whatever he makes of the rest.
#[test]
fn a_replay_has_the_same_id_and_answers_the_same_request() {
    let message = response();
    let [first, second] = message.twice(Sign::Assertion);
    let other_wrapper = String::from_utf8(decode_form_field(&second).unwrap()).unwrap();
    let id = quoted(&other_wrapper, "ID").to_owned();
    let other_wrapper = other_wrapper.replacen(&id, " ID=\"_other\"", 1);
    let other_wrapper = STANDARD.encode(other_wrapper);
    let first = verified(&first).unwrap();
    for again in [second, other_wrapper] {
        let again = verified(&again).unwrap();
        assert_eq!(again.assertion_id, first.assertion_id);
        assert_eq!(again.in_response_to, first.in_response_to);
    }
}
