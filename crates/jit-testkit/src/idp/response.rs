//! Responses: honest ones by default, and any other kind that a test needs.

mod attributes;
mod edits;
mod misbehaviour;
mod text;
mod wrapping;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use jit_domain::values::Timestamp;

use self::{attributes::AttributeEdit, edits::Edits, misbehaviour::Faults};
pub use self::{misbehaviour::Misbehaviour, wrapping::Wrapping};
use super::{
    AttributeNames, Dialect, Encryption, IdentityProvider, IdpKey, Person, dialect::Style,
    signing::Signing, xml::new_id,
};

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// What the [`Dialect`] signs by default.
    Usual,
    /// The assertion.
    Assertion,
    /// The response around it.
    Response,
    /// First the assertion, then the response.
    Both,
    /// Neither. No service provider may accept that.
    Nothing,
}

/// A response in the making. Made by [`IdentityProvider::response`], finished by [`sign`](Self::sign).
///
/// One builder is one message: to sign it twice gives the same assertion again, which is a replay.
///
/// What has no method of its own can be changed as text, before or after signing:
/// ```
/// # use jit_testkit::idp::{IdentityProvider, Person, Sign};
/// # let now = chrono::DateTime::UNIX_EPOCH;
/// let dana = Person::new("Dana Reyes", "dana@example.com");
/// let idp = IdentityProvider::new("http://127.0.0.1/idp", vec![dana.clone()]);
/// let tampered = idp
///     .response(&dana, now)
///     .acs("https://portal.example/acs")
///     .audience("https://portal.example/metadata")
///     .in_response_to("_request")
///     .edit_signed(|xml| xml.replace("dana@", "root@"))
///     .sign(Sign::Assertion);
/// ```
pub struct ResponseBuilder<'a> {
    person: &'a Person,
    key: &'a IdpKey,
    dialect: Dialect,
    style: Style,
    names: AttributeNames,
    issuer: String,
    acs_url: String,
    audience: String,
    in_response_to: Option<String>,
    response_id: String,
    assertion_id: String,
    session_index: Option<String>,
    /// Other times are counted from here unless they were chosen.
    now: Timestamp,
    issued_at: Option<Timestamp>,
    not_before: Option<Timestamp>,
    not_on_or_after: Option<Timestamp>,
    session_not_on_or_after: Option<Timestamp>,
    attribute_edits: Vec<AttributeEdit>,
    encryption: Option<Encryption>,
    faults: Faults,
    edits: Edits<'a>,
}

impl<'a> ResponseBuilder<'a> {
    pub(super) fn new(idp: &'a IdentityProvider, person: &'a Person, now: Timestamp) -> Self {
        Self {
            person,
            key: &idp.key,
            dialect: idp.dialect,
            style: Style::of(idp.dialect),
            names: idp.attributes.clone(),
            issuer: idp.entity_id(),
            acs_url: String::new(),
            audience: String::new(),
            in_response_to: None,
            response_id: new_id(),
            assertion_id: new_id(),
            session_index: None,
            now,
            issued_at: None,
            not_before: None,
            not_on_or_after: None,
            session_not_on_or_after: None,
            attribute_edits: Vec::new(),
            encryption: None,
            faults: Faults::default(),
            edits: Edits::default(),
        }
    }

    /// `Destination` and `Recipient`.
    #[must_use]
    pub fn acs(mut self, url: impl Into<String>) -> Self {
        self.acs_url = url.into();
        self
    }

    /// `Audience`: the `entityID` of the service provider.
    #[must_use]
    pub fn audience(mut self, entity_id: impl Into<String>) -> Self {
        self.audience = entity_id.into();
        self
    }

    /// The request that it answers. Without one it is unsolicited.
    #[must_use]
    pub fn in_response_to(mut self, request_id: impl Into<String>) -> Self {
        self.in_response_to = Some(request_id.into());
        self
    }

    /// Both `Issuer` elements, instead of the provider's own `entityID`.
    #[must_use]
    pub fn issuer(mut self, entity_id: impl Into<String>) -> Self {
        self.issuer = entity_id.into();
        self
    }

    /// `Assertion/@ID`, otherwise random.
    #[must_use]
    pub fn assertion_id(mut self, id: impl Into<String>) -> Self {
        self.assertion_id = id.into();
        self
    }

