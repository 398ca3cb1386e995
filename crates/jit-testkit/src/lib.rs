#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod between;
pub mod broken;
pub mod contract;
pub mod fakes;
pub mod fixtures;
pub mod idp;
pub mod memory;
#[cfg(feature = "mock")]
pub mod mocks;
#[cfg(feature = "postgres-server")]
pub mod postgres_server;
pub mod simulator;
pub mod strategies;

pub use fakes::{FixedClock, PlainPasswords, ScriptedMetadata, ScriptedVerifier, SeededRandom};
pub use fixtures::Fixtures;
pub use memory::MemoryStore;
