//! One provider, one service, one person, one moment.

use std::sync::LazyLock;

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa::{KeySize, PrivateDecryptingKey},
};
use chrono::{DateTime, Duration};
use jit_domain::{
    assertion::Assertion,
    connections::{IdpConnection, ServiceProvider, Switch},
    saml_keys::{PrivateKey, SamlKey},
    values::{Timestamp, Version},
};
use jit_idp::saml::{Expectations, Refusal, Signed, VerifyingKey, X509, decode_form_field, verify};
use jit_testkit::fixtures::Fixtures;
use jit_testkit::idp::{IdentityProvider, IdpKey, Person, ResponseBuilder};

pub(crate) const REQUEST: &str = "_0123456789abcdef0123456789abcdef";
pub(crate) const ATTACKER: &str = "root@example.com";

pub(crate) static IDP: LazyLock<IdentityProvider> =
    LazyLock::new(|| IdentityProvider::new("https://idp.example", vec![dana()]));

/// The key of somebody else.
pub(crate) static OTHER_KEY: LazyLock<IdpKey> = LazyLock::new(IdpKey::ecdsa);

pub(crate) static KEYS: LazyLock<Vec<VerifyingKey>> = LazyLock::new(|| vec![key(IDP.key())]);

/// The key that assertions are encrypted to, as we keep it and as a provider has it.
static OUR_KEYS: LazyLock<(Vec<SamlKey>, Vec<u8>)> = LazyLock::new(|| {
    let pair = PrivateDecryptingKey::generate(KeySize::Rsa2048).unwrap();
    let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let make = Fixtures::named("acme", 1);
    let kept = SamlKey {
        id: format!("key_{}", "0".repeat(32)).parse().unwrap(),
        workspace: make.workspace_id(),
        version: Version::FIRST,
        private: PrivateKey(private.as_ref().to_vec()),
        certificate: IDP.description().certificates.remove(0),
        created_at: now(),
    };
    (vec![kept], public.as_ref().to_vec())
});

/// What a provider encrypts to.
pub(crate) fn our_public_key() -> &'static [u8] {
    &OUR_KEYS.1
}

pub(crate) static DANA: LazyLock<Person> = LazyLock::new(dana);

pub(crate) fn dana() -> Person {
    Person::new("Dana Reyes & Söhne", "dana@example.com").with_groups(["engineering", "on call"])
}

pub(crate) fn key(key: &IdpKey) -> VerifyingKey {
    let certificate = X509::from_der(key.certificate_der().to_vec()).unwrap();
    VerifyingKey::from_certificate(&certificate).unwrap()
}

pub(crate) fn service() -> ServiceProvider {
    ServiceProvider {
        entity_id: "https://portal.example/sso/saml/idp/metadata".into(),
        acs_url: "https://portal.example/sso/saml/idp/acs".into(),
        slo_url: "https://portal.example/sso/saml/idp/slo".into(),
    }
}

/// The connection that keeps the keys of the provider.
pub(crate) fn connection() -> IdpConnection {
    IdpConnection {
        idp: Some(IDP.description()),
        ..Fixtures::named("acme", 1).connection("idp")
    }
}

pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap()
}

pub(crate) fn minutes(minutes: i64) -> Duration {
    Duration::minutes(minutes)
}

/// An honest response about Dana, to be made dishonest.
pub(crate) fn response() -> ResponseBuilder<'static> {
    IDP.response(&DANA, now())
        .to(&service())
        .in_response_to(REQUEST)
}

/// Gives the expectations of our service to a check.
pub(crate) fn expecting<T>(signed: Signed, check: impl FnOnce(&Expectations<'_>) -> T) -> T {
    let service = service();
    let idp = IDP.entity_id();
    check(&Expectations {
        idp_entity_id: &idp,
        keys: &KEYS,
        sp_entity_id: &service.entity_id,
        acs_url: &service.acs_url,
        our_keys: &OUR_KEYS.0,
        signed,
        unsolicited: Switch::Off,
        subject: None,
        now: now(),
        skew: Expectations::SKEW,
    })
}

/// Verifies a form field as our service does.
pub(crate) fn verified(field: &str) -> Result<Assertion, Refusal> {
    let xml = decode_form_field(field)?;
    expecting(Signed::Either, |expected| verify(&xml, expected))
}

/// Requires a refusal for that reason.
#[track_caller]
pub(crate) fn assert_refused(field: &str, code: &str) {
    match verified(field) {
        Ok(assertion) => panic!("accepted {} instead of {code}", assertion.name_id),
        Err(refusal) => assert_eq!(refusal.code(), code, "{refusal}"),
    }
}

/// The text between two marks, both included.
pub(crate) fn between<'x>(xml: &'x str, start: &str, end: &str) -> &'x str {
    let from = xml.find(start).expect("the first mark");
    let to = xml[from..].find(end).expect("the second mark");
    &xml[from..from + to + end.len()]
}

/// The first XML attribute with that name and its value, with the space before it.
pub(crate) fn quoted<'x>(xml: &'x str, name: &str) -> &'x str {
    let start = xml.find(&format!(" {name}=\"")).expect("the attribute");
    let mut quotes = xml[start..].match_indices('"');
    let (end, _) = quotes.nth(1).expect("the end of its value");
    &xml[start..=start + end]
}
