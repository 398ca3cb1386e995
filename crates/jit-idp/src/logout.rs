//! Single logout (SAML profiles 4.4): what we send, and what we read.

mod read;

use chrono::Duration;
use jit_domain::{
    connections::{IdpConnection, LogoutEndpoint, ServiceProvider},
    saml_keys::SamlKey,
    sessions::{AuthnRequestId, NameId},
    values::Timestamp,
};

use crate::{
    outgoing::{Message, Outgoing, SendError, Signer, Way, element, moment, wrap},
    saml::names::{ASSERTION, PARTIAL_LOGOUT, RESPONDER, SUCCESS},
};

pub use self::read::{Received, read_logout};

/// Tells a provider that somebody has signed out here (core 3.7.1). Signed if there is a key.
#[derive(Debug, Clone, Copy)]
pub struct LogoutRequest<'a> {
    /// `ID`, which the response repeats as `InResponseTo`.
    pub id: AuthnRequestId,
    /// `IssueInstant`.
    pub issued_at: Timestamp,
    /// Whom we tell.
    pub connection: &'a IdpConnection,
    /// Who tells.
    pub service: &'a ServiceProvider,
    /// Our keys, newest first, the first of which signs.
    pub keys: &'a [SamlKey],
    /// What the provider calls the person, exactly as its assertion did.
    pub name_id: &'a NameId,
    /// Which session; all of the person if `None`.
    pub session_index: Option<&'a str>,
    /// What comes back with the answer; at most 80 octets, and no secret.
    pub relay_state: Option<&'a str>,
}

impl LogoutRequest<'_> {
    /// How long the request counts.
    const VALID: Duration = Duration::minutes(5);

    /// The message, by the binding that the provider takes.
    pub fn message(&self) -> Result<Outgoing, SendError> {
        let slo = endpoint(self.connection)?;
        let id = self.id.to_string();
        let issuer = &self.service.entity_id;
        let mut name = vec![("xmlns:saml", ASSERTION)];
        name.extend(self.name_id.format.as_deref().map(|it| ("Format", it)));
        let mut request = Message::new("LogoutRequest", id, self.issued_at, &slo.url, issuer)
            .attribute("NotOnOrAfter", moment(self.issued_at + Self::VALID))
            .element(&element("saml:NameID", &name, &self.name_id.value));
        if let Some(index) = self.session_index {
            request = request.element(&element("samlp:SessionIndex", &[], index));
        }
        let way = Way {
            field: "SAMLRequest",
            url: &slo.url,
            binding: slo.binding,
            signer: Signer::of(self.keys)?,
            relay_state: self.relay_state,
        };
        way.send(&request)
    }
}

/// Answers the logout request of a provider (core 3.7.2). Signed if there is a key.
#[derive(Debug, Clone, Copy)]
pub struct LogoutResponse<'a> {
    /// `ID`.
    pub id: AuthnRequestId,
    /// `IssueInstant`.
    pub issued_at: Timestamp,
    /// Whom we answer.
    pub connection: &'a IdpConnection,
    /// Who answers.
    pub service: &'a ServiceProvider,
    /// Our keys, newest first, the first of which signs.
    pub keys: &'a [SamlKey],
    /// The `ID` of the request.
    pub in_response_to: &'a str,
    /// What came of it.
    pub outcome: &'a LogoutOutcome,
    /// What came with the request, to be given back as it is.
    pub relay_state: Option<&'a str>,
}

impl LogoutResponse<'_> {
    /// The message, by the binding that the provider takes.
    pub fn message(&self) -> Result<Outgoing, SendError> {
        let slo = endpoint(self.connection)?;
        let url = slo.response_url.as_ref().unwrap_or(&slo.url);
        let id = self.id.to_string();
        let issuer = &self.service.entity_id;
        let response = Message::new("LogoutResponse", id, self.issued_at, url, issuer)
            .attribute("InResponseTo", self.in_response_to)
            .element(&self.outcome.status());
        let way = Way {
            field: "SAMLResponse",
            url,
            binding: slo.binding,
            signer: Signer::of(self.keys)?,
            relay_state: self.relay_state,
        };
        way.send(&response)
    }
}

/// What came of a logout (SAML core 3.2.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// All is over.
    Done,
    /// Over here, but not at every other service.
    Partial,
    /// Not done, and why.
    Failed(String),
}

impl LogoutOutcome {
    /// `Status`, canonical.
    fn status(&self) -> String {
        let code = |value, inner| wrap("samlp:StatusCode", &[("Value", value)], inner);
        let content = match self {
            Self::Done => code(SUCCESS, ""),
            Self::Partial => code(SUCCESS, &code(PARTIAL_LOGOUT, "")),
            Self::Failed(why) => code(RESPONDER, "") + &element("samlp:StatusMessage", &[], why),
        };
        wrap("samlp:Status", &[], &content)
    }
}

/// A logout message of a provider that has passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceivedLogout {
    /// Somebody has to be signed out; signed by a pinned key.
    Request {
        /// `ID`, to be repeated in the answer.
        id: String,
        /// Who, as assertions of the provider call them.
        name_id: NameId,
        /// Which of their sessions; all if there are none.
        session_indexes: Vec<String>,
    },
    /// The answer to a request of ours.
    Response {
        /// The `ID` of that request.
        in_response_to: Option<String>,
        /// What came of it.
        outcome: LogoutOutcome,
        /// Whether a pinned key has signed it. If not, anybody may have written it.
        signed: bool,
    },
}

fn endpoint(connection: &IdpConnection) -> Result<&LogoutEndpoint, SendError> {
    let idp = connection.idp.as_ref().ok_or(SendError::ProviderUnknown)?;
    idp.slo.as_ref().ok_or(SendError::NoLogoutService)
}
