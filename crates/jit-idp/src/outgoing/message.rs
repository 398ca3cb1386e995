//! Requests and responses as text in the form that exclusive canonicalization gives.
//!
//! Attributes in order, namespaces where they are first used, no empty-element tags: so a digest of the text is
//! the digest of the element, and what is signed is what is written.

use chrono::SecondsFormat;
use jit_domain::values::Timestamp;

use super::{SendError, Signer};
use crate::{
    escape,
    saml::names::{ASSERTION, PROTOCOL},
};

/// One message (SAML core 3.2).
pub(crate) struct Message<'a> {
    name: &'static str,
    id: String,
    issuer: &'a str,
    attributes: Vec<(&'static str, String)>,
    body: String,
}

impl<'a> Message<'a> {
    /// Starts a message of that name. What stands behind `?` or `#` of its address is not the address.
    pub(crate) fn new(
        name: &'static str,
        id: String,
        issued_at: Timestamp,
        url: &str,
        issuer: &'a str,
    ) -> Self {
        let destination = url.split(['?', '#']).next().unwrap_or_default();
        let message = Self {
            name,
            id: id.clone(),
            issuer,
            attributes: Vec::with_capacity(8),
            body: String::new(),
        };
        message
            .attribute("ID", id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", moment(issued_at))
            .attribute("Destination", destination)
    }

    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self.attributes.sort_unstable_by_key(|(name, _)| *name);
        self
    }

    /// Adds an element that is canonical, as [`element`] writes it.
    pub(crate) fn element(mut self, element: &str) -> Self {
        self.body.push_str(element);
        self
    }

    /// The text, with a signature behind the issuer (core 3.2.1) or with none.
    pub(crate) fn xml(&self, signature: &str) -> String {
        let issuer = element("saml:Issuer", &[("xmlns:saml", ASSERTION)], self.issuer);
        let mut xml = format!("<samlp:{} xmlns:samlp=\"{PROTOCOL}\"", self.name);
        for (name, value) in &self.attributes {
            push_attribute(&mut xml, name, value);
        }
        xml + &format!(
            ">{issuer}{signature}{body}</samlp:{name}>",
            body = self.body,
            name = self.name,
        )
    }

    /// The text with an enveloped signature (core 5.4).
    pub(crate) fn signed_by(&self, signer: &Signer<'_>) -> Result<String, SendError> {
        let signature = signer.enveloped_signature(&self.id, &self.xml(""))?;
        Ok(self.xml(&signature))
    }
}

/// `xs:dateTime` in UTC (SAML core 1.3.3).
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An element with text in it. Its attributes have to be in order already.
pub(crate) fn element(name: &str, attributes: &[(&str, &str)], text: &str) -> String {
    wrap(name, attributes, &escape::text(text))
}

/// An element with elements in it, which have to be canonical.
pub(crate) fn wrap(name: &str, attributes: &[(&str, &str)], content: &str) -> String {
    let mut xml = format!("<{name}");
    for (name, value) in attributes {
        push_attribute(&mut xml, name, value);
    }
    xml + ">" + content + "</" + name + ">"
}

fn push_attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    xml.push_str(&escape::attribute_value(value));
    xml.push('"');
}
