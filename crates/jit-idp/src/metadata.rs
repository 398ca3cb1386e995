//! What an identity provider says of itself: read from a document, or fetched by an administrator.

mod error;
mod fetch;
mod read;

use async_trait::async_trait;
use jit_domain::{
    connections::{IdpDescription, SigningCertificate},
    error::InvalidField,
    ports::IdpMetadataSource,
};

use crate::saml::{VerifyingKey, X509};

pub use self::{error::MetadataError, fetch::fetch_metadata, read::IdpMetadata};

/// Reads SAML 2.0 metadata (SAML metadata 2.4.3).
#[derive(Debug, Clone, Copy, Default)]
pub struct SamlMetadata;

#[async_trait]
impl IdpMetadataSource for SamlMetadata {
    fn read(&self, xml: &str) -> Result<IdpDescription, InvalidField> {
        describe(xml.as_bytes()).map_err(|error| error.about("metadata"))
    }

    fn read_certificate(&self, text: &str) -> Result<SigningCertificate, InvalidField> {
        let usable = |certificate: &X509| VerifyingKey::from_certificate(certificate).map(|_| ());
        X509::parse(text)
            .and_then(|certificate| {
                usable(&certificate).map(|()| certificate.to_signing_certificate())
            })
            .map_err(|refusal| MetadataError::from(refusal).about("certificate"))
    }

    async fn fetch(&self, url: &str) -> Result<IdpDescription, InvalidField> {
        let fetched = fetch_metadata(url).await;
        fetched
            .and_then(|xml| describe(&xml))
            .map_err(|error| error.about("metadata_url"))
    }
}

fn describe(xml: &[u8]) -> Result<IdpDescription, MetadataError> {
    let metadata = IdpMetadata::read(xml)?;
    Ok(IdpDescription {
        entity_id: metadata.entity_id,
        sso_url: metadata.sso_url,
        sso_binding: metadata.sso_binding,
        slo: metadata.slo,
        wants_signed_requests: metadata.wants_signed_requests,
        certificates: metadata
            .certificates
            .iter()
            .map(X509::to_signing_certificate)
            .collect(),
    })
}

#[cfg(test)]
mod tests;
