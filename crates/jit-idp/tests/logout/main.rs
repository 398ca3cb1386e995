//! Logouts that a provider begins or answers, and those that somebody else would like to.
//!
//! The messages are signed by code that the crate does not share.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests end when something is wrong"
)]

mod begun;
mod posted;
mod redirected;
mod world;
