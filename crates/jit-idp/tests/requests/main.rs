//! What we ask a provider for, and what we say of ourselves.
//!
//! Signatures are checked with the certificate that the metadata names, by code that the crate does not share.

#![expect(clippy::unwrap_used, reason = "tests end when something is wrong")]

mod login;
mod our_key;
mod service_metadata;
mod world;
