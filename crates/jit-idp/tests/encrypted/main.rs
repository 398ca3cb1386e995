//! Assertions that were encrypted to us, by providers that mean well and by others.
//!
//! The encryption here shares no code with the decryption.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests end when something is wrong"
)]

mod encryption;
mod opened;
mod oracle;
mod refused;
mod shown;
mod world;
