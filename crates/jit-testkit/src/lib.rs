#![doc = include_str!("../README.md")]

pub mod contract;
pub mod fakes;
pub mod fixtures;
pub mod idp;
pub mod memory;

pub use fakes::{FixedClock, PlainPasswords, ScriptedVerifier, SeededRandom};
pub use fixtures::Fixtures;
pub use memory::MemoryStore;
