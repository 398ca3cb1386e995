//! Elements that were encrypted to us (SAML core 6, XML Encryption 1.1).
//!
//! Encryption hides; it proves nothing about who wrote something. Whoever knows our public key can encrypt to us,
//! so what comes out is as strange as what came in, and goes through every check that plain elements go through.
//!
//! What an attacker could learn from is kept from them: everything that depends on a secret fails in one way,
//! [`Reason::DecryptionFailed`], and CBC mode, whose padding has given messages away, is opened only in messages
//! that a known provider has signed as a whole (SAML errata 05, E93).

mod cipher;
mod shape;
mod transport;

use jit_domain::saml_keys::SamlKey;
use roxmltree::{Document, Node};

use self::{shape::Shape, transport::DecryptingKey};
use super::{
    document,
    limits::Limits,
    names::ASSERTION,
    nodes::{children, text},
    refusal::{Reason, Refusal},
};
use crate::escape::attribute_value;

/// Whom elements are encrypted to: us.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipient<'a> {
    /// Our `entityID`, which `EncryptedKey/@Recipient` may name.
    pub(crate) entity_id: &'a str,
    /// Our keys, newest first.
    pub(crate) keys: &'a [SamlKey],
}

/// The most of our keys that are tried; there are two while one replaces another.
const MOST_KEYS: usize = 3;

/// An element in plain text, still as text.
pub(super) struct Opened(String);

/// Decrypts `EncryptedAssertion` or `EncryptedID`.
///
/// `message_is_verified` says that a good signature covers all of the message.
pub(super) fn open(
    encrypted: Node<'_, '_>,
    recipient: Recipient<'_>,
    message_is_verified: bool,
) -> Result<Opened, Refusal> {
    let shape = Shape::read(encrypted, recipient.entity_id)?;
    if shape.cipher.is_malleable() && !message_is_verified {
        return Err(Refusal::new(
            Reason::CbcUnsigned,
            "AES-GCM, or a signature of the whole message",
            "AES-CBC in a message that is not signed as a whole",
        ));
    }
    if recipient.keys.is_empty() {
        return Err(Refusal::new(
            Reason::NoDecryptionKey,
            "plain assertions: switch encryption off at the provider, for this portal has no key",
            encrypted.tag_name().name(),
        ));
    }
    let plaintext = plaintext(&shape, recipient.keys).ok_or_else(failed)?;
    Ok(Opened(in_place_of(encrypted, &plaintext)))
}

/// Tries each of our keys on each encrypted key; in nearly every message there is one of either.
fn plaintext(shape: &Shape, keys: &[SamlKey]) -> Option<String> {
    for ours in keys.iter().take(MOST_KEYS).filter_map(DecryptingKey::of) {
        for wrapped in &shape.keys {
            let key = ours.unwrap(wrapped);
            let opened = key.and_then(|key| shape.cipher.decrypt(&key, &shape.ciphertext));
            if let Some(octets) = opened {
                return String::from_utf8(octets).ok();
            }
        }
    }
    None
}

impl Opened {
    /// Parses it under the same limits as any message.
    pub(super) fn parse(&self) -> Result<Document<'_>, Refusal> {
        document::parse(&self.0, &Limits::RESPONSE).map_err(|_| failed())
    }
}

/// The assertion, if it is the only thing there and by that provider.
///
/// The author is checked here and not only later because a provider may have got hold of what another one
/// encrypted to us, and send it as its own to see what we make of it: it sees that we make nothing of it.
pub(super) fn assertion_by<'a, 'x>(
    document: &'a Document<'x>,
    provider: &str,
) -> Result<Node<'a, 'x>, Refusal> {
    let assertion = only_element(document, "Assertion")?;
    let mut issuers = children(assertion, ASSERTION, "Issuer");
    match issuers.next().map(text) {
        Some(Ok(issuer)) if issuer == provider => Ok(assertion),
        _ => Err(failed()),
    }
}

/// The one element of that name in what was opened; nothing else may be there.
pub(super) fn only_element<'a, 'x>(
    document: &'a Document<'x>,
    name: &'static str,
) -> Result<Node<'a, 'x>, Refusal> {
    let mut content = document.root_element().children();
    match (content.next(), content.next()) {
        (Some(only), None) if only.has_tag_name((ASSERTION, name)) => Ok(only),
        _ => Err(failed()),
    }
}

/// Puts an element where its ciphertext stood: into the scope of the same namespace declarations.
///
/// Whatever it contains, a parser that sees one root element and one child sees all of it.
fn in_place_of(encrypted: Node<'_, '_>, plaintext: &str) -> String {
    let mut scope = String::with_capacity(plaintext.len() + 256);
    scope.push_str("<e");
    for namespace in encrypted.namespaces() {
        match namespace.name() {
            Some("xml") => continue,
            Some(prefix) => {
                scope.push_str(" xmlns:");
                scope.push_str(prefix);
            }
            None => scope.push_str(" xmlns"),
        }
        scope.push_str("=\"");
        scope.push_str(&attribute_value(namespace.uri()));
        scope.push('"');
    }
    scope.push('>');
    scope.push_str(plaintext);
    scope.push_str("</e>");
    scope
}

fn failed() -> Refusal {
    Refusal::new(
        Reason::DecryptionFailed,
        "one element by this provider, encrypted to the current certificate of this portal",
        "something else",
    )
}
