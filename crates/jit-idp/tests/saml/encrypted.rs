//! Assertions that were encrypted to us by their providers. What attackers do to them is in `attacks`.

use jit_testkit::idp::{ContentCipher, Dialect, Encryption, KeyPlace, KeyTransport, Sign};

use crate::world::{our_public_key, response, verified};

#[test]
fn every_dialect_may_encrypt_under_a_signed_response() {
    for dialect in Dialect::ALL {
        for sign in [Sign::Response, Sign::Both] {
            let encrypted = response().dialect(dialect).encrypt_to(our_public_key());
            let opened = verified(&encrypted.sign(sign));
            assert!(opened.is_ok(), "{dialect:?}, {sign:?}: {opened:?}");
        }
    }
}

#[test]
fn a_signed_assertion_may_be_encrypted_by_a_cipher_that_notices_changes() {
    for cipher in [ContentCipher::Aes128Gcm, ContentCipher::Aes256Gcm] {
        for transport in [KeyTransport::OaepSha1, KeyTransport::OaepSha256] {
            for place in [KeyPlace::Inside, KeyPlace::Beside] {
                let encryption = Encryption::to(our_public_key())
                    .cipher(cipher)
                    .transport(transport)
                    .key_place(place);
                let encrypted = response().encrypt_to(encryption);
                let opened = verified(&encrypted.sign(Sign::Assertion)).unwrap();
                assert_eq!(opened.name_id, "dana@example.com");
            }
        }
    }
}
