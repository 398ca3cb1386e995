//! One provider, one service, one moment, and a key of our own. The keys are fresh in every process: nothing that
//! a fuzzer finds can be signed by them, unless a target signs it.

use std::sync::LazyLock;

use chrono::DateTime;
use jit_domain::{
    assertion::Examination,
    connections::{IdpConnection, ServiceProvider},
    ports::AssertionVerifier,
    saml_keys::SamlKey,
    values::{Timestamp, Version},
};
use jit_idp::{Received, ReceivedLogout, SamlVerifier, generate_saml_key, read_logout};
use jit_testkit::{
    fixtures::Fixtures,
    idp::{IdentityProvider, IdpKey, Person, ResponseBuilder},
};

/// The person that every honest message is about.
pub const DANA: &str = "dana@example.com";

/// The request of ours that every honest response answers.
pub const REQUEST: &str = "_0123456789abcdef0123456789abcdef";

/// Signs with ECDSA, which is made and checked in little time.
pub static IDP: LazyLock<IdentityProvider> = LazyLock::new(|| {
    IdentityProvider::with_key("https://idp.example", vec![PERSON.clone()], IdpKey::ecdsa())
});

static PERSON: LazyLock<Person> = LazyLock::new(|| {
    Person::new("Dana Reyes & Söhne", DANA).with_groups(["engineering", "on call"])
});

/// The key that providers encrypt to.
pub static OURS: LazyLock<SamlKey> = LazyLock::new(|| {
    let (private, certificate) = generate_saml_key(now()).expect("a key can be made");
    SamlKey {
        id: format!("key_{:032x}", 1).parse().expect("an id"),
        workspace: Fixtures::named("acme", 1).workspace_id(),
        version: Version::FIRST,
        private,
        certificate,
        created_at: now(),
    }
});

pub static CONNECTION: LazyLock<IdpConnection> = LazyLock::new(|| IdpConnection {
    idp: Some(IDP.description()),
    ..Fixtures::named("acme", 1).connection("idp")
});

pub static SERVICE: LazyLock<ServiceProvider> =
    LazyLock::new(|| ServiceProvider::of(&CONNECTION, "https://portal.example"));

/// The only moment.
pub fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).expect("a moment")
}

/// An honest response about Dana, to be made dishonest.
pub fn response() -> ResponseBuilder<'static> {
    IDP.response(&PERSON, now())
        .to(&SERVICE)
        .in_response_to(REQUEST)
}

pub fn person() -> &'static Person {
    &PERSON
}

/// What our verifier makes of a form field.
pub fn examined(field: &str) -> Examination {
    let keys = std::slice::from_ref(&*OURS);
    SamlVerifier::new().examine(&CONNECTION, &SERVICE, keys, field, now())
}

/// What our endpoint of logout makes of a message. A request that passes is signed.
pub fn logout(received: Received<'_>) -> Option<ReceivedLogout> {
    let keys = std::slice::from_ref(&*OURS);
    read_logout(received, &CONNECTION, &SERVICE, keys, now()).ok()
}
