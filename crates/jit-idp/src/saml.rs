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
mod conditions;
pub(crate) mod decode;
pub(crate) mod document;
mod envelope;
mod example;
mod expectations;
mod keys;
pub(crate) mod limits;
pub(crate) mod names;
pub(crate) mod nodes;
mod prescan;
mod refusal;
mod signature;
mod structure;
mod subject;
mod time;

use jit_domain::assertion::Assertion;

use self::limits::Limits;
pub use self::{
    certificate::X509,
    decode::decode_form_field,
    example::read_example,
    expectations::{Expectations, Signed},
    keys::VerifyingKey,
    refusal::{Reason, Refusal},
};

/// Verifies a response of the web browser SSO profile (SAML profiles 4.1.4.3).
///
/// Two things are left to whoever keeps state: that `in_response_to` is an outstanding request of ours,
/// and that the assertion has not been used before. Both belong into the commit of the login (R11).
pub fn verify(response: &[u8], expected: &Expectations<'_>) -> Result<Assertion, Refusal> {
    if expected.keys.is_empty() {
        let wanted = "a signing certificate with a supported key";
        return Err(Refusal::new(
            Reason::NoUsableKey,
            wanted,
            "none in the connection",
        ));
    }
    let xml = decode::utf8(response, &Limits::RESPONSE)?;
    let document = document::parse(xml, &Limits::RESPONSE)?;
    document::require_unique_ids(&document)?;

    let response = structure::response(&document)?;
    envelope::require_version_2(response)?;
    envelope::require_success(response)?;
    let parts = structure::parts(response)?;
    envelope::require_for_us(&parts, expected)?;
    let request = envelope::in_response_to(response)?;

    require_signed(&parts, expected)?;
    assertion::read(parts.assertion, request, expected)
}

/// Requires a good signature over the assertion, by itself or as a part of the response.
///
/// A bad signature refuses the message even if the other one is good.
fn require_signed(
    parts: &structure::Parts<'_, '_>,
    expected: &Expectations<'_>,
) -> Result<(), Refusal> {
    let (response, assertion) = (parts.response_signature, parts.assertion_signature);
    match (response, assertion, expected.signed) {
        (None, None, _) => {
            let wanted = "a signature of the response or the assertion";
            return Err(Refusal::new(Reason::Unsigned, wanted, "none"));
        }
        (Some(_), None, Signed::Assertion) => {
            let wanted = "a signature of the assertion";
            return Err(Refusal::new(
                Reason::AssertionUnsigned,
                wanted,
                "one of the response",
            ));
        }
        _ => {}
    }
    if let Some(signature) = response {
        signature::verify(parts.response, signature, expected.keys)?;
    }
    if let Some(signature) = assertion {
        signature::verify(parts.assertion, signature, expected.keys)?;
    }
    Ok(())
}
