#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod authn_request;
pub mod causes;
mod escape;
pub mod metadata;
pub mod profiles;
mod provider;
pub mod saml;
mod sp_metadata;
mod verifier;

pub use authn_request::LoginRedirect;
pub use metadata::SamlMetadata;
pub use sp_metadata::sp_metadata;
pub use verifier::SamlVerifier;
