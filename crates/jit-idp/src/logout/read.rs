//! The endpoint of single logout: what came, measured against the connection whose address it came to.

use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    saml_keys::SamlKey,
    values::Timestamp,
};

use super::ReceivedLogout;
use crate::{
    provider::Provider,
    saml::{
        Expectations, Refusal,
        logout::{self, LogoutExpectations},
    },
};

/// A logout message as the browser brought it.
#[derive(Debug, Clone, Copy)]
pub enum Received<'a> {
    /// The query of the address, without `?`, exactly as it came: its octets are what is signed
    /// (SAML bindings 3.4.4.1).
    Query(&'a str),
    /// The form field `SAMLRequest` (bindings 3.5.4).
    PostedRequest(&'a str),
    /// The form field `SAMLResponse`.
    PostedResponse(&'a str),
}

/// Reads a logout request or response of the provider of that connection (SAML profiles 4.4.4).
///
/// A request has to be signed by a pinned key. A response need not be, for it changes little; a signature that
/// is there has to be good. `keys` are our own, for names that are encrypted.
pub fn read_logout(
    received: Received<'_>,
    connection: &IdpConnection,
    service: &ServiceProvider,
    keys: &[SamlKey],
    now: Timestamp,
) -> Result<ReceivedLogout, Refusal> {
    let provider = Provider::of(connection)?;
    let expected = LogoutExpectations {
        idp_entity_id: &provider.idp.entity_id,
        keys: &provider.keys,
        service,
        our_keys: keys,
        now,
        skew: Expectations::SKEW,
    };
    logout::read(received, &expected)
}
