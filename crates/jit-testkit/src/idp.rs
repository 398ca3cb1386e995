//! An identity provider in this process, for tests and for trying the portal without one of your own.
//!
//! It signs real SAML 2.0. Nothing of it is shared with the verifier, so that a mistake in one is not
//! repeated in the other. Whoever can reach it can sign in as anybody: never point a portal with real people at it.
//!
//! It writes as well-known providers do, it encrypts, and it misbehaves in one line:
//! ```
//! use chrono::DateTime;
//! use jit_testkit::idp::{Dialect, IdentityProvider, IdpKey, Person, Sign};
//!
//! let dana = Person::new("Dana Reyes", "dana@example.com").with_groups(["engineering"]);
//! let idp = IdentityProvider::with_key("https://idp.example", vec![dana.clone()], IdpKey::ecdsa())
//!     .with_dialect(Dialect::EntraId);
//! let metadata = idp.metadata_xml(); // what an administrator uploads
//! let response = || {
//!     idp.response(&dana, DateTime::UNIX_EPOCH)
//!         .acs("https://service.example/acs")
//!         .audience("https://service.example/metadata")
//!         .in_response_to("_request")
//! };
//!
//! let honest = response().sign(Sign::Usual); // the form field SAMLResponse
//! let stale = response().expired().sign(Sign::Usual);
//! let overage = response().groups_overage().sign(Sign::Usual);
//! let [first, replay] = response().twice(Sign::Usual);
//!
//! let service_key = IdpKey::rsa();
//! let encrypted = response().encrypt_to(service_key.certificate_der()).sign(Sign::Usual);
//! # assert!(metadata.contains("sts.windows.net"));
//! # assert!(first == replay && honest != stale && overage != encrypted);
//! ```

mod c14n;
mod certificate;
mod description;
mod dialect;
mod encryption;
mod key;
mod logout;
mod metadata;
mod pages;
mod person;
mod redirect;
mod request;
mod response;
mod router;
mod service;
mod sessions;
mod signed_request;
mod signing;
mod xml;

use jit_domain::values::Timestamp;

use self::sessions::Sessions;
pub use self::{
    dialect::Dialect,
    encryption::{ContentCipher, Encryption, KeyPlace, KeyTransport},
    key::IdpKey,
    logout::{LogoutBuilder, LogoutRequest, LogoutResponse},
    person::{AttributeNames, NameIdFormat, Person},
    request::{AuthnRequest, BadRequest},
    response::{Misbehaviour, ResponseBuilder, Sign, Wrapping},
    service::Service,
    sessions::IdpSession,
};

/// A SAML identity provider with its own key and its own people.
#[derive(Debug)]
pub struct IdentityProvider {
    base_url: String,
    people: Vec<Person>,
    key: IdpKey,
    dialect: Dialect,
    attributes: AttributeNames,
    services: Vec<Service>,
    /// Requests must be signed by its key.
    request_certificate: Option<Vec<u8>>,
    sessions: Sessions,
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
            dialect: Dialect::default(),
            attributes: AttributeNames::default(),
            services: Vec::new(),
            request_certificate: None,
            sessions: Sessions::default(),
        }
    }

    /// Writes as another provider does: responses, metadata, `entityID` and the names of attributes.
    #[must_use]
    pub fn with_dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self.attributes = dialect.attribute_names();
        self
    }

    /// Sends the attributes under other names.
    #[must_use]
    pub fn with_attribute_names(mut self, names: AttributeNames) -> Self {
        self.attributes = names;
        self
    }

    /// Knows a service provider: for logins that start here, and for answers to its logouts.
    #[must_use]
    pub fn with_service(mut self, service: impl Into<Service>) -> Self {
        self.services.push(service.into());
        self
    }

    /// Refuses requests for login and logout that the key of this certificate (in DER form) has not signed.
    #[must_use]
    pub fn require_signed_requests(mut self, certificate: &[u8]) -> Self {
        self.request_certificate = Some(certificate.to_vec());
        self
    }

    /// Its `entityID`; that of the neutral dialect is also the address of its metadata.
    pub fn entity_id(&self) -> String {
        self.dialect.entity_id(&self.base_url)
    }

    /// Where logins start, by the redirect binding and by the POST binding.
    pub fn sso_url(&self) -> String {
        format!("{}/sso", self.base_url)
    }

    /// Where logouts go, by both bindings, if the dialect has them.
    pub fn slo_url(&self) -> Option<String> {
        (self.dialect.logs_out()).then(|| format!("{}/slo", self.base_url))
    }

    /// The people whom it knows.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Its key.
    pub fn key(&self) -> &IdpKey {
        &self.key
    }

    /// Starts a response about that person, as of `now`.
    pub fn response<'a>(&'a self, person: &'a Person, now: Timestamp) -> ResponseBuilder<'a> {
        ResponseBuilder::new(self, person, now)
    }
}

#[cfg(test)]
mod tests;
