//! Without a good signature nothing counts. What attackers do to signatures is in `attacks`.

use jit_idp::saml::{Expectations, Signed, verify};
use jit_testkit::idp::Sign;

use crate::world::{ATTACKER, assert_refused, expecting, response};

const SIGNED: [Sign; 3] = [Sign::Assertion, Sign::Response, Sign::Both];

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
