//! The keys in certificates of service providers. Only the key counts, as everywhere in SAML metadata.

use aws_lc_rs::{
    rsa::PublicEncryptingKey,
    signature::{
        ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
        RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
    spki::SubjectPublicKeyInfoOwned,
};

/// `SubjectPublicKeyInfo` of a certificate, or that structure itself (RFC 5280 section 4.1), in DER form.
fn public_key(der: &[u8]) -> Option<SubjectPublicKeyInfoOwned> {
    Certificate::from_der(der)
        .map(|certificate| {
            certificate
                .tbs_certificate()
                .subject_public_key_info()
                .clone()
        })
        .or_else(|_| SubjectPublicKeyInfoOwned::from_der(der))
        .ok()
}

/// The RSA key that something can be encrypted to.
pub(super) fn encrypting_key(der: &[u8]) -> Option<PublicEncryptingKey> {
    let key = public_key(der)?.to_der().ok()?;
    PublicEncryptingKey::from_der(&key).ok()
}

/// Whether the key of a certificate has made a signature by the method with this identifier (RFC 9231).
pub(super) fn verifies(der: &[u8], method: &str, message: &[u8], signature: &[u8]) -> bool {
    let algorithm: &'static dyn VerificationAlgorithm =
        match method.strip_prefix("http://www.w3.org/2001/04/xmldsig-more#") {
            Some("rsa-sha256") => &RSA_PKCS1_2048_8192_SHA256,
            Some("rsa-sha384") => &RSA_PKCS1_2048_8192_SHA384,
            Some("rsa-sha512") => &RSA_PKCS1_2048_8192_SHA512,
            Some("ecdsa-sha256") => &ECDSA_P256_SHA256_FIXED,
            _ => return false,
        };
    public_key(der).is_some_and(|key| {
        let octets = key.subject_public_key.raw_bytes();
        UnparsedPublicKey::new(algorithm, octets)
            .verify(message, signature)
            .is_ok()
    })
}
