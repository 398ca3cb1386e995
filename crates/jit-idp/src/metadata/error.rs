//! Why metadata cannot be used.

use jit_domain::error::InvalidField;

use crate::saml::Refusal;

/// One reason each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// The document itself, or a certificate in it.
    #[error(transparent)]
    Unreadable(#[from] Refusal),
    /// Some other document, such as a login page.
    #[error("not SAML metadata: the root element is {0}")]
    NotMetadata(String),
    /// A document of a service provider, or of a provider that does not speak SAML 2.0.
    #[error("metadata without an identity provider of SAML 2.0")]
    NoProvider,
    /// A federation; an administrator has to choose one provider.
    #[error("metadata of {0} identity providers instead of one")]
    Federation(usize),
    /// No name.
    #[error("metadata without an entityID")]
    NoEntityId,
    /// Nowhere to send people to.
    #[error("metadata without a SingleSignOnService for the redirect or POST binding")]
    NoLoginAddress,
    /// No key that could verify a signature.
    #[error("metadata without a usable signing certificate{0}")]
    NoCertificate(String),
    /// An endpoint that is not a web address.
    #[error("an endpoint at {0}, which is not an http or https address")]
    EndpointRefused(String),
    /// An address that metadata is not fetched from.
    #[error("metadata is not fetched from {0}")]
    AddressRefused(String),
    /// Larger than any metadata of one provider.
    #[error("more than {0} octets of metadata")]
    TooLarge(usize),
    /// The server answered something else.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// No answer in time, or no connection.
    #[error("metadata could not be fetched: {0}")]
    Unreachable(String),
}

impl MetadataError {
    /// What somebody who fills in a form should know.
    pub(super) fn about(&self, field: &'static str) -> InvalidField {
        let expected = match self {
            Self::Unreadable(refusal) => {
                return InvalidField::new(field, &refusal.expected, &refusal.found);
            }
            Self::NotMetadata(_) => "an EntityDescriptor of SAML 2.0 metadata",
            Self::NoProvider => "metadata of an identity provider, with an IDPSSODescriptor",
            Self::Federation(_) => {
                "metadata of exactly one identity provider: the part of a federation that is about it"
            }
            Self::NoEntityId => "an entityID",
            Self::NoLoginAddress => "a SingleSignOnService for HTTP-Redirect or HTTP-POST",
            Self::NoCertificate(_) => "a signing certificate with an RSA or ECDSA key",
            Self::EndpointRefused(_) => "endpoints with http or https",
            Self::AddressRefused(_) => "an https address",
            Self::TooLarge(_) => "a document of at most 1 MiB",
            Self::Status(_) | Self::Unreachable(_) => {
                "an address that answers with metadata within 5 s"
            }
        };
        InvalidField::new(field, expected, self.to_string())
    }
}
