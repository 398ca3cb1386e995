//! One provider, our keys, and a response whose assertion is encrypted.

use std::sync::LazyLock;

use chrono::{DateTime, Duration};
use jit_domain::{
    assertion::{Assertion, Examination},
    connections::{IdpConnection, ServiceProvider},
    ids::SamlKeyId,
    ports::AssertionVerifier,
    saml_keys::SamlKey,
    values::{Timestamp, Version},
};
use jit_idp::{SamlVerifier, generate_saml_key};
use jit_testkit::{
    fixtures::Fixtures,
    idp::{IdentityProvider, IdpKey, Person, ResponseBuilder, Sign},
};

use crate::encryption::{Aes256Gcm, Encryption, Transport};

pub(crate) static IDP: LazyLock<IdentityProvider> = LazyLock::new(|| {
    IdentityProvider::with_key("https://idp.example", vec![DANA.clone()], IdpKey::ecdsa())
});
static DANA: LazyLock<Person> =
    LazyLock::new(|| Person::new("Dana Reyes", "dana@example.com").with_groups(["engineering"]));

/// Our key, and the one before it.
pub(crate) static OURS: LazyLock<Vec<SamlKey>> = LazyLock::new(|| vec![our_key(2), our_key(1)]);

pub(crate) fn our_key(id: u128) -> SamlKey {
    let (private, certificate) = generate_saml_key(now()).unwrap();
    SamlKey {
        id: format!("key_{id:032x}").parse::<SamlKeyId>().unwrap(),
        workspace: Fixtures::named("acme", 1).workspace_id(),
        version: Version::FIRST,
        private,
        certificate,
        created_at: now(),
    }
}

pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap()
}

pub(crate) fn service() -> ServiceProvider {
    ServiceProvider::of(&connection(), "https://portal.example")
}

pub(crate) fn connection() -> IdpConnection {
    IdpConnection {
        idp: Some(IDP.description()),
        ..Fixtures::named("acme", 1).connection("idp")
    }
}

/// A response about Dana to a request of ours.
pub(crate) fn response() -> ResponseBuilder<'static> {
    IDP.response(&DANA, now())
        .to(&service())
        .in_response_to("_0123456789abcdef0123456789abcdef")
        .not_on_or_after(now() + Duration::minutes(5))
}

/// The usual way to encrypt to us.
pub(crate) fn to_us() -> Encryption<'static> {
    Encryption {
        content: Aes256Gcm,
        transport: Transport::Mgf1p,
        to: &OURS[0].certificate,
    }
}

/// A response whose (signed) assertion `encrypt` replaces, before the response itself is signed.
pub(crate) fn encrypted(sign: Sign, encrypt: impl Fn(&str) -> String + Send + Sync) -> String {
    response()
        .edit_response(|xml| {
            let assertion = assertion_of(&xml).to_owned();
            xml.replace(&assertion, &encrypt(&assertion))
        })
        .sign(sign)
}

/// The assertion in the text of a response.
pub(crate) fn assertion_of(xml: &str) -> &str {
    let start = xml.find("<saml:Assertion").expect("an assertion");
    let end = xml.find("</saml:Response>").unwrap_or(xml.len());
    let close = "</saml:Assertion>";
    let end = xml[..end].rfind(close).expect("its end") + close.len();
    &xml[start..end]
}

pub(crate) fn examined(field: &str, keys: &[SamlKey]) -> Examination {
    SamlVerifier::new().examine(&connection(), &service(), keys, field, now())
}

/// What our verifier makes of it, or the reason why it makes nothing of it.
pub(crate) fn verified(field: &str) -> Result<Assertion, &'static str> {
    let verdict = examined(field, &OURS).verdict;
    verdict.map_err(|refusal| refusal.code)
}

#[track_caller]
pub(crate) fn assert_dana(field: &str) {
    let assertion = examined(field, &OURS).verdict.unwrap();
    assert_eq!(assertion.name_id, "dana@example.com");
    assert_eq!(assertion.attributes["groups"], ["engineering"]);
}
