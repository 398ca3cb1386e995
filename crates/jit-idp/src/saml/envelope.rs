//! What the response says about itself (SAML core 3.2.2).
//!
//! Where only the assertion is signed, all of this is a stranger's word: it can refuse a message, never admit one.

use std::fmt;

use jit_domain::connections::Switch;
use roxmltree::Node;

use super::{
    names::{ASSERTION, ENTITY_FORMAT, PROTOCOL, SUCCESS},
    nodes::{attribute, children, optional, required, required_attribute, text},
    refusal::{Reason, Refusal},
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
    let status = Status::read(response)?;
    if status.code == SUCCESS {
        return Ok(());
    }
    Err(Refusal::new(
        Reason::StatusNotSuccess,
        SUCCESS,
        status.to_string(),
    ))
}

/// How a provider says that something went (core 3.2.2).
pub(super) struct Status<'a> {
    /// The code at the top.
    pub(super) code: &'a str,
    /// The code within.
    pub(super) detail: Option<&'a str>,
    message: Option<&'a str>,
}

impl<'a> Status<'a> {
    pub(super) fn read(response: Node<'a, '_>) -> Result<Self, Refusal> {
        let status = required(response, PROTOCOL, "Status")?;
        let code = required(status, PROTOCOL, "StatusCode")?;
        let message = optional(status, PROTOCOL, "StatusMessage")?.map(text);
        Ok(Self {
            code: required_attribute(code, "Value")?,
            detail: children(code, PROTOCOL, "StatusCode").find_map(|c| attribute(c, "Value")),
            message: message.transpose()?,
        })
    }
}

impl fmt::Display for Status<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        if let Some(detail) = self.detail {
            write!(f, ", {detail}")?;
        }
        match self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

/// The address. A signed response must name it (bindings 3.5.5.2).
pub(super) fn require_destination(
    message: Node<'_, '_>,
    signed: bool,
    here: &str,
) -> Result<(), Refusal> {
    match attribute(message, "Destination") {
        Some(destination) if destination == here => Ok(()),
        None if !signed => Ok(()),
        other => Err(Refusal::new(
            Reason::DestinationMismatch,
            here,
            other.unwrap_or("none in a signed message"),
        )),
    }
}

/// The author, if the response names one.
pub(super) fn require_author(response: Node<'_, '_>, provider: &str) -> Result<(), Refusal> {
    match optional(response, ASSERTION, "Issuer")? {
        Some(issuer) => require_issuer(issuer, provider),
        None => Ok(()),
    }
}

/// The request that the response answers; `None` where a login may begin at the provider.
pub(super) fn in_response_to<'a>(
    response: Node<'a, '_>,
    unsolicited: Switch,
) -> Result<Option<&'a str>, Refusal> {
    match attribute(response, "InResponseTo") {
        Some(id) if !id.is_empty() => Ok(Some(id)),
        None if unsolicited == Switch::On => Ok(None),
        _ => Err(Refusal::new(
            Reason::InResponseToMissing,
            "InResponseTo: a login starts at this portal",
            "none in the response",
        )),
    }
}

/// An `Issuer` must be the provider of this connection (core 2.2.5, 8.3.6).
pub(super) fn require_issuer(issuer: Node<'_, '_>, provider: &str) -> Result<(), Refusal> {
    let refuse = |found: &str| Refusal::new(Reason::IssuerMismatch, provider, found);
    match attribute(issuer, "Format") {
        None | Some(ENTITY_FORMAT) => {}
        Some(other) => return Err(refuse(&format!("an issuer with the format {other}"))),
    }
    let name = text(issuer)?;
    if name == provider {
        Ok(())
    } else {
        Err(refuse(name))
    }
}
