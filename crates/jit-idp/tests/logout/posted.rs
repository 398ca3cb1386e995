//! By the POST binding: the signature is in the message, and of the one shape that SAML allows.

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_idp::{Received, ReceivedLogout};

use crate::world::{
    OURS, THEIRS, assert_dana, assert_refused, code, posted, read, request, response, service,
};

fn signed(message: &str) -> Result<ReceivedLogout, jit_idp::saml::Refusal> {
    read(Received::PostedRequest(&posted(message, &THEIRS)))
}

#[test]
fn a_signed_request_names_the_person_and_the_sessions() {
    assert_dana(signed(&request()));
}

#[test]
fn a_request_must_be_signed_by_a_pinned_key() {
    let plain = STANDARD.encode(request());
    assert_refused(read(Received::PostedRequest(&plain)), "unsigned");
    let ours = posted(&request(), &OURS);
    assert_refused(read(Received::PostedRequest(&ours)), "signature_invalid");
    let changed = STANDARD.decode(posted(&request(), &THEIRS)).unwrap();
    let changed = String::from_utf8(changed)
        .unwrap()
        .replace("dana@", "root@");
    let changed = STANDARD.encode(changed);
    assert_refused(read(Received::PostedRequest(&changed)), "digest_mismatch");
}

#[test]
fn every_other_message_is_refused_for_its_reason() {
    let slo = service().slo_url;
    for (from, to, code) in [
        ("Version=\"2.0\"", "Version=\"1.1\"", "version_unsupported"),
        (
            "https://idp.example/metadata",
            "https://else",
            "issuer_mismatch",
        ),
        (
            "2026-01-01T00:00:00Z",
            "2025-12-31T23:40:00Z",
            "issued_too_long_ago",
        ),
        (
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00Z",
            "not_yet_valid",
        ),
        ("2026-01-01T00:05:00Z", "2025-12-31T23:50:00Z", "expired"),
        (slo.as_str(), "https://else", "destination_mismatch"),
        (" Destination=", " Elsewhere=", "destination_mismatch"),
        ("dana@example.com", " ", "name_id_missing"),
        ("saml:NameID", "saml:BaseID", "name_id_missing"),
        ("LogoutRequest", "AuthnRequest", "not_a_logout_message"),
        (
            "<samlp:SessionIndex>_s2",
            "<samlp:SessionIndex><x></x>",
            "markup_in_value",
        ),
    ] {
        let changed = request().replace(from, to);
        assert_ne!(changed, request(), "{from}");
        assert_refused(signed(&changed), code);
    }
}

#[test]
fn a_request_without_an_end_is_good_while_it_is_fresh() {
    let open = request().replace(" NotOnOrAfter=\"2026-01-01T00:05:00Z\"", "");
    assert_dana(signed(&open));
}

#[test]
fn a_second_signature_and_an_answer_in_the_place_of_a_request_are_refused() {
    let stray = request().replace(
        "<samlp:SessionIndex>",
        "<x><Signature></Signature></x><samlp:SessionIndex>",
    );
    assert_refused(signed(&stray), "signature_misplaced");
    let answer = posted(&response(&code("Success", "")), &THEIRS);
    assert_refused(
        read(Received::PostedRequest(&answer)),
        "not_a_logout_message",
    );
    let read = read(Received::PostedResponse(&answer));
    assert!(
        matches!(read, Ok(ReceivedLogout::Response { signed: true, .. })),
        "{read:?}"
    );
}

#[test]
fn a_huge_message_is_refused() {
    let huge = request().replace("_s2", &"x".repeat(32 * 1024));
    assert_refused(signed(&huge), "too_large");
}
