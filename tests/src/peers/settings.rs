//! What a test may switch while a provider runs.

use std::path::Path;

use anyhow::Result;
use jit_testkit::idp::Sign;
use serde_json::json;

/// What a provider does. Every provider understands all of it.
///
/// Single logout needs no switch: the metadata always names its endpoints, and a service provider
/// whose metadata names one (with a certificate for signing) takes part.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What it signs.
    pub sign: Sign,
    /// Encrypts assertions for the certificate in the service provider's metadata:
    /// SimpleSAMLphp with AES-128-CBC, samlp with AES-256-GCM, both keys with RSA-OAEP.
    pub encrypt: bool,
    /// Answers only requests that are signed by the certificate in the service provider's metadata.
    pub require_signed_requests: bool,
    /// Its metadata names no endpoint that takes requests by the redirect binding.
    pub post_binding_only: bool,
}

impl Default for Settings {
    /// The assertion is signed, and nothing else is asked for.
    fn default() -> Self {
        Self {
            sign: Sign::Assertion,
            encrypt: false,
            require_signed_requests: false,
            post_binding_only: false,
        }
    }
}

impl Settings {
    /// The same with this signed.
    #[must_use]
    pub fn signing(sign: Sign) -> Self {
        Self {
            sign,
            ..Self::default()
        }
    }

    /// Into the file that the provider reads for each request.
    pub(super) fn write(self, folder: &Path) -> Result<()> {
        let settings = json!({
            "sign_assertion": matches!(self.sign, Sign::Assertion | Sign::Both),
            "sign_response": matches!(self.sign, Sign::Response | Sign::Both),
            "encrypt": self.encrypt,
            "require_signed_requests": self.require_signed_requests,
            "post_binding_only": self.post_binding_only,
        });
        // A request must never see half of it.
        let half = folder.join("settings.json.new");
        std::fs::write(&half, serde_json::to_vec(&settings)?)?;
        Ok(std::fs::rename(half, folder.join("settings.json"))?)
    }
}
