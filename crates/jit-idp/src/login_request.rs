//! Sending somebody to the identity provider (SAML core 3.4.1, profiles 4.1.4.1).

use jit_domain::{
    connections::{IdpConnection, ServiceProvider, Switch},
    saml_keys::SamlKey,
    sessions::AuthnRequestId,
    values::Timestamp,
};

use crate::{
    outgoing::{Message, Outgoing, SendError, Signer, Way},
    saml::names::POST,
};

/// One request to authenticate whoever comes with it.
///
/// It asks for as little as possible. A name format or an authentication context in the request
/// is a common cause of failed logins, and the connection decides about both anyway.
#[derive(Debug, Clone, Copy)]
pub struct LoginRequest<'a> {
    /// `ID`, which the response repeats as `InResponseTo`.
    pub id: AuthnRequestId,
    /// `IssueInstant`.
    pub issued_at: Timestamp,
    /// Whom we ask, and whether it wants requests signed.
    pub connection: &'a IdpConnection,
    /// Who asks, and where the answer shall go.
    pub service: &'a ServiceProvider,
    /// Our keys, newest first, the first of which signs.
    pub keys: &'a [SamlKey],
    /// What comes back with the answer; at most 80 octets (SAML bindings 3.4.3), and no secret.
    pub relay_state: Option<&'a str>,
}

impl LoginRequest<'_> {
    /// The message, by the binding that the provider takes; signed if the connection or the provider wants it.
    pub fn message(&self) -> Result<Outgoing, SendError> {
        let idp = self.connection.idp.as_ref();
        let idp = idp.ok_or(SendError::ProviderUnknown)?;
        let signer = if signs_requests(self.connection) {
            Some(Signer::of(self.keys)?.ok_or(SendError::NoKey)?)
        } else {
            None
        };
        let (url, service) = (&idp.sso_url, self.service);
        let id = self.id.to_string();
        let request = Message::new("AuthnRequest", id, self.issued_at, url, &service.entity_id)
            .attribute("ProtocolBinding", POST)
            .attribute("AssertionConsumerServiceURL", &service.acs_url);
        let way = Way {
            field: "SAMLRequest",
            url,
            binding: idp.sso_binding,
            signer,
            relay_state: self.relay_state,
        };
        way.send(&request)
    }
}

/// Whether login requests of this connection are signed.
pub(crate) fn signs_requests(connection: &IdpConnection) -> bool {
    let wanted = connection.idp.as_ref();
    connection.saml.signed_requests == Switch::On
        || wanted.is_some_and(|idp| idp.wants_signed_requests)
}
