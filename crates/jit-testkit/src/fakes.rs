//! Ports that behave the same on every run.

mod clock;
mod metadata;
mod passwords;
mod random;
mod verifier;

pub use clock::FixedClock;
pub use metadata::ScriptedMetadata;
pub use passwords::PlainPasswords;
pub use random::SeededRandom;
pub(crate) use random::scrambled;
pub use verifier::ScriptedVerifier;
