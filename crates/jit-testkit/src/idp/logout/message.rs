//! Logout messages of the provider.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use jit_domain::values::Timestamp;

use super::{
    super::{
        IdentityProvider, IdpKey, Person,
        dialect::{Style, declares},
        redirect::address,
        signing::Signing,
        xml::{ASSERTION, PROTOCOL, attribute, moment, new_id, text},
    },
    SUCCESS,
};

type Edit<'a> = Box<dyn Fn(String) -> String + Send + Sync + 'a>;

/// A `LogoutRequest` or a `LogoutResponse` in the making, signed by the provider.
///
/// ```
/// # use jit_testkit::idp::{IdentityProvider, IdpKey, Person};
/// # let now = chrono::DateTime::UNIX_EPOCH;
/// # let dana = Person::new("Dana Reyes", "dana@example.com");
/// # let idp = IdentityProvider::with_key("http://127.0.0.1/idp", vec![], IdpKey::ecdsa());
/// let logout = idp
///     .logout_request(&dana, now)
///     .session_index("_session")
///     .destination("https://portal.example/slo");
/// let address = logout.redirect_url(); // for a browser
/// let field = logout.form_field(); // the form field SAMLRequest
/// # assert!(address.starts_with("https://portal.example/slo?SAMLRequest=") && !field.is_empty());
/// ```
pub struct LogoutBuilder<'a> {
    kind: Kind<'a>,
    key: &'a IdpKey,
    style: Style,
    issuer: String,
    destination: String,
    id: String,
    issued_at: Timestamp,
    relay_state: Option<String>,
    signed: bool,
    sha1: bool,
    edit: Edit<'a>,
    edit_signed: Edit<'a>,
}

enum Kind<'a> {
    Request {
        person: &'a Person,
        session_indexes: Vec<String>,
        not_on_or_after: Timestamp,
    },
    Response {
        in_response_to: String,
        status: String,
    },
}

impl IdentityProvider {
    /// Asks a service provider to end the sessions of a person: all of them, unless some are named.
    pub fn logout_request<'a>(&'a self, person: &'a Person, now: Timestamp) -> LogoutBuilder<'a> {
        let kind = Kind::Request {
            person,
            session_indexes: Vec::new(),
            not_on_or_after: now + Duration::minutes(5),
        };
        LogoutBuilder::new(self, kind, now)
    }

    /// Answers a service provider that has asked for a logout.
    pub fn logout_response(
        &self,
        in_response_to: impl Into<String>,
        now: Timestamp,
    ) -> LogoutBuilder<'_> {
        let kind = Kind::Response {
            in_response_to: in_response_to.into(),
            status: SUCCESS.to_owned(),
        };
        LogoutBuilder::new(self, kind, now)
    }
}

impl<'a> LogoutBuilder<'a> {
    fn new(idp: &'a IdentityProvider, kind: Kind<'a>, now: Timestamp) -> Self {
        Self {
            kind,
            key: &idp.key,
            // There are no types here that a prefix list would be for.
            style: Style {
                xs_listed: false,
                ..Style::of(idp.dialect)
            },
            issuer: idp.entity_id(),
            destination: String::new(),
            id: new_id(),
            issued_at: now,
            relay_state: None,
            signed: true,
            sha1: false,
            edit: Box::new(|xml| xml),
            edit_signed: Box::new(|xml| xml),
        }
    }

    /// `ID`, which the answer to a request repeats.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where it goes: `Destination`, and the address of [`redirect_url`](Self::redirect_url).
    #[must_use]
    pub fn destination(mut self, url: impl Into<String>) -> Self {
        self.destination = url.into();
        self
    }

    /// Names a session that shall end; may be said several times. Answers have none.
    #[must_use]
    pub fn session_index(mut self, index: impl Into<String>) -> Self {
        if let Kind::Request {
            session_indexes, ..
        } = &mut self.kind
        {
            session_indexes.push(index.into());
        }
        self
    }

    /// When a request ceases to count, otherwise in five minutes.
    #[must_use]
    pub fn not_on_or_after(mut self, at: Timestamp) -> Self {
        if let Kind::Request {
            not_on_or_after, ..
        } = &mut self.kind
        {
            *not_on_or_after = at;
        }
        self
    }

    /// The top-level status of an answer, otherwise `Success`.
    #[must_use]
    pub fn status(mut self, uri: impl Into<String>) -> Self {
        if let Kind::Response { status, .. } = &mut self.kind {
            *status = uri.into();
        }
        self
    }

    /// `RelayState` of the redirect binding; in a form it is a field of its own.
    #[must_use]
    pub fn relay_state(mut self, state: impl Into<String>) -> Self {
        self.relay_state = Some(state.into());
        self
    }