    /// `SessionIndex`, otherwise random.
    #[must_use]
    pub fn session_index(mut self, index: impl Into<String>) -> Self {
        self.session_index = Some(index.into());
        self
    }

    /// `IssueInstant`, otherwise now.
    #[must_use]
    pub fn issued_at(mut self, at: Timestamp) -> Self {
        self.issued_at = Some(at);
        self
    }

    /// When it begins to be valid, otherwise as the [`Dialect`] has it.
    #[must_use]
    pub fn not_before(mut self, at: Timestamp) -> Self {
        self.not_before = Some(at);
        self
    }

    /// When it ceases to be valid, otherwise as the [`Dialect`] has it.
    #[must_use]
    pub fn not_on_or_after(mut self, at: Timestamp) -> Self {
        self.not_on_or_after = Some(at);
        self
    }

    /// The end of the session at the provider, otherwise as the [`Dialect`] has it.
    #[must_use]
    pub fn session_not_on_or_after(mut self, at: Timestamp) -> Self {
        self.session_not_on_or_after = Some(at);
        self
    }

    /// Signs with another key than the provider's.
    #[must_use]
    pub fn key(mut self, key: &'a IdpKey) -> Self {
        self.key = key;
        self
    }

    /// Encrypts the assertion after signing it, and before signing the response.
    #[must_use]
    pub fn encrypt_to(mut self, whom: impl Into<Encryption>) -> Self {
        self.encryption = Some(whom.into());
        self
    }

    /// Writes as another provider does, with the names of its attributes. The issuer stays.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self.style = Style::of(dialect);
        self.names = dialect.attribute_names();
        self
    }

    /// Writes elements without prefixes.
    #[must_use]
    pub fn default_namespaces(mut self) -> Self {
        self.style = self.style.without_prefixes();
        self
    }

    /// Types the values with `xsi:type="xs:string"` and lists `xs` as an inclusive prefix.
    #[must_use]
    pub fn typed_values(mut self) -> Self {
        self.style = self.style.with_types();
        self
    }

    /// Writes `AttributeStatement` before `AuthnStatement`.
    #[must_use]
    pub fn attributes_first(mut self) -> Self {
        self.style.attributes_first = true;
        self
    }

    /// Writes one `Attribute` for each value, as Keycloak does.
    #[must_use]
    pub fn repeated_attributes(mut self) -> Self {
        self.style.repeated_attributes = true;
        self
    }

    /// The form field `SAMLResponse` (SAML bindings 3.5.4).
    pub fn sign(&self, what: Sign) -> String {
        STANDARD.encode(self.xml(what))
    }

    /// The message as XML.
    pub fn xml(&self, what: Sign) -> String {
        let (signs_response, signs_assertion) = self.signed_parts(what);
        let signing = Signing {
            key: self.key,
            style: self.style,
            sha1: self.faults.sha1,
            edit_signed_info: &*self.edits.signed_info,
            edit_signature: &*self.edits.signature,
        };
        let assertions: String = (self.assertion_ids().iter())
            .map(|id| {
                let assertion = (self.edits.assertion)(self.assertion_text(id));
                let signed = if signs_assertion {
                    signing.envelop(&assertion, id)
                } else {
                    assertion
                };
                match &self.encryption {
                    Some(encryption) => {
                        let plain = (self.edits.plaintext)(signed);
                        encryption.encrypted(&plain, self.dialect, self.style)
                    }
                    None => signed,
                }
            })
            .collect();
        let mut response = (self.edits.response)(self.response_text(&assertions));
        if signs_response {
            response = signing.envelop(&response, &self.response_id);
        }
        (self.edits.signed)(self.spoil(response))
    }

    /// Whether the response is signed, and whether the assertion is.
    fn signed_parts(&self, what: Sign) -> (bool, bool) {
        let what = match (&self.faults.wrapped, what) {
            _ if self.faults.unsigned => Sign::Nothing,
            (Some((wrapping, _)), _) => wrapping.signs(),
            (None, Sign::Usual) => self.dialect.signs(),
            (None, chosen) => chosen,
        };
        (
            matches!(what, Sign::Response | Sign::Both),
            matches!(what, Sign::Assertion | Sign::Both),
        )
    }
}

impl fmt::Debug for ResponseBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBuilder")
            .field("person", self.person)
            .field("dialect", &self.dialect)
            .field("acs_url", &self.acs_url)
            .field("audience", &self.audience)
            .field("in_response_to", &self.in_response_to)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}
