#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod causes;
mod escape;
mod login_request;
mod logout;
pub mod metadata;
mod our_key;
mod outgoing;
pub mod profiles;
mod provider;
pub mod saml;
mod sp_metadata;
mod verifier;

pub use login_request::LoginRequest;
pub use logout::{
    LogoutOutcome, LogoutRequest, LogoutResponse, Received, ReceivedLogout, read_logout,
};
pub use metadata::SamlMetadata;
pub use our_key::generate_saml_key;
pub use outgoing::{Outgoing, SendError};
pub use sp_metadata::sp_metadata;
pub use verifier::SamlVerifier;
