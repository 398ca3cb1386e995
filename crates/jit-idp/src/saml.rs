//! Verifying SAML 2.0 responses: octets, a connection and a moment in; a verified assertion out.
//!
//! Everything here is pure. One parser makes one tree; what is canonicalised, hashed and verified is the very
//! node that the claims are read from. The checks run in the order of [`verify`], and the first that fails says why.

mod algorithms;
mod assertion;
mod attributes;
mod authn_statement;
mod c14n;
mod certificate;
pub(crate) mod check;
mod conditions;
pub(crate) mod decode;
mod decryption;
pub(crate) mod document;
mod envelope;
mod example;
mod expectations;
mod keys;
pub(crate) mod limits;
pub(crate) mod logout;
pub(crate) mod names;
pub(crate) mod nodes;
mod prescan;
mod query;
mod redacted;
mod refusal;
mod signature;
mod structure;
mod subject;
mod time;
pub(crate) mod trail;

use jit_domain::assertion::Assertion;

pub use self::{
    certificate::X509,
    check::Check,
    decode::decode_form_field,
    example::read_example,
    expectations::{Expectations, Signed},
    keys::VerifyingKey,
    refusal::{Reason, Refusal},
};
use self::{limits::Limits, structure::Content, trail::Trail};

/// Verifies a response of the web browser SSO profile (SAML profiles 4.1.4.3).
///
/// Two things are left to whoever keeps state: that `in_response_to` is an outstanding request of ours,
/// and that the assertion has not been used before. Both belong into the commit of the login (R11).
pub fn verify(response: &[u8], expected: &Expectations<'_>) -> Result<Assertion, Refusal> {
    verify_leaving(response, expected, &mut Trail::default())
}

/// [`verify`], leaving a trail.
pub(crate) fn verify_leaving(
    response: &[u8],
    expected: &Expectations<'_>,
    trail: &mut Trail,
) -> Result<Assertion, Refusal> {
    trail.at(Check::ConnectionKey);
    require_keys(expected)?;
    trail.at(Check::Encoding);
    let xml = decode::utf8(response, &Limits::RESPONSE)?;
    trail.at(Check::Xml);
    let document = document::parse(xml, &Limits::RESPONSE)?;
    trail.parsed(&document);
    document::require_unique_ids(&[&document])?;

    trail.at(Check::Response);
    let response = structure::response(&document)?;
    envelope::require_version_2(response)?;
    trail.at(Check::Status);
    envelope::require_success(response)?;
    trail.at(Check::Structure);
    let parts = structure::parts(response)?;
    trail.at(Check::Destination);
    let is_signed = parts.signature.is_some();
    envelope::require_destination(response, is_signed, expected.acs_url)?;
    trail.at(Check::Issuer);
    envelope::require_author(response, expected.idp_entity_id)?;
    trail.at(Check::Request);
    let request = envelope::in_response_to(response, expected.unsolicited)?;

    if let Some(signature) = parts.signature {
        trail.at(Check::ResponseSignature);
        trail.key = Some(signature::verify(response, signature, expected.keys)?);
    }
    let opened;
    let inner;
    let assertion = match parts.content {
        Content::Plain(assertion) => assertion,
        Content::Encrypted(encrypted) => {
            trail.at(Check::Decryption);
            // If the response is signed, that signature has been verified.
            opened = decryption::open(encrypted, expected.recipient(), is_signed)?;
            inner = opened.parse()?;
            let node = decryption::assertion_by(&inner, expected.idp_entity_id)?;
            trail.decrypted(&document, node);
            document::require_unique_ids(&[&document, &inner])?;
            structure::decrypted(node)?
        }
    };
    trail.at(Check::Signature);
    require_signed(is_signed, &assertion, expected.signed)?;
    if let Some(signature) = assertion.signature {
        trail.key = Some(signature::verify(assertion.node, signature, expected.keys)?);
    }
    assertion::read(assertion.node, request, expected, trail)
}

fn require_keys(expected: &Expectations<'_>) -> Result<(), Refusal> {
    if expected.keys.is_empty() {
        let wanted = "a signing certificate with a supported key";
        let found = "none in the connection";
        return Err(Refusal::new(Reason::NoUsableKey, wanted, found));
    }
    Ok(())
}

/// Requires a signature over the assertion, its own or that of the response around it.
///
/// Each that is there is verified, and a bad one refuses the message even if the other one is good.
fn require_signed(
    response_signed: bool,
    assertion: &structure::Assertion<'_, '_>,
    wanted: Signed,
) -> Result<(), Refusal> {
    match (response_signed, assertion.signature, wanted) {
        (false, None, _) => Err(Refusal::new(
            Reason::Unsigned,
            "a signature of the response or the assertion",
            "none",
        )),
        (true, None, Signed::Assertion) => Err(Refusal::new(
            Reason::AssertionUnsigned,
            "a signature of the assertion",
            "one of the response",
        )),
        _ => Ok(()),
    }
}
