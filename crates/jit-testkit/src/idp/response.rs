//! Responses: honest ones by default, and any other kind that a test needs.

mod text;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use jit_domain::{connections::ServiceProvider, values::Timestamp};

use self::text::Style;
use super::{IdentityProvider, IdpKey, Person, signing::Signing, xml::new_id};

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The assertion.
    Assertion,
    /// The response around it.
    Response,
    /// First the assertion, then the response.
    Both,
    /// Neither. No service provider may accept that.
    Nothing,
}

type Edit<'a> = Box<dyn Fn(String) -> String + Send + Sync + 'a>;

/// A response in the making. Made by [`IdentityProvider::response`], finished by [`sign`](Self::sign).
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
    idp: &'a IdentityProvider,
    person: &'a Person,
    key: &'a IdpKey,
    issuer: String,
    acs_url: String,
    audience: String,
    in_response_to: Option<String>,
    response_id: String,
    assertion_id: String,
    session_index: String,
    issued_at: Timestamp,
    not_before: Timestamp,
    not_on_or_after: Timestamp,
    session_not_on_or_after: Option<Timestamp>,
    style: Style,
    edit_assertion: Edit<'a>,
    edit_response: Edit<'a>,
    edit_signed_info: Edit<'a>,
    edit_signature: Edit<'a>,
    edit_signed: Edit<'a>,
}

impl<'a> ResponseBuilder<'a> {
    pub(super) fn new(idp: &'a IdentityProvider, person: &'a Person, now: Timestamp) -> Self {
        let same = || -> Edit<'a> { Box::new(|xml| xml) };
        Self {
            idp,
            person,
            key: &idp.key,
            issuer: idp.entity_id(),
            acs_url: String::new(),
            audience: String::new(),
            in_response_to: None,
            response_id: new_id(),
            assertion_id: new_id(),
            session_index: new_id(),
            issued_at: now,
            not_before: now - Duration::minutes(5),
            not_on_or_after: now + Duration::minutes(5),
            session_not_on_or_after: None,
            style: Style::default(),
            edit_assertion: same(),
            edit_response: same(),
            edit_signed_info: same(),
            edit_signature: same(),
            edit_signed: same(),
        }
    }

    /// Sends it to a service provider: its address, and itself as the audience.
    #[must_use]
    pub fn to(self, service: &ServiceProvider) -> Self {
        self.acs(&service.acs_url).audience(&service.entity_id)
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

    /// `IssueInstant`, otherwise now.
    #[must_use]
    pub fn issued_at(mut self, at: Timestamp) -> Self {
        self.issued_at = at;
        self
    }

    /// When it begins to be valid, otherwise five minutes ago.
    #[must_use]
    pub fn not_before(mut self, at: Timestamp) -> Self {
        self.not_before = at;
        self
    }

    /// When it ceases to be valid, otherwise in five minutes.
    #[must_use]
    pub fn not_on_or_after(mut self, at: Timestamp) -> Self {
        self.not_on_or_after = at;
        self
    }

    /// The end of the session at the provider, otherwise not stated.
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

    /// Writes elements without prefixes, as Entra ID does.
    #[must_use]
    pub fn default_namespaces(mut self) -> Self {
        self.style.default_namespaces = true;
        self
    }

    /// Types the values with `xsi:type="xs:string"` and lists `xs` as an inclusive prefix, as Okta does.
    #[must_use]
    pub fn typed_values(mut self) -> Self {
        self.style.typed_values = true;
        self
    }

    /// Writes `AttributeStatement` before `AuthnStatement`, as OneLogin does.
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

    /// Changes the assertion before it is signed. The text must stay canonical.
    #[must_use]
    pub fn edit_assertion(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_assertion = Box::new(edit);
        self
    }

    /// Changes the response, with the (signed) assertion inside, before it is signed itself.
    #[must_use]
    pub fn edit_response(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_response = Box::new(edit);
        self
    }

    /// Changes each `SignedInfo` before its signature is made.
    #[must_use]
    pub fn edit_signed_info(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_signed_info = Box::new(edit);
        self
    }

    /// Changes each `Signature` after it was made.
    #[must_use]
    pub fn edit_signature(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_signature = Box::new(edit);
        self
    }

    /// Changes the finished message: what an attacker on the way can do.
    #[must_use]
    pub fn edit_signed(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_signed = Box::new(edit);
        self
    }

    /// The form field `SAMLResponse` (SAML bindings 3.5.4).
    pub fn sign(&self, what: Sign) -> String {
        STANDARD.encode(self.xml(what))
    }

    /// The message as XML.
    pub fn xml(&self, what: Sign) -> String {
        let signing = Signing {
            key: self.key,
            prefix: if self.style.default_namespaces {
                ""
            } else {
                "ds:"
            },
            prefix_list: if self.style.typed_values { "xs" } else { "" },
            edit_signed_info: &*self.edit_signed_info,
            edit_signature: &*self.edit_signature,
        };
        let mut assertion = (self.edit_assertion)(self.assertion_text());
        if matches!(what, Sign::Assertion | Sign::Both) {
            assertion = signing.envelop(&assertion, &self.assertion_id);
        }
        let mut response = (self.edit_response)(self.response_text(&assertion));
        if matches!(what, Sign::Response | Sign::Both) {
            response = signing.envelop(&response, &self.response_id);
        }
        (self.edit_signed)(response)
    }
}

impl fmt::Debug for ResponseBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBuilder")
            .field("person", self.person)
            .field("acs_url", &self.acs_url)
            .field("audience", &self.audience)
            .field("in_response_to", &self.in_response_to)
            .finish_non_exhaustive()
    }
}
