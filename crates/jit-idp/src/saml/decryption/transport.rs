//! How the key of the content is encrypted to us (XML Encryption 1.1 section 5.5).

use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OAEP_SHA384_MGF1SHA384, OAEP_SHA512_MGF1SHA512,
    OaepAlgorithm, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use jit_domain::saml_keys::SamlKey;
use roxmltree::Node;

use super::shape::malformed;
use crate::saml::{
    names::{DSIG, XENC, XENC11},
    nodes::{attribute, optional, required, required_attribute},
    refusal::{Reason, Refusal},
};

/// The key of the content, encrypted.
pub(super) struct WrappedKey {
    algorithm: &'static OaepAlgorithm,
    ciphertext: Vec<u8>,
}

impl WrappedKey {
    /// Takes RSA-OAEP only.
    ///
    /// RSA 1.5 is what most attacks on XML Encryption were about, and no provider needs it.
    pub(super) fn read(encrypted_key: Node<'_, '_>, ciphertext: Vec<u8>) -> Result<Self, Refusal> {
        let method = required(encrypted_key, XENC, "EncryptionMethod")?;
        if optional(method, XENC, "OAEPparams")?.is_some() {
            return Err(malformed("RSA-OAEP without a label", "OAEPparams"));
        }
        let digest = optional(method, DSIG, "DigestMethod")?;
        let digest = digest.and_then(|digest| attribute(digest, "Algorithm"));
        let mask = optional(method, XENC11, "MGF")?;
        let mask = mask.and_then(|mask| attribute(mask, "Algorithm"));
        let algorithm = match required_attribute(method, "Algorithm")? {
            // Its mask generation is always with SHA-1.
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p" => oaep(digest, None),
            "http://www.w3.org/2009/xmlenc11#rsa-oaep" => oaep(digest, mask),
            other => Err(other.to_owned()),
        };
        match algorithm {
            Ok(algorithm) => Ok(Self {
                algorithm,
                ciphertext,
            }),
            Err(found) => Err(Refusal::new(
                Reason::KeyTransportRefused,
                "RSA-OAEP with one hash for digest and mask: choose it at the provider",
                found,
            )),
        }
    }
}

/// The hash that both names mean; SHA-1 is meant where a name is absent.
///
/// SHA-1 is sound here: nothing depends on its collisions.
fn oaep(digest: Option<&str>, mask: Option<&str>) -> Result<&'static OaepAlgorithm, String> {
    let digest = digest.unwrap_or("http://www.w3.org/2000/09/xmldsig#sha1");
    let mask = mask.unwrap_or("http://www.w3.org/2009/xmlenc11#mgf1sha1");
    match (digest, mask) {
        ("http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2009/xmlenc11#mgf1sha1") => {
            Ok(&OAEP_SHA1_MGF1SHA1)
        }
        (
            "http://www.w3.org/2001/04/xmlenc#sha256",
            "http://www.w3.org/2009/xmlenc11#mgf1sha256",
        ) => Ok(&OAEP_SHA256_MGF1SHA256),
        (
            "http://www.w3.org/2001/04/xmldsig-more#sha384",
            "http://www.w3.org/2009/xmlenc11#mgf1sha384",
        ) => Ok(&OAEP_SHA384_MGF1SHA384),
        (
            "http://www.w3.org/2001/04/xmlenc#sha512",
            "http://www.w3.org/2009/xmlenc11#mgf1sha512",
        ) => Ok(&OAEP_SHA512_MGF1SHA512),
        _ => Err(format!("RSA-OAEP with {digest} and {mask}")),
    }
}

/// A key of ours.
pub(super) struct DecryptingKey(OaepPrivateDecryptingKey);

impl DecryptingKey {
    /// `None` if it is not an RSA key: then it cannot have been meant.
    pub(super) fn of(key: &SamlKey) -> Option<Self> {
        let key = PrivateDecryptingKey::from_pkcs8(&key.private.0).ok()?;
        OaepPrivateDecryptingKey::new(key).ok().map(Self)
    }

    pub(super) fn unwrap(&self, wrapped: &WrappedKey) -> Option<Vec<u8>> {
        if wrapped.ciphertext.len() != self.0.key_size_bytes() {
            return None;
        }
        let mut room = vec![0; self.0.min_output_size()];
        let key = self
            .0
            .decrypt(wrapped.algorithm, &wrapped.ciphertext, &mut room, None);
        key.ok().map(|key| key.to_vec())
    }
}
