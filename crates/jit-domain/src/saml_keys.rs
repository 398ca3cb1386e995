//! Our own keys towards identity providers.

use std::fmt;

use crate::{
    connections::SigningCertificate,
    ids::{SamlKeyId, WorkspaceId},
    values::{Timestamp, Version},
};

/// A key pair with which this portal signs requests and logouts, and to which assertions are encrypted.
///
/// All replicas need it, so it is in the store, as it is: whoever reads the store can already read what the
/// messages say. A provider trusts it as far as its certificate was given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamlKey {
    /// Its id.
    pub id: SamlKeyId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// The private half.
    pub private: PrivateKey,
    /// The public half.
    pub certificate: SigningCertificate,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A private key in PKCS #8 form (RFC 5958), DER. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey(pub Vec<u8>);

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}
