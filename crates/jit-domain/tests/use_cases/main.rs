//! Every use case on a store in memory, told as given, when, then.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod approvers;
mod calls;
mod collections;
mod connection_setup;
mod connection_upkeep;
mod connections;
mod console_sso;
mod credentials;
mod decisions;
mod end_users;
mod later_logins;
mod logout;
mod preview;
mod requests;
mod saml_keys;
mod settings;
mod sign_in;
mod take_response;
mod world;
