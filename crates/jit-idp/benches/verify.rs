//! What a verification costs, beside the one operation in it that nobody can avoid.
//!
//! `cargo bench -p jit-idp`

#![expect(
    clippy::unwrap_used,
    reason = "a measurement ends when something is wrong"
)]

use std::time::{Duration, Instant};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use jit_domain::{
    connections::{IdpConnection, ServiceProvider, Switch},
    ids::SamlKeyId,
    ports::AssertionVerifier,
    saml_keys::SamlKey,
    values::{Timestamp, Version},
};
use jit_idp::{
    SamlVerifier, generate_saml_key,
    saml::{Expectations, Signed, VerifyingKey, X509, verify},
};
use jit_testkit::{
    fixtures::Fixtures,
    idp::{IdentityProvider, Person, Sign},
};
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
};

fn main() {
    let bare = bare_rsa();
    println!("bare RSA-2048 verification: {bare:?}");
    for groups in [0, 10, 25] {
        let (octets, time, examined) = verification(groups);
        let ratio = time.as_secs_f64() / bare.as_secs_f64();
        println!(
            "a response of {octets} octets with {groups} groups: {time:?}, {ratio:.1} times as long; \
             with its certificate parsed and all that is shown of it: {examined:?}"
        );
    }
    println!("the same response, encrypted: {:?}", opening());
    let made: Vec<_> = (0..9)
        .map(|_| timed(|| drop(generate_saml_key(now()).unwrap())))
        .collect();
    println!("making a key of our own: {made:?}");
}

fn now() -> Timestamp {
    DateTime::UNIX_EPOCH
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The median of many runs.
fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..10_000).map(|_| timed(&mut work)).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn bare_rsa() -> Duration {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let mut signature = vec![0; pair.public_modulus_len()];
    let random = SystemRandom::new();
    pair.sign(&RSA_PKCS1_SHA256, &random, &[7; 700], &mut signature)
        .unwrap();
    let key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key()).unwrap();
    median(|| key.verify_sig(&[7; 700], &signature).unwrap())
}

fn verification(groups: usize) -> (usize, Duration, Duration) {
    let mut person = Person::new("Dana Reyes", "dana@example.com");
    person.groups = Some(
        (0..groups)
            .map(|n| format!("a group of people, number {n}"))
            .collect(),
    );
    let idp = IdentityProvider::new("https://idp.example", vec![person.clone()]);
    let service = ServiceProvider {
        entity_id: "https://portal.example/sso/saml/idp/metadata".into(),
        acs_url: "https://portal.example/sso/saml/idp/acs".into(),
        slo_url: "https://portal.example/sso/saml/idp/slo".into(),
    };
    let now = now();
    let response = idp
        .response(&person, now)
        .to(&service)
        .in_response_to("_request");
    let xml = response.xml(Sign::Assertion);
    let certificate = X509::from_der(idp.key().certificate_der().to_vec()).unwrap();
    let keys = [VerifyingKey::from_certificate(&certificate).unwrap()];
    let expected = Expectations {
        idp_entity_id: &idp.entity_id(),
        keys: &keys,
        sp_entity_id: &service.entity_id,
        acs_url: &service.acs_url,
        our_keys: &[],
        signed: Signed::Either,
        unsolicited: Switch::Off,
        subject: None,
        now,
        skew: Expectations::SKEW,
    };
    let time = median(|| {
        verify(xml.as_bytes(), &expected).unwrap();
    });
    let connection = IdpConnection {
        idp: Some(idp.description()),
        ..Fixtures::named("acme", 1).connection("idp")
    };
    let (field, verifier) = (response.sign(Sign::Assertion), SamlVerifier::new());
    let examined = median(|| {
        let examination = verifier.examine(&connection, &service, &[], &field, now);
        assert!(examination.verdict.is_ok());
    });
    (xml.len(), time, examined)
}

/// An encrypted response through the port: our key is parsed, and used once.
fn opening() -> Duration {
    let (private, certificate) = generate_saml_key(now()).unwrap();
    let fixtures = Fixtures::named("acme", 1);
    let ours = SamlKey {
        id: fixtures.id(SamlKeyId::new),
        workspace: fixtures.workspace_id(),
        version: Version::FIRST,
        private,
        certificate,
        created_at: now(),
    };
    let der = STANDARD.decode(&ours.certificate.base64_der).unwrap();
    let public = Certificate::from_der(&der).unwrap();
    let public = public.tbs_certificate().subject_public_key_info().to_der();
    let person = Person::new("Dana Reyes", "dana@example.com");
    let idp = IdentityProvider::new("https://idp.example", vec![person.clone()]);
    let connection = IdpConnection {
        idp: Some(idp.description()),
        ..fixtures.connection("idp")
    };
    let service = ServiceProvider::of(&connection, "https://portal.example");
    let response = idp
        .response(&person, now())
        .to(&service)
        .in_response_to("_request")
        .encrypt_to(public.unwrap().as_slice());
    let (field, verifier) = (response.sign(Sign::Both), SamlVerifier::new());
    let keys = [ours];
    let mut times: Vec<_> = (0..200)
        .map(|_| {
            timed(|| {
                let examination = verifier.examine(&connection, &service, &keys, &field, now());
                assert!(examination.verdict.is_ok());
            })
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
