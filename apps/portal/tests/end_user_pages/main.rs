//! The public and the end-user pages, asked for as a browser without JavaScript asks, and as htmx does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod client;
mod console_login;
mod discover;
mod hostile;
mod login;
mod others;
mod reference;
mod requests;
mod setup;
mod sso;
mod world;
