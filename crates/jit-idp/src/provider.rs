//! The provider of a connection, as far as messages are measured against it.

use jit_domain::connections::{IdpConnection, IdpDescription, SigningCertificate};

use crate::saml::{Reason, Refusal, VerifyingKey, X509};

/// What a connection knows of its provider.
pub(crate) struct Provider<'a> {
    pub(crate) idp: &'a IdpDescription,
    /// Those of its keys that can verify something; at least one.
    pub(crate) keys: Vec<VerifyingKey>,
    /// The certificate of each key.
    certificates: Vec<&'a SigningCertificate>,
}

impl<'a> Provider<'a> {
    /// One key that cannot be used does not spoil the others; none at all refuses everything.
    pub(crate) fn of(connection: &'a IdpConnection) -> Result<Self, Refusal> {
        let idp = connection.idp.as_ref().ok_or_else(|| {
            let expected = "a connection that knows its identity provider";
            let found = "one without a description of it";
            Refusal::new(Reason::ProviderUnknown, expected, found)
        })?;
        let mut provider = Self {
            idp,
            keys: Vec::with_capacity(idp.certificates.len()),
            certificates: Vec::with_capacity(idp.certificates.len()),
        };
        let mut unusable = None;
        for certificate in &idp.certificates {
            let parsed = X509::parse(&certificate.base64_der);
            match parsed.and_then(|parsed| VerifyingKey::from_certificate(&parsed)) {
                Ok(key) => {
                    provider.keys.push(key);
                    provider.certificates.push(certificate);
                }
                Err(refusal) => unusable = Some(refusal),
            }
        }
        if provider.keys.is_empty() {
            let expected = "a signing certificate with a supported key";
            let none = || Refusal::new(Reason::NoUsableKey, expected, "none in the connection");
            return Err(Refusal {
                reason: Reason::NoUsableKey,
                ..unusable.unwrap_or_else(none)
            });
        }
        Ok(provider)
    }

    /// The SHA-256 of the certificate of a key.
    pub(crate) fn sha256_of(&self, key: Option<usize>) -> Option<String> {
        let certificate = self.certificates.get(key?)?;
        Some(certificate.sha256.clone())
    }
}