    /// `Issuer`, instead of the provider's own `entityID`.
    #[must_use]
    pub fn issuer(mut self, entity_id: impl Into<String>) -> Self {
        self.issuer = entity_id.into();
        self
    }

    /// `IssueInstant`, otherwise now.
    #[must_use]
    pub fn issued_at(mut self, at: Timestamp) -> Self {
        self.issued_at = at;
        self
    }

    /// Signs with another key than the provider's.
    #[must_use]
    pub fn key(mut self, key: &'a IdpKey) -> Self {
        self.key = key;
        self
    }

    /// Digest and signature with SHA-1.
    #[must_use]
    pub fn sha1(mut self) -> Self {
        self.sha1 = true;
        self
    }

    /// Leaves the signature out.
    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.signed = false;
        self
    }

    /// Changes the message before it is signed. The text must stay canonical.
    #[must_use]
    pub fn edit(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit = Box::new(edit);
        self
    }

    /// Changes the finished message in a form, or the finished query of an address.
    #[must_use]
    pub fn edit_signed(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edit_signed = Box::new(edit);
        self
    }

    /// The address to send a browser to (SAML bindings 3.4.4.1).
    pub fn redirect_url(&self) -> String {
        let signer = self.signed.then_some((self.key, self.sha1));
        let relay_state = self.relay_state.as_deref();
        let xml = (self.edit)(self.text());
        let address = address(
            &self.destination,
            self.parameter(),
            &xml,
            relay_state,
            signer,
        );
        let (base, query) = address.split_at(self.destination.len() + 1);
        format!("{base}{}", (self.edit_signed)(query.to_owned()))
    }

    /// The form field `SAMLRequest` or `SAMLResponse` (SAML bindings 3.5.4).
    pub fn form_field(&self) -> String {
        STANDARD.encode(self.xml())
    }

    /// The message of the form as XML.
    pub fn xml(&self) -> String {
        let signing = Signing {
            key: self.key,
            style: self.style,
            sha1: self.sha1,
            edit_signed_info: &|info| info,
            edit_signature: &|signature| signature,
        };
        let message = (self.edit)(self.text());
        (self.edit_signed)(if self.signed {
            signing.envelop(&message, &self.id)
        } else {
            message
        })
    }

    /// Where it goes.
    pub(in crate::idp) fn address(&self) -> &str {
        &self.destination
    }

    /// The name of the parameter and of the form field.
    pub(in crate::idp) fn parameter(&self) -> &'static str {
        match self.kind {
            Kind::Request { .. } => "SAMLRequest",
            Kind::Response { .. } => "SAMLResponse",
        }
    }

    fn text(&self) -> String {
        let (p, a) = (self.style.protocol, self.style.assertion);
        let xmlns_a = declares(a, ASSERTION);
        let (name, before, after, content) = match &self.kind {
            Kind::Request {
                person,
                session_indexes,
                not_on_or_after,
            } => {
                let indexes = session_indexes.iter();
                let indexes: Vec<_> = indexes
                    .map(|index| format!("<{p}SessionIndex>{}</{p}SessionIndex>", text(index)))
                    .collect();
                let indexes = indexes.concat();
                let content = format!(
                    "<{a}NameID{xmlns_a}{}>{}</{a}NameID>{indexes}",
                    self.style.name_id_format(person),
                    text(&person.name_id),
                );
                let end = format!(" NotOnOrAfter=\"{}\"", moment(*not_on_or_after));
                ("LogoutRequest", String::new(), end, content)
            }
            Kind::Response {
                in_response_to,
                status,
            } => {
                let content = format!(
                    "<{p}Status><{p}StatusCode Value=\"{}\"></{p}StatusCode></{p}Status>",
                    attribute(status)
                );
                let answers = format!(" InResponseTo=\"{}\"", attribute(in_response_to));
                ("LogoutResponse", answers, String::new(), content)
            }
        };
        format!(
            "<{p}{name}{xmlns} Destination=\"{destination}\" ID=\"{id}\"{before} IssueInstant=\"{issued}\"{after} \
             Version=\"2.0\"><{a}Issuer{xmlns_a}>{issuer}</{a}Issuer>{content}</{p}{name}>",
            xmlns = declares(p, PROTOCOL),
            destination = attribute(&self.destination),
            id = attribute(&self.id),
            issued = moment(self.issued_at),
            issuer = text(&self.issuer),
        )
    }
}

impl fmt::Debug for LogoutBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogoutBuilder")
            .field("id", &self.id)
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}
