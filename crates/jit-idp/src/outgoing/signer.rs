//! Signatures by our own key.

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use jit_domain::saml_keys::SamlKey;

use super::{SendError, base64};
use crate::saml::names::{DSIG, ENVELOPED, EXC_C14N};

/// Signs with RSA and SHA-256, which every provider takes.
pub(crate) struct Signer<'a> {
    pair: RsaKeyPair,
    certificate: &'a str,
}

impl<'a> Signer<'a> {
    /// The URI of the method (RFC 9231).
    pub(crate) const METHOD: &'static str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// The newest key signs; `None` if there is no key.
    pub(crate) fn of(keys: &'a [SamlKey]) -> Result<Option<Self>, SendError> {
        let Some(key) = keys.first() else {
            return Ok(None);
        };
        let pair = RsaKeyPair::from_pkcs8(&key.private.0).map_err(|_| SendError::KeyUnusable)?;
        Ok(Some(Self {
            pair,
            certificate: &key.certificate.base64_der,
        }))
    }

    /// A signature in base64.
    pub(crate) fn sign(&self, octets: &[u8]) -> Result<String, SendError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let random = SystemRandom::new();
        let signed = self
            .pair
            .sign(&RSA_PKCS1_SHA256, &random, octets, &mut signature);
        signed.map_err(|_| SendError::KeyUnusable)?;
        Ok(base64(&signature))
    }

    /// `ds:Signature` of an element that is canonical as it is written (SAML core 5.4).
    pub(super) fn enveloped_signature(&self, id: &str, element: &str) -> Result<String, SendError> {
        let digest = base64(digest::digest(&digest::SHA256, element.as_bytes()).as_ref());
        // It declares its namespace although Signature does: so it is canonical by itself, too.
        let info = format!(
            "<ds:SignedInfo xmlns:ds=\"{DSIG}\">\
             <ds:CanonicalizationMethod Algorithm=\"{EXC_C14N}\"></ds:CanonicalizationMethod>\
             <ds:SignatureMethod Algorithm=\"{method}\"></ds:SignatureMethod>\
             <ds:Reference URI=\"#{id}\"><ds:Transforms>\
             <ds:Transform Algorithm=\"{ENVELOPED}\"></ds:Transform>\
             <ds:Transform Algorithm=\"{EXC_C14N}\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>\
             <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>",
            method = Self::METHOD,
        );
        Ok(format!(
            "<ds:Signature xmlns:ds=\"{DSIG}\">{info}\
             <ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>\
             <ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
            value = self.sign(info.as_bytes())?,
            certificate = self.certificate,
        ))
    }
}
