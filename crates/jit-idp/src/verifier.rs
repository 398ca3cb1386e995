//! The port through which everybody else verifies.

use chrono::Duration;
use jit_domain::{
    assertion::{Assertion, AssertionRefusal, Examination, ExampleAssertion},
    connections::{IdpConnection, ServiceProvider, Switch},
    ports::AssertionVerifier,
    saml_keys::SamlKey,
    values::Timestamp,
};

use crate::{
    provider::Provider,
    saml::{
        Check, Expectations, Refusal, Signed, decode_form_field, read_example, trail::Trail,
        verify_leaving,
    },
};

/// Verifies SAML responses with the keys that a connection has pinned.
#[derive(Debug, Clone, Copy)]
pub struct SamlVerifier {
    skew: Duration,
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
        }
    }

    /// Allows clocks to differ by this much, five minutes at most.
    #[must_use]
    pub fn with_skew(mut self, skew: Duration) -> Self {
        self.skew = skew.clamp(Duration::zero(), Self::MOST_SKEW);
        self
    }
}

impl AssertionVerifier for SamlVerifier {
    fn examine(
        &self,
        connection: &IdpConnection,
        service: &ServiceProvider,
        keys: &[SamlKey],
        saml_response: &str,
        now: Timestamp,
    ) -> Examination {
        let mut trail = Trail::with_notes();
        trail.at(Check::ConnectionKey);
        let (verdict, certificate) = match Provider::of(connection) {
            Err(refusal) => (Err(refusal), None),
            Ok(provider) => {
                let expected = Expectations {
                    idp_entity_id: &provider.idp.entity_id,
                    keys: &provider.keys,
                    sp_entity_id: &service.entity_id,
                    acs_url: &service.acs_url,
                    our_keys: keys,
                    signed: match connection.saml.signed_assertions {
                        Switch::On => Signed::Assertion,
                        Switch::Off => Signed::Either,
                    },
                    unsolicited: connection.saml.idp_initiated,
                    subject: connection.saml.subject.as_deref(),
                    now,
                    skew: self.skew,
                };
                let verdict = verify_field(saml_response, &expected, &mut trail);
                (verdict, provider.sha256_of(trail.key))
            }
        };
        let (checks, notes) = trail.end(verdict.is_ok());
        Examination {
            verdict: verdict.map_err(told),
            checks,
            claimed: notes.claimed,
            certificate,
            issued_at: notes.issued_at,
            redacted: notes.redacted,
        }
    }

    fn read_example(&self, text: &str) -> Result<ExampleAssertion, AssertionRefusal> {
        read_example(text).map_err(told)
    }
}

fn verify_field(
    field: &str,
    expected: &Expectations<'_>,
    trail: &mut Trail,
) -> Result<Assertion, Refusal> {
    trail.at(Check::Encoding);
    let response = decode_form_field(field)?;
    verify_leaving(&response, expected, trail)
}

fn told(refusal: Refusal) -> AssertionRefusal {
    AssertionRefusal {
        code: refusal.code(),
        expected: refusal.expected,
        found: refusal.found,
    }
}

#[cfg(test)]
mod tests;
