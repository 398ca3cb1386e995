//! What the fuzzers begin with: honest messages of the provider of `jit-testkit`, in every dialect.

use std::{env, fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_domain::{
    clients::IpNetwork,
    tokens::{Secret, SecretKind},
};
use jit_testkit::idp::{Dialect, IdentityProvider, IdpKey, Sign};

use crate::world::{IDP, OURS, REQUEST, SERVICE, now, person, response};

/// One seed: the target, a name, and the input.
pub type Seed = (&'static str, String, Vec<u8>);

/// Writes the seeds of a target into its corpus, if the variable `SEEDS` is set.
///
/// A fuzzer does that itself, because another program would need a build of its own, without instrumentation.
pub fn write(target: &str) {
    if env::var_os("SEEDS").is_none() {
        return;
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = top.join("corpus").join(target);
    fs::create_dir_all(&folder).expect("a folder can be made");
    for (_, name, octets) in all().into_iter().filter(|seed| seed.0 == target) {
        let path = folder.join(format!("seed-{name}"));
        fs::write(path, octets).expect("a seed can be written");
    }
}

/// The seeds of all targets.
pub fn all() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for dialect in Dialect::ALL {
        messages(dialect, &mut seeds);
    }
    texts(&mut seeds);
    scripts(&mut seeds);
    seeds
}

/// Honest messages, but for the key: the targets with octets refuse whatever a stranger has signed.
fn messages(dialect: Dialect, seeds: &mut Vec<Seed>) {
    let stranger = IdpKey::ecdsa();
    let response = || response().dialect(dialect).key(&stranger);
    let name = format!("{dialect:?}");
    let mut add =
        |target, name: String, text: String| seeds.push((target, name, text.into_bytes()));
    for sign in [Sign::Assertion, Sign::Response, Sign::Both] {
        let xml = response().xml(sign);
        let name = format!("{name}-{sign:?}");
        add("response_field", name.clone(), STANDARD.encode(&xml));
        add("example", name.clone(), xml.clone());
        add("response_xml", name, xml);
    }
    let ours = STANDARD.decode(&OURS.certificate.base64_der);
    let ours = ours.expect("our own certificate");
    let encrypted = response().encrypt_to(ours.as_slice());
    add(
        "response_xml",
        format!("{name}-encrypted"),
        encrypted.xml(Sign::Both),
    );

    let people = vec![person().clone()];
    let idp = IdentityProvider::with_key("https://idp.example", people, IdpKey::ecdsa());
    let idp = idp.with_dialect(dialect);
    add("idp_metadata", name.clone(), idp.metadata_xml());
    let request = idp.logout_request(person(), now()).session_index("_s1");
    let answer = idp.logout_response(REQUEST, now());
    for (kind, message) in [("request", request), ("answer", answer)] {
        let message = message.destination(&SERVICE.slo_url).relay_state("state");
        let name = format!("{name}-{kind}");
        let url = message.redirect_url();
        let query = url.split_once('?').map_or("", |(_, query)| query);
        add("logout_query", name.clone(), query.to_owned());
        let xml = STANDARD.decode(message.form_field()).expect("a form field");
        let xml = String::from_utf8(xml).expect("a message in UTF-8");
        add("logout_post", name, xml);
    }
}

const OPENAPI: &str = include_str!("../openapi.yaml");

fn texts(seeds: &mut Vec<Seed>) {
    let mut add = |target, name: &str, octets: &[u8]| {
        seeds.push((target, name.to_owned(), octets.to_vec()));
    };
    let rsa = IdpKey::rsa();
    add("certificate", "rsa-der", rsa.certificate_der());
    add("certificate", "ecdsa-der", IDP.key().certificate_der());
    let base64 = rsa.certificate_base64();
    let frame = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
    add("certificate", "rsa-pem", frame.as_bytes());
    add("api_document", "yaml", OPENAPI.as_bytes());
    let json = jit_http::document::from_text(OPENAPI).expect("a document");
    add("api_document", "json", json.as_bytes());
    for kind in [SecretKind::AuthToken, SecretKind::SetupLink] {
        let secret = Secret::new(kind, [7; 20]);
        add("values", kind.prefix(), secret.reveal().as_bytes());
    }
    for network in ["10.1.0.0/16", "2001:db8::/32", "::ffff:10.0.0.1/120"] {
        assert!(IpNetwork::parse("allow", network).is_ok());
        add("values", &network.replace('/', "-"), network.as_bytes());
    }
    let id = "usr_0123456789abcdef0123456789abcdef";
    add("values", "id", id.as_bytes());
    add("values", "request", REQUEST.as_bytes());
    add("values", "address", b"https://[2001:db8::1]:8443/a?b=c#d");
    add("values", "email", person().email.as_bytes());
    add("values", "cursor", b"0123456789abcdef0123456789abcdef");
}

/// A script is any octets: the first three choose dialect, signature and style.
fn scripts(seeds: &mut Vec<Seed>) {
    let targets = [
        "response_changed",
        "response_crafted",
        "response_encrypted",
        "logout_crafted",
    ];
    for target in targets {
        for dialect in 0..5_u8 {
            for sign in 0..3_u8 {
                let mut octets = vec![0; 64];
                octets[..3].copy_from_slice(&[dialect, sign, dialect * 3 + sign]);
                seeds.push((target, format!("{dialect}-{sign}"), octets));
            }
        }
    }
}
