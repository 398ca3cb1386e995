//! Responses that a provider could send and that an attacker could make of them, all signed for real.
//!
//! The provider of the testkit shares no code with the verifier.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests end when something is wrong"
)]

mod accepted;
mod arbitrary;
mod attacks;
mod dialects;
mod encrypted;
mod expired;
mod forged;
mod logouts;
mod malformed;
mod misbehaviour;
mod misdirected;
mod port;
mod world;
