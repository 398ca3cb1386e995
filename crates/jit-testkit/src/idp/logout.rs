//! Single logout (SAML core 3.7): what service providers send, and what the provider sends.

mod message;

use roxmltree::{Document, Node};

pub use self::message::LogoutBuilder;
use super::{
    BadRequest,
    redirect::inflated,
    request::{bad, posted},
    xml::{ASSERTION, PROTOCOL},
};

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// What a service provider asks for when somebody signs out there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    /// `ID`, which the answer repeats.
    pub id: String,
    /// `Issuer`: the service provider.
    pub issuer: String,
    /// Whose sessions shall end.
    pub name_id: String,
    /// Which of them; none means all.
    pub session_indexes: Vec<String>,
}

/// What a service provider answers when somebody has signed out here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutResponse {
    /// `Issuer`: the service provider.
    pub issuer: String,
    /// The request that it answers.
    pub in_response_to: String,
    /// Whether the top-level status is `Success`.
    pub succeeded: bool,
}

impl LogoutRequest {
    /// Reads the parameter `SAMLRequest` of the redirect binding, after URL decoding.
    pub fn parse(parameter: &str) -> Result<Self, BadRequest> {
        Self::read(&inflated("SAMLRequest", parameter)?)
    }

    /// Reads the form field `SAMLRequest` of the POST binding.
    pub fn parse_posted(field: &str) -> Result<Self, BadRequest> {
        Self::read(&posted("SAMLRequest", field)?)
    }

    pub(super) fn read(xml: &str) -> Result<Self, BadRequest> {
        let document = parsed(xml)?;
        let root = root(&document, "LogoutRequest")?;
        let (id, name_id) = (
            root.attribute("ID").unwrap_or_default(),
            text_of(root, ASSERTION, "NameID"),
        );
        if id.is_empty() || name_id.is_empty() {
            return bad("LogoutRequest has no ID or no NameID");
        }
        let indexes = root
            .children()
            .filter(|node| node.has_tag_name((PROTOCOL, "SessionIndex")));
        Ok(Self {
            id: id.to_owned(),
            issuer: text_of(root, ASSERTION, "Issuer"),
            name_id,
            session_indexes: indexes
                .filter_map(|node| node.text().map(str::to_owned))
                .collect(),
        })
    }
}

impl LogoutResponse {
    /// Reads the parameter `SAMLResponse` of the redirect binding, after URL decoding.
    pub fn parse(parameter: &str) -> Result<Self, BadRequest> {
        Self::read(&inflated("SAMLResponse", parameter)?)
    }

    /// Reads the form field `SAMLResponse` of the POST binding.
    pub fn parse_posted(field: &str) -> Result<Self, BadRequest> {
        Self::read(&posted("SAMLResponse", field)?)
    }

    pub(super) fn read(xml: &str) -> Result<Self, BadRequest> {
        let document = parsed(xml)?;
        let root = root(&document, "LogoutResponse")?;
        let status = child(root, PROTOCOL, "Status");
        let code = status.and_then(|status| child(status, PROTOCOL, "StatusCode"));
        Ok(Self {
            issuer: text_of(root, ASSERTION, "Issuer"),
            in_response_to: root
                .attribute("InResponseTo")
                .unwrap_or_default()
                .to_owned(),
            succeeded: code.and_then(|code| code.attribute("Value")) == Some(SUCCESS),
        })
    }
}

fn parsed(xml: &str) -> Result<Document<'_>, BadRequest> {
    Document::parse(xml).or_else(|_| bad("the message is not XML"))
}

fn root<'a, 'x>(document: &'a Document<'x>, name: &str) -> Result<Node<'a, 'x>, BadRequest> {
    let root = document.root_element();
    if root.has_tag_name((PROTOCOL, name)) && root.attribute("Version") == Some("2.0") {
        Ok(root)
    } else {
        bad(&format!("the message is not a {name} of SAML 2.0"))
    }
}

fn child<'a, 'x>(parent: Node<'a, 'x>, namespace: &str, name: &str) -> Option<Node<'a, 'x>> {
    parent
        .children()
        .find(|node| node.has_tag_name((namespace, name)))
}

fn text_of(parent: Node<'_, '_>, namespace: &str, name: &str) -> String {
    let found = child(parent, namespace, name);
    found
        .and_then(|node| node.text())
        .unwrap_or_default()
        .to_owned()
}
