//! The bare operation, and this crate.

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use jit_domain::{connections::Switch, ports::AssertionVerifier};
use jit_idp::{
    SamlVerifier,
    saml::{Expectations, Signed, VerifyingKey, X509, verify},
};

use crate::{Subject, Work, cpu, message::Message};

pub(crate) fn subjects(message: &Message) -> Vec<Subject> {
    let subject = |name, times, work| Subject { name, times, work };
    vec![
        subject("the signature alone, RSA-2048", 2_000, bare()),
        subject("`saml::verify`: every check", 1_000, verifying(message)),
        subject(
            "`SamlVerifier`: from the form field, with all that is shown of it",
            500,
            examining(message),
        ),
    ]
}

fn timed(mut once: impl FnMut() + 'static) -> Work {
    Box::new(move |times| {
        let start = cpu::of_this_thread();
        (0..times).for_each(|_| once());
        cpu::of_this_thread() - start
    })
}

/// `SignedInfo` has about 700 octets.
fn bare() -> Work {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        &[7; 700],
        &mut signature,
    )
    .unwrap();
    let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key()).unwrap();
    timed(move || key.verify_sig(&[7; 700], &signature).unwrap())
}

fn verifying(message: &Message) -> Work {
    let certificate = X509::from_der(message.idp.key().certificate_der().to_vec()).unwrap();
    let keys = [VerifyingKey::from_certificate(&certificate).unwrap()];
    let (idp, service, now) = (
        message.idp.entity_id(),
        message.service.clone(),
        message.now,
    );
    let xml = message.xml.clone();
    timed(move || {
        let expected = Expectations {
            idp_entity_id: &idp,
            keys: &keys,
            sp_entity_id: &service.entity_id,
            acs_url: &service.acs_url,
            our_keys: &[],
            signed: Signed::Assertion,
            unsolicited: Switch::Off,
            subject: None,
            now,
            skew: Expectations::SKEW,
        };
        let assertion = verify(xml.as_bytes(), &expected).unwrap();
        assert_eq!(assertion.name_id, Message::NAME);
    })
}

fn examining(message: &Message) -> Work {
    let (connection, service, now) = (
        message.connection.clone(),
        message.service.clone(),
        message.now,
    );
    let (field, verifier) = (message.field.clone(), SamlVerifier::new());
    timed(move || {
        let examination = verifier.examine(&connection, &service, &[], &field, now);
        assert_eq!(examination.verdict.unwrap().name_id, Message::NAME);
    })
}
