//! Text for XML and HTML.

use aws_lc_rs::{digest, rand};
use chrono::SecondsFormat;
use jit_domain::values::Timestamp;

/// The namespace of assertions.
pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The namespace of requests and responses.
pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// XML Signature.
pub(super) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// Exclusive XML Canonicalization.
pub(super) const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// Metadata.
pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// The redirect binding.
pub(super) const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// The POST binding.
pub(super) const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/// Text content in canonical form (Canonical XML 1.0 section 2.3).
pub(super) fn text(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\r', "&#xD;")
}

/// An attribute value in canonical form, and also safe in HTML.
pub(super) fn attribute(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
        .replace('\t', "&#x9;")
        .replace('\n', "&#xA;")
        .replace('\r', "&#xD;")
}

/// `xs:dateTime` in UTC (SAML core 1.3.3).
pub(super) fn moment(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A fresh `xs:ID` with 128 random bits (SAML core 1.3.4).
pub(super) fn new_id() -> String {
    format!("_{}", random_hex())
}

/// 128 random bits.
#[expect(
    clippy::expect_used,
    reason = "a machine without randomness cannot run this at all"
)]
pub(super) fn random_hex() -> String {
    let mut octets = [0; 16];
    rand::fill(&mut octets).expect("the operating system gives randomness");
    hex(&octets)
}

/// A digest in hexadecimal digits: an identifier that is always the same for the same text.
pub(super) fn digest_hex(text: &str) -> String {
    hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

/// The first element with that name as it was written, or nothing.
pub(super) fn part(xml: &str, name: &str) -> String {
    let start = xml.find(&format!("<{name} "));
    let end = format!("</{name}>");
    let found = start.and_then(|start| {
        let length = xml[start..].find(&end)? + end.len();
        Some(xml[start..start + length].to_owned())
    });
    found.unwrap_or_default()
}

pub(super) fn hex(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect::<Vec<_>>()
        .concat()
}
