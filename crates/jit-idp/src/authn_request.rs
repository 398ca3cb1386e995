//! Sending somebody to the identity provider: `AuthnRequest` by the redirect binding.

use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::SecondsFormat;
use flate2::{Compression, write::DeflateEncoder};
use jit_domain::{connections::ServiceProvider, sessions::AuthnRequestId, values::Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    escape::attribute_value,
    saml::names::{ASSERTION, POST, PROTOCOL},
};

/// RFC 3986 section 2.3: what a query may hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One request to authenticate whoever comes with it (SAML core 3.4.1).
///
/// It asks for as little as possible. A name format or an authentication context in the request
/// is a common cause of failed logins, and the connection decides about both anyway.
#[derive(Debug, Clone, Copy)]
pub struct LoginRedirect<'a> {
    /// `ID`, which the response repeats as `InResponseTo`.
    pub request: AuthnRequestId,
    /// `IssueInstant`.
    pub issued_at: Timestamp,
    /// Where the provider takes requests.
    pub sso_url: &'a str,
    /// Who asks, and where the answer shall go.
    pub service: &'a ServiceProvider,
    /// What comes back with the answer; at most 80 octets (SAML bindings 3.4.3), and no secret.
    pub relay_state: Option<&'a str>,
}

impl LoginRedirect<'_> {
    /// The address to redirect the browser to (SAML bindings 3.4.4).
    pub fn url(&self) -> String {
        let base = self.sso_url.split('#').next().unwrap_or_default();
        let joint = if base.contains('?') { '&' } else { '?' };
        let request = STANDARD.encode(deflate(self.xml().as_bytes()));
        let mut url = format!(
            "{base}{joint}SAMLRequest={}",
            utf8_percent_encode(&request, ESCAPED)
        );
        if let Some(state) = self.relay_state {
            url.push_str("&RelayState=");
            url.extend(utf8_percent_encode(state, ESCAPED));
        }
        url
    }

    fn xml(&self) -> String {
        let destination = self.sso_url.split(['?', '#']).next().unwrap_or_default();
        format!(
            "<samlp:AuthnRequest xmlns:samlp=\"{PROTOCOL}\" xmlns:saml=\"{ASSERTION}\" ID=\"{id}\" \
             Version=\"2.0\" IssueInstant=\"{issued}\" Destination=\"{destination}\" \
             ProtocolBinding=\"{POST}\" AssertionConsumerServiceURL=\"{acs}\">\
             <saml:Issuer>{issuer}</saml:Issuer></samlp:AuthnRequest>",
            id = self.request,
            issued = self.issued_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            destination = attribute_value(destination),
            acs = attribute_value(&self.service.acs_url),
            issuer = attribute_value(&self.service.entity_id),
        )
    }
}

/// RFC 1951 without any wrapper.
fn deflate(octets: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail, and an empty request would only be refused.
    let written = encoder.write_all(octets);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use chrono::DateTime;
    use flate2::read::DeflateDecoder;
    use percent_encoding::percent_decode_str;

    use super::*;

    const ID: &str = "_000102030405060708090a0b0c0d0e0f";

    fn url(sso_url: &str, relay_state: Option<&str>) -> String {
        let service = ServiceProvider {
            entity_id: "https://portal.example/sso/saml/a&b/metadata".into(),
            acs_url: "https://portal.example/sso/saml/a&b/acs".into(),
        };
        let issued_at = DateTime::from_timestamp(1_767_225_600, 5).unwrap();
        let request = AuthnRequestId::parse(ID).unwrap();
        LoginRedirect {
            request,
            issued_at,
            sso_url,
            service: &service,
            relay_state,
        }
        .url()
    }

    fn xml(url: &str) -> String {
        let parameter = url
            .split("SAMLRequest=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap();
        let base64 = percent_decode_str(parameter).decode_utf8().unwrap();
        let mut xml = String::new();
        let deflated = STANDARD.decode(base64.as_bytes()).unwrap();
        DeflateDecoder::new(deflated.as_slice())
            .read_to_string(&mut xml)
            .unwrap();
        xml
    }

    #[test]
    fn the_request_says_who_asks_and_where_the_answer_goes() {
        let xml = xml(&url("https://idp.example/sso", None));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("ID"), Some(ID));
        assert_eq!(root.attribute("IssueInstant"), Some("2026-01-01T00:00:00Z"));
        assert_eq!(
            root.attribute("Destination"),
            Some("https://idp.example/sso")
        );
        assert_eq!(root.attribute("ProtocolBinding"), Some(POST));
        let acs = root.attribute("AssertionConsumerServiceURL");
        assert_eq!(acs, Some("https://portal.example/sso/saml/a&b/acs"));
        let children: Vec<_> = root
            .children()
            .map(|c| (c.tag_name().name(), c.text()))
            .collect();
        assert_eq!(
            children,
            [(
                "Issuer",
                Some("https://portal.example/sso/saml/a&b/metadata")
            )]
        );
    }

    #[test]
    fn the_address_keeps_its_own_query_and_the_state_is_escaped() {
        let url = url("https://idp.example/sso?idpid=1#top", Some("a b&c"));
        assert!(
            url.starts_with("https://idp.example/sso?idpid=1&SAMLRequest="),
            "{url}"
        );
        assert!(url.ends_with("&RelayState=a%20b%26c"), "{url}");
        assert!(xml(&url).contains("Destination=\"https://idp.example/sso\""));
    }
}
