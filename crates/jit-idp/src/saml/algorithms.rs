//! The identifiers of algorithms that count, and why others do not.

use aws_lc_rs::digest;

use super::refusal::{Reason, Refusal};

/// A signature method of RFC 9231 (before: RFC 4051).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignatureMethod {
    RsaSha256,
    RsaSha384,
    RsaSha512,
    EcdsaSha256,
    EcdsaSha384,
    EcdsaSha512,
}

impl SignatureMethod {
    /// Takes RSA (PKCS #1 v1.5) and ECDSA with SHA-2.
    ///
    /// Never HMAC: its "key" would be the provider's public key, which everybody has.
    pub(super) fn parse(uri: &str) -> Result<Self, Refusal> {
        Ok(
            match uri
                .strip_prefix("http://www.w3.org/2001/04/xmldsig-more#")
                .unwrap_or_default()
            {
                "rsa-sha256" => Self::RsaSha256,
                "rsa-sha384" => Self::RsaSha384,
                "rsa-sha512" => Self::RsaSha512,
                "ecdsa-sha256" => Self::EcdsaSha256,
                "ecdsa-sha384" => Self::EcdsaSha384,
                "ecdsa-sha512" => Self::EcdsaSha512,
                _ => {
                    return Err(refuse(
                        Reason::SignatureMethodRefused,
                        "RSA or ECDSA with SHA-2",
                        uri,
                    ));
                }
            },
        )
    }
}

/// Takes SHA-2 with 256 bits or more.
pub(super) fn digest_method(uri: &str) -> Result<&'static digest::Algorithm, Refusal> {
    match uri {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Ok(&digest::SHA256),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Ok(&digest::SHA384),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Ok(&digest::SHA512),
        _ => Err(refuse(
            Reason::DigestMethodRefused,
            "SHA-256, SHA-384 or SHA-512",
            uri,
        )),
    }
}

/// SHA-1 has a name of its own, because an administrator can do something about it.
fn refuse(otherwise: Reason, expected: &str, uri: &str) -> Refusal {
    if uri.ends_with("sha1") && !uri.contains("hmac") {
        let expected =
            "SHA-256: choose it as signature algorithm in the settings of the identity provider";
        return Refusal::new(Reason::Sha1Refused, expected, uri);
    }
    Refusal::new(otherwise, expected, uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_is_refused_by_name_and_sha1_with_advice() {
        let signature = |uri| SignatureMethod::parse(uri).unwrap_err().code();
        assert_eq!(
            signature("http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
            "signature_method_refused"
        );
        assert_eq!(
            signature("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
            "signature_method_refused"
        );
        assert_eq!(
            signature("http://www.w3.org/2000/09/xmldsig#dsa-sha1"),
            "sha1_refused"
        );
        assert_eq!(
            signature("http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
            "sha1_refused"
        );
        assert_eq!(signature(""), "signature_method_refused");
        let digest = |uri| digest_method(uri).unwrap_err().code();
        assert_eq!(
            digest("http://www.w3.org/2000/09/xmldsig#sha1"),
            "sha1_refused"
        );
        assert_eq!(
            digest("http://www.w3.org/2001/04/xmldsig-more#md5"),
            "digest_method_refused"
        );
    }
}
