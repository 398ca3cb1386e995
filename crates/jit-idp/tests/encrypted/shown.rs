//! What administrators see of an encrypted message.

use jit_testkit::idp::Sign;

use crate::world::{IDP, OURS, encrypted, examined, to_us};

#[test]
fn the_content_is_shown_without_people_after_it_was_opened() {
    let field = encrypted(Sign::Both, |it| to_us().assertion(it));
    let examined = examined(&field, &OURS);
    let names: Vec<_> = examined.checks.iter().map(|it| it.check.as_str()).collect();
    assert_eq!(
        names[8..13],
        [
            "request",
            "response_signature",
            "decryption",
            "signature",
            "assertion"
        ]
    );
    assert!(examined.checks.iter().all(|it| it.passed));
    let claimed = examined.claimed.unwrap().0;
    assert_eq!(claimed.name_id, "dana@example.com");
    assert_eq!(claimed.attributes["groups"], ["engineering"]);
    assert!(claimed.in_response_to.is_some());
    let sha256 = &IDP.description().certificates[0].sha256;
    assert_eq!(examined.certificate.as_ref(), Some(sha256));
    let redacted = examined.redacted.unwrap();
    assert!(
        redacted.contains("The assertion in it, decrypted:"),
        "{redacted}"
    );
    assert!(redacted.contains("<saml:Audience>"), "{redacted}");
    assert!(redacted.contains("#aes256-gcm"), "{redacted}");
    assert!(!redacted.contains("dana"), "{redacted}");
    assert!(!redacted.contains("engineering"), "{redacted}");
}

#[test]
fn what_could_not_be_opened_is_shown_as_far_as_it_is_plain() {
    let field = encrypted(Sign::Both, |it| to_us().assertion(it));
    let examined = examined(&field, &[]);
    let last = examined.checks.last().unwrap();
    assert_eq!((last.check.as_str(), last.passed), ("decryption", false));
    assert_eq!(examined.claimed.unwrap().0.name_id, "");
    assert!(examined.redacted.unwrap().contains("<xenc:CipherValue>["));
}
