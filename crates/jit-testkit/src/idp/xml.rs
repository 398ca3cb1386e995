//! Text for XML and HTML.

use aws_lc_rs::rand;
use chrono::SecondsFormat;
use jit_domain::values::Timestamp;

/// The namespace of assertions.
pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The namespace of requests and responses.
pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
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

pub(super) fn hex(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect::<Vec<_>>()
        .concat()
}
