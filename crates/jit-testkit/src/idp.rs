//! An identity provider in this process, for tests and for trying the portal without one of your own.
//!
//! It signs real SAML 2.0. Nothing of it is shared with the verifier, so that a mistake in one is not
//! repeated in the other. Whoever can reach it can sign in as anybody: never point a portal with real people at it.

mod key;
mod metadata;
mod pages;
mod person;
mod request;
mod response;
mod router;
mod signing;
mod xml;

use jit_domain::{
    connections::{Binding, IdpDescription, SigningCertificate},
    values::Timestamp,
};

pub use self::{
    key::IdpKey,
    person::{AttributeNames, NameIdFormat, Person},
    request::{AuthnRequest, BadRequest},
    response::{ResponseBuilder, Sign},
};

/// A SAML identity provider with its own key and its own people.
#[derive(Debug)]
pub struct IdentityProvider {
    base_url: String,
    people: Vec<Person>,
    key: IdpKey,
    attributes: AttributeNames,
}

impl IdentityProvider {
    /// Makes a provider with a fresh RSA key of 2048 bits.
    ///
    /// `base_url` is where its [`router`](Self::router) will be reachable, without a slash at the end.
    pub fn new(base_url: impl Into<String>, people: Vec<Person>) -> Self {
        Self::with_key(base_url, people, IdpKey::rsa())
    }

    /// Makes a provider that signs with this key.
    pub fn with_key(base_url: impl Into<String>, people: Vec<Person>, key: IdpKey) -> Self {
        Self {
            base_url: base_url.into(),
            people,
            key,
            attributes: AttributeNames::default(),
        }
    }

    /// Sends the attributes under other names.
    #[must_use]
    pub fn with_attribute_names(mut self, names: AttributeNames) -> Self {
        self.attributes = names;
        self
    }

    /// Its `entityID`, also the address of its metadata.
    pub fn entity_id(&self) -> String {
        format!("{}/metadata", self.base_url)
    }

    /// Where logins start.
    pub fn sso_url(&self) -> String {
        format!("{}/sso", self.base_url)
    }

    /// The people whom it knows.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Its key.
    pub fn key(&self) -> &IdpKey {
        &self.key
    }

    /// What a connection keeps of it, as if read from its metadata.
    pub fn description(&self) -> IdpDescription {
        IdpDescription {
            entity_id: self.entity_id(),
            sso_url: self.sso_url(),
            sso_binding: Binding::Redirect,
            slo: None,
            wants_signed_requests: false,
            certificates: vec![SigningCertificate {
                base64_der: self.key.certificate_base64(),
                sha256: self.key.certificate_sha256(),
                not_after: self.key.not_after(),
            }],
        }
    }

    /// Starts a response about that person, as of `now`.
    pub fn response<'a>(&'a self, person: &'a Person, now: Timestamp) -> ResponseBuilder<'a> {
        ResponseBuilder::new(self, person, now)
    }
}

#[cfg(test)]
mod tests;
