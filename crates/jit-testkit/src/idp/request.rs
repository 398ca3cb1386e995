//! Requests to authenticate somebody (SAML core 3.4.1).

use axum::http::Uri;
use base64::{Engine, engine::general_purpose::STANDARD};
use roxmltree::Document;

use super::{
    redirect::inflated,
    xml::{ASSERTION, POST, PROTOCOL},
};

/// The most octets of a message, before and after inflating.
pub(super) const LONGEST_MESSAGE: usize = 16 * 1024;

/// What a service provider asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// `ID`, which the response repeats.
    pub id: String,
    /// `AssertionConsumerServiceURL`: where the response goes.
    pub acs_url: String,
    /// `Issuer`: the service provider, and the audience of the assertion.
    pub issuer: String,
}

/// Why a request was refused, in words for the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub String);

impl AuthnRequest {
    /// Reads the parameter `SAMLRequest` of the redirect binding, after URL decoding.
    pub fn parse(parameter: &str, sso_url: &str) -> Result<Self, BadRequest> {
        Self::read(&inflated("SAMLRequest", parameter)?, sso_url)
    }

    /// Reads the form field `SAMLRequest` of the POST binding.
    pub fn parse_posted(field: &str, sso_url: &str) -> Result<Self, BadRequest> {
        Self::read(&posted("SAMLRequest", field)?, sso_url)
    }

    pub(super) fn read(xml: &str, sso_url: &str) -> Result<Self, BadRequest> {
        let Ok(document) = Document::parse(xml) else {
            return bad("SAMLRequest is not XML");
        };
        let root = document.root_element();
        if !root.has_tag_name((PROTOCOL, "AuthnRequest"))
            || root.attribute("Version") != Some("2.0")
        {
            return bad("SAMLRequest is not an AuthnRequest of SAML 2.0");
        }
        if root
            .attribute("Destination")
            .is_some_and(|destination| destination != sso_url)
        {
            return bad("AuthnRequest has another Destination than this identity provider");
        }
        if root
            .attribute("ProtocolBinding")
            .is_some_and(|binding| binding != POST)
        {
            return bad("AuthnRequest asks for another binding than HTTP-POST");
        }
        let issuer = root
            .children()
            .find(|node| node.has_tag_name((ASSERTION, "Issuer")));
        let issuer = issuer.and_then(|node| node.text()).unwrap_or_default();
        let id = root.attribute("ID").unwrap_or_default();
        if id.is_empty() || issuer.is_empty() {
            return bad("AuthnRequest has no ID or no Issuer");
        }
        let acs_url = root
            .attribute("AssertionConsumerServiceURL")
            .unwrap_or_default();
        if origin(acs_url).is_none() {
            return bad("AuthnRequest has no AssertionConsumerServiceURL with http or https");
        }
        Ok(Self {
            id: id.to_owned(),
            acs_url: acs_url.to_owned(),
            issuer: issuer.to_owned(),
        })
    }
}

/// The text of a form field (SAML bindings 3.5.4).
pub(super) fn posted(name: &str, field: &str) -> Result<String, BadRequest> {
    if field.len() > LONGEST_MESSAGE {
        return bad(&format!("{name} is too long"));
    }
    let dense: String = field.split_ascii_whitespace().collect();
    let octets = STANDARD.decode(dense).ok();
    match octets.and_then(|octets| String::from_utf8(octets).ok()) {
        Some(xml) => Ok(xml),
        None => bad(&format!("{name} is not text in base64")),
    }
}

/// The origin of a web address. It goes into a header, so it must have no room for anything else.
pub(super) fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = uri.authority()?.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    authority
        .chars()
        .all(plain)
        .then(|| format!("{scheme}://{authority}"))
}

pub(super) fn bad<T>(why: &str) -> Result<T, BadRequest> {
    Err(BadRequest(why.to_owned()))
}
