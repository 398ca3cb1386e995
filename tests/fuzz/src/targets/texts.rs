//! What administrators paste, fetch and upload, and the small values of everybody.

use jit_domain::{
    api_document::ApiDocument,
    clients::IpNetwork,
    ids::{ApiClientId, EndUserId},
    sessions::AuthnRequestId,
    tokens::{Secret, SecretKind},
    values::{EmailAddress, Slug, http_address},
    views::Cursor,
};
use jit_http::document;
use jit_idp::{
    metadata::IdpMetadata,
    saml::{VerifyingKey, X509, read_example},
};

use crate::cost::{DOCUMENT, MESSAGE, within};

/// The metadata of an identity provider.
pub fn idp_metadata(xml: &[u8]) {
    let read = within(&MESSAGE, xml.len(), || IdpMetadata::read(xml));
    if let Ok(metadata) = read {
        assert!(!metadata.entity_id.is_empty());
        assert!((1..=10).contains(&metadata.certificates.len()));
    }
}

/// A certificate, as text and in binary form.
pub fn certificate(octets: &[u8]) {
    let text = str::from_utf8(octets).map(X509::parse);
    for parsed in [text.ok(), Some(X509::from_der(octets.to_vec()))] {
        let Some(Ok(certificate)) = parsed else {
            continue;
        };
        within(&MESSAGE, octets.len(), || {
            let kept = certificate.to_signing_certificate();
            let again = X509::parse(&kept.base64_der).expect("what is kept can be read again");
            assert_eq!(again, certificate);
            VerifyingKey::from_certificate(&certificate).is_ok()
        });
    }
}

/// An example of an assertion.
pub fn example(text: &[u8]) {
    if let Ok(text) = str::from_utf8(text) {
        within(&MESSAGE, text.len(), || read_example(text).is_ok());
    }
}

/// The OpenAPI document of a collection, in YAML or JSON.
pub fn api_document(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let read = within(&DOCUMENT, text.len(), || {
        let json = document::from_text(text).ok()?;
        ApiDocument::parse(&json).ok()
    });
    if let Some(read) = read {
        assert!(!read.title.is_empty());
        assert!((1..=ApiDocument::MAX_OPERATIONS).contains(&read.operations.len()));
        assert_eq!(ApiDocument::parse(&read.text).as_ref(), Ok(&read));
        assert!(Slug::parse("version", &read.api_version()).is_ok());
    }
}

const SECRETS: [SecretKind; 6] = [
    SecretKind::AuthToken,
    SecretKind::ApiToken,
    SecretKind::Session,
    SecretKind::Browser,
    SecretKind::Setup,
    SecretKind::SetupLink,
];

/// Secrets, networks, cursors, ids, names in addresses: what is read is written as something that reads the same.
pub fn values(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    within(&MESSAGE, text.len(), || {
        for kind in SECRETS {
            if let Some(secret) = Secret::parse(kind, text) {
                assert_eq!(secret.reveal(), text);
                assert!(secret.hint().len() < 12);
            }
        }
        if let Ok(network) = IpNetwork::parse("allow", text) {
            assert_eq!(IpNetwork::parse("allow", &network.to_string()), Ok(network));
        }
        if let Some(cursor) = Cursor::parse(text) {
            assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        }
        if let Some(id) = AuthnRequestId::parse(text) {
            assert_eq!(AuthnRequestId::parse(&id.to_string()), Some(id));
        }
        if let Ok(id) = text.parse::<EndUserId>() {
            assert_eq!(id.to_string().parse(), Ok(id));
            assert!(text.parse::<ApiClientId>().is_err());
        }
        if let Ok(slug) = Slug::from_text("slug", text) {
            assert_eq!(Slug::parse("slug", slug.as_str()), Ok(slug));
        }
        if let Ok(address) = EmailAddress::parse("email", text) {
            assert_eq!(EmailAddress::parse("email", address.as_str()), Ok(address));
        }
        if let Ok(url) = http_address("url", text, "https://portal.example") {
            assert_eq!(http_address("url", &url, ""), Ok(url));
        }
    });
}
