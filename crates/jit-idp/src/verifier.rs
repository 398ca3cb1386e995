//! The port through which everybody else verifies.

use chrono::Duration;
use jit_domain::{
    assertion::{Assertion, AssertionRefusal, ExampleAssertion},
    connections::{IdpConnection, IdpDescription, ServiceProvider},
    ports::AssertionVerifier,
    values::Timestamp,
};

use crate::saml::{
    Expectations, Reason, Refusal, Signed, VerifyingKey, X509, decode_form_field, read_example,
    verify,
};

/// Verifies SAML responses with the keys that a connection has pinned.
#[derive(Debug, Clone, Copy)]
pub struct SamlVerifier {
    skew: Duration,
    signed: Signed,
}

impl Default for SamlVerifier {
    fn default() -> Self {
        Self::new()
    }
}

impl SamlVerifier {
    /// The largest difference of clocks that makes sense: Entra ID says "up to five minutes".
    const MOST_SKEW: Duration = Duration::minutes(5);

    /// A verifier for clocks that differ by two minutes at most.
    pub const fn new() -> Self {
        Self {
            skew: Expectations::SKEW,
            signed: Signed::Either,
        }
    }

    /// Allows clocks to differ by this much, five minutes at most.
    #[must_use]
    pub fn with_skew(mut self, skew: Duration) -> Self {
        self.skew = skew.clamp(Duration::zero(), Self::MOST_SKEW);
        self
    }

    /// Wants a signature of the assertion itself, even if the response is signed.
    #[must_use]
    pub const fn with_signed_assertions(mut self) -> Self {
        self.signed = Signed::Assertion;
        self
    }
}

impl AssertionVerifier for SamlVerifier {
    fn verify(
        &self,
        connection: &IdpConnection,
        service: &ServiceProvider,
        saml_response: &str,
        now: Timestamp,
    ) -> Result<Assertion, AssertionRefusal> {
        let keys = usable_keys(&connection.idp).map_err(told)?;
        let expected = Expectations {
            idp_entity_id: &connection.idp.entity_id,
            keys: &keys,
            sp_entity_id: &service.entity_id,
            acs_url: &service.acs_url,
            signed: self.signed,
            now,
            skew: self.skew,
        };
        let response = decode_form_field(saml_response).map_err(told)?;
        verify(&response, &expected).map_err(told)
    }

    fn read_example(&self, text: &str) -> Result<ExampleAssertion, AssertionRefusal> {
        read_example(text).map_err(told)
    }
}

/// The keys that can verify something. One that cannot does not spoil the others; none at all refuses everything.
fn usable_keys(idp: &IdpDescription) -> Result<Vec<VerifyingKey>, Refusal> {
    let mut keys = Vec::with_capacity(idp.certificates.len());
    let mut unusable = None;
    for certificate in &idp.certificates {
        let parsed = X509::parse(&certificate.base64_der);
        match parsed.and_then(|parsed| VerifyingKey::from_certificate(&parsed)) {
            Ok(key) => keys.push(key),
            Err(refusal) => unusable = Some(refusal),
        }
    }
    match unusable {
        Some(refusal) if keys.is_empty() => Err(Refusal {
            reason: Reason::NoUsableKey,
            ..refusal
        }),
        _ => Ok(keys),
    }
}

fn told(refusal: Refusal) -> AssertionRefusal {
    AssertionRefusal {
        code: refusal.code(),
        expected: refusal.expected,
        found: refusal.found,
    }
}
