//! What a message is measured against.

use chrono::Duration;
use jit_domain::{connections::Switch, saml_keys::SamlKey, values::Timestamp};

use super::{decryption::Recipient, keys::VerifyingKey, time::Clock};

/// Our side of one login, fixed before any XML is read.
///
/// The address of the assertion consumer service has chosen the connection, and so the provider and its keys.
/// Nothing in the message can choose another.
#[derive(Debug, Clone, Copy)]
pub struct Expectations<'a> {
    /// `entityID` of the identity provider.
    pub idp_entity_id: &'a str,
    /// Its pinned keys; with none, everything is refused.
    pub keys: &'a [VerifyingKey],
    /// Our `entityID`, the audience.
    pub sp_entity_id: &'a str,
    /// Our assertion consumer service, as configured and never as the `Host` header says.
    pub acs_url: &'a str,
    /// Our own keys, newest first, for assertions that are encrypted to us; possibly none.
    pub our_keys: &'a [SamlKey],
    /// Which signature is wanted.
    pub signed: Signed,
    /// Whether a response counts that answers no request, because the login began at the provider
    /// (profiles 4.1.5).
    pub unsolicited: Switch,
    /// The attribute that names the person; `None` is the `NameID`, which then must not be transient.
    pub subject: Option<&'a str>,
    /// Our clock.
    pub now: Timestamp,
    /// How far the clock of the provider may be from ours (SAML errata 05, E92).
    pub skew: Duration,
}

/// Which part of a response has to be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// The response or the assertion, as the provider likes (profiles 4.1.4.5).
    Either,
    /// The assertion, whether or not the response is signed too.
    Assertion,
}

impl Expectations<'_> {
    /// A skew that serves well-kept clocks.
    pub const SKEW: Duration = Duration::seconds(120);

    /// How old an assertion may be: a login is a matter of seconds.
    pub(super) const LONGEST_LOGIN: Duration = Duration::minutes(10);

    pub(super) fn recipient(&self) -> Recipient<'_> {
        Recipient {
            entity_id: self.sp_entity_id,
            keys: self.our_keys,
        }
    }

    pub(super) fn clock(&self) -> Clock {
        Clock {
            now: self.now,
            skew: self.skew,
        }
    }
}
