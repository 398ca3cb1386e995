//! What a verification costs, beside the one operation in it that nobody can avoid.
//!
//! Not a test of this machine: run it by hand with
//! `cargo test --release -p jit-idp --test saml speed -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use jit_domain::ports::AssertionVerifier;
use jit_idp::{
    SamlVerifier,
    saml::{Signed, decode_form_field, verify},
};
use jit_testkit::idp::{Person, Sign};

use crate::world::{IDP, REQUEST, expecting, now, service};

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..5_000)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

#[test]
#[ignore = "a measurement"]
fn a_verification_costs_little_more_than_its_rsa() {
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
    let bare = median(|| key.verify_sig(&[7; 700], &signature).unwrap());
    println!("bare RSA-2048 verification {bare:?}");

    let groups: [String; 25] = std::array::from_fn(|n| format!("a group of people, number {n}"));
    let person = Person::new("Dana Reyes", "dana@example.com")
        .with_groups(groups.each_ref().map(String::as_str));
    for typed in [false, true] {
        let response = IDP
            .response(&person, now())
            .to(&service())
            .in_response_to(REQUEST);
        let response = if typed {
            response.typed_values()
        } else {
            response
        };
        let field = response.sign(Sign::Assertion);
        let xml = decode_form_field(&field).unwrap();
        let all = median(|| {
            expecting(Signed::Either, |expected| verify(&xml, expected)).unwrap();
        });
        println!(
            "{} octets: {all:?}, {:.1} times as long",
            xml.len(),
            all.as_secs_f64() / bare.as_secs_f64()
        );
        let connection = crate::world::connection();
        let port = median(|| {
            SamlVerifier::new()
                .verify(&connection, &service(), &field, now())
                .unwrap();
        });
        println!("with base64 and the certificate of the connection: {port:?}");
    }
}
