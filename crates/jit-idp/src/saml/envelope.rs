//! What the response says about itself (SAML core 3.2.2).
//!
//! Where only the assertion is signed, all of this is a stranger's word: it can refuse a message, never admit one.

use roxmltree::Node;

use super::{
    expectations::Expectations,
    names::{ASSERTION, ENTITY_FORMAT, PROTOCOL, SUCCESS},
    nodes::{attribute, children, optional, required, required_attribute, text},
    refusal::{Reason, Refusal},
    structure::Parts,
};

/// `Version` of a response or an assertion.
pub(super) fn require_version_2(node: Node<'_, '_>) -> Result<(), Refusal> {
    match attribute(node, "Version") {
        Some("2.0") => Ok(()),
        other => Err(Refusal::new(
            Reason::VersionUnsupported,
            format!("{} of version 2.0", node.tag_name().name()),
            other.unwrap_or("none"),
        )),
    }
}

/// Whether the login succeeded at all. A failure has no assertion, so nothing else is looked at.
pub(super) fn require_success(response: Node<'_, '_>) -> Result<(), Refusal> {
    let status = required(response, PROTOCOL, "Status")?;
    let code = required(status, PROTOCOL, "StatusCode")?;
    let value = required_attribute(code, "Value")?;
    if value == SUCCESS {
        return Ok(());
    }
    let mut found = value.to_owned();
    if let Some(detail) = children(code, PROTOCOL, "StatusCode").find_map(|c| attribute(c, "Value"))
    {
        found = format!("{found}, {detail}");
    }
    if let Some(message) = optional(status, PROTOCOL, "StatusMessage")? {
        found = format!("{found}: {}", text(message)?);
    }
    Err(Refusal::new(Reason::StatusNotSuccess, SUCCESS, found))
}

/// The address and the author. A signed response must name its address (bindings 3.5.5.2).
pub(super) fn require_for_us(
    parts: &Parts<'_, '_>,
    expected: &Expectations<'_>,
) -> Result<(), Refusal> {
    match attribute(parts.response, "Destination") {
        Some(acs) if acs == expected.acs_url => {}
        None if parts.response_signature.is_none() => {}
        other => {
            let found = other.unwrap_or("none in a signed response");
            return Err(Refusal::new(
                Reason::DestinationMismatch,
                expected.acs_url,
                found,
            ));
        }
    }
    match optional(parts.response, ASSERTION, "Issuer")? {
        Some(issuer) => require_issuer(issuer, expected),
        None => Ok(()),
    }
}

/// The request that the response answers. Unsolicited responses are not accepted.
pub(super) fn in_response_to<'a>(response: Node<'a, '_>) -> Result<&'a str, Refusal> {
    attribute(response, "InResponseTo")
        .filter(|id| !id.is_empty())
        .ok_or_else(|| {
            let expected = "InResponseTo: a login starts at this portal";
            Refusal::new(
                Reason::InResponseToMissing,
                expected,
                "none in the response",
            )
        })
}

/// An `Issuer` must be the provider of this connection (core 2.2.5, 8.3.6).
pub(super) fn require_issuer(
    issuer: Node<'_, '_>,
    expected: &Expectations<'_>,
) -> Result<(), Refusal> {
    let refuse = |found: &str| Refusal::new(Reason::IssuerMismatch, expected.idp_entity_id, found);
    match attribute(issuer, "Format") {
        None | Some(ENTITY_FORMAT) => {}
        Some(other) => return Err(refuse(&format!("an issuer with the format {other}"))),
    }
    let name = text(issuer)?;
    if name == expected.idp_entity_id {
        Ok(())
    } else {
        Err(refuse(name))
    }
}
