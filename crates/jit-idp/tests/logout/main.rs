//! Logouts that a provider begins or answers, and those that somebody else would like to.
//!
//! The messages are signed by code that the crate does not share.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests end when something is wrong"
)]

mod arbitrary;
mod begun;
mod encrypted;
#[expect(dead_code, reason = "some of it is for assertions")]
#[path = "../encrypted/encryption.rs"]
mod encryption;
mod posted;
mod redirected;
mod world;
