//! What an identity provider says of itself.

use serde::{Deserialize, Serialize};

use crate::values::Timestamp;

/// What an identity provider says of itself in its metadata (SAML metadata 2.4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdpDescription {
    /// `entityID`, also the `Issuer` of its assertions.
    pub entity_id: String,
    /// Where a login starts.
    pub sso_url: String,
    /// How a login request travels there.
    #[serde(default)]
    pub sso_binding: Binding,
    /// Where a logout goes, if it offers that.
    pub slo: Option<LogoutEndpoint>,
    /// Whether it wants login requests signed (`WantAuthnRequestsSigned`).
    #[serde(default)]
    pub wants_signed_requests: bool,
    /// The keys that it signs with; at least one, several during a rollover.
    pub certificates: Vec<SigningCertificate>,
}

impl IdpDescription {
    /// What an address of a provider looks like, for those who got one wrong.
    pub const EXAMPLE_ADDRESS: &str = "https://idp.example.com/sso";
}

/// How a message travels through the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// In the query of an address (SAML bindings 3.4).
    #[default]
    Redirect,
    /// In a form that the browser posts (SAML bindings 3.5).
    Post,
}

/// Where logout messages go (SAML metadata 2.2.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutEndpoint {
    /// `Location`: where requests go.
    pub url: String,
    /// `ResponseLocation`: where answers go, if that is another address.
    pub response_url: Option<String>,
    /// How they travel.
    pub binding: Binding,
}

/// A certificate whose public key verifies signatures. Only the key counts, not the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningCertificate {
    /// The DER form in base64 on one line.
    pub base64_der: String,
    /// SHA-256 of the DER form, lower-case hexadecimal, for people to compare.
    pub sha256: String,
    /// The end of validity that it states. Announced, not enforced.
    pub not_after: Timestamp,
}
