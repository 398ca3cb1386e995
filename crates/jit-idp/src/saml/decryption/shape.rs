//! What is accepted as an encrypted element (XML Encryption 1.1 section 3, SAML core 6.1).
//!
//! Nothing here depends on a secret, so every refusal says what is wrong.

use roxmltree::Node;

use super::{cipher::Cipher, transport::WrappedKey};
use crate::saml::{
    decode::decode_base64,
    names::{DSIG, XENC},
    nodes::{attribute, children, optional, required, required_attribute, text},
    refusal::{Reason, Refusal},
};

pub(super) struct Shape {
    pub(super) cipher: Cipher,
    pub(super) ciphertext: Vec<u8>,
    /// The keys that may be for us; at least one.
    pub(super) keys: Vec<WrappedKey>,
}

/// The most keys that are read. One message to many recipients is no login.
const MOST_KEYS: usize = 4;

impl Shape {
    /// Reads `EncryptedAssertion` or `EncryptedID`: `EncryptedData`, and possibly its keys beside it.
    pub(super) fn read(encrypted: Node<'_, '_>, recipient: &str) -> Result<Self, Refusal> {
        let data = required(encrypted, XENC, "EncryptedData")?;
        match attribute(data, "Type") {
            None | Some("http://www.w3.org/2001/04/xmlenc#Element") => {}
            Some(other) => return Err(malformed("an encrypted element", other)),
        }
        let method = required(data, XENC, "EncryptionMethod")?;
        let cipher = Cipher::parse(required_attribute(method, "Algorithm")?)?;
        let keys = keys(encrypted, data)?
            .into_iter()
            .filter(|key| attribute(*key, "Recipient").is_none_or(|named| named == recipient))
            .map(|key| WrappedKey::read(key, cipher_value(key)?))
            .collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(malformed("an EncryptedKey for this portal", "none"));
        }
        Ok(Self {
            cipher,
            ciphertext: cipher_value(data)?,
            keys,
        })
    }
}

/// The keys in `KeyInfo`, and those beside `EncryptedData`: all of them, or those that `RetrievalMethod` names.
fn keys<'a, 'x>(encrypted: Node<'a, 'x>, data: Node<'a, 'x>) -> Result<Vec<Node<'a, 'x>>, Refusal> {
    let info = optional(data, DSIG, "KeyInfo")?;
    let named: Vec<_> = info
        .into_iter()
        .flat_map(|info| children(info, DSIG, "RetrievalMethod"))
        .map(|method| attribute(method, "URI").and_then(|uri| uri.strip_prefix('#')))
        .collect();
    let is_named = |key: &Node<'_, '_>| named.is_empty() || named.contains(&attribute(*key, "Id"));
    let inside = info
        .into_iter()
        .flat_map(|info| children(info, XENC, "EncryptedKey"));
    let beside = children(encrypted, XENC, "EncryptedKey").filter(is_named);
    let found: Vec<_> = inside.chain(beside).take(MOST_KEYS + 1).collect();
    if found.len() > MOST_KEYS {
        return Err(malformed("at most 4 EncryptedKey elements", "more"));
    }
    Ok(found)
}

/// The octets of `CipherData`. A reference to octets elsewhere is not followed, wherever it leads.
fn cipher_value(node: Node<'_, '_>) -> Result<Vec<u8>, Refusal> {
    let data = required(node, XENC, "CipherData")?;
    let value = required(data, XENC, "CipherValue")?;
    decode_base64(text(value)?).ok_or_else(|| malformed("base64 in CipherValue", "something else"))
}

pub(super) fn malformed(expected: &str, found: &str) -> Refusal {
    Refusal::new(Reason::EncryptionMalformed, expected, found)
}
