//! Requests to authenticate somebody, by the redirect binding (SAML bindings 3.4, core 3.4.1).

use std::io::Read;

use axum::http::Uri;
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::DeflateDecoder;
use roxmltree::Document;

use super::xml::{ASSERTION, POST, PROTOCOL};

/// What a service provider asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// `ID`, which the response repeats.
    pub id: String,
    /// `AssertionConsumerServiceURL`: where the response goes.
    pub acs_url: String,
    /// Scheme, host and port of that.
    pub(super) acs_origin: String,
    /// `Issuer`: the service provider, and the audience of the assertion.
    pub issuer: String,
}

/// Why a request was refused, in words for the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub String);

impl AuthnRequest {
    /// The most octets of the parameter, and of what it inflates to.
    const MOST: usize = 16 * 1024;

    /// Reads the parameter `SAMLRequest` after URL decoding.
    pub fn parse(parameter: &str, sso_url: &str) -> Result<Self, BadRequest> {
        if parameter.len() > Self::MOST {
            return bad("SAMLRequest is too long");
        }
        let Ok(deflated) = STANDARD.decode(parameter) else {
            return bad("SAMLRequest is not base64");
        };
        let mut xml = String::new();
        let inflated = DeflateDecoder::new(deflated.as_slice())
            .take(Self::MOST as u64 + 1)
            .read_to_string(&mut xml);
        if inflated.is_err() {
            return bad("SAMLRequest is not deflated text");
        }
        if xml.len() > Self::MOST {
            return bad("SAMLRequest is too long after inflating");
        }
        Self::read(&xml, sso_url)
    }

    fn read(xml: &str, sso_url: &str) -> Result<Self, BadRequest> {
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
        let Some(acs_origin) = origin(acs_url) else {
            return bad("AuthnRequest has no AssertionConsumerServiceURL with http or https");
        };
        Ok(Self {
            id: id.to_owned(),
            acs_url: acs_url.to_owned(),
            acs_origin,
            issuer: issuer.to_owned(),
        })
    }
}

/// The origin of a web address. It goes into a header, so it must have no room for anything else.
fn origin(url: &str) -> Option<String> {
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

fn bad<T>(why: &str) -> Result<T, BadRequest> {
    Err(BadRequest(why.to_owned()))
}
