#![doc = include_str!("../README.md")]
#![doc = "# A store of your own\n\nThe whole of `examples/third_party_store.rs`:\n\n```rust,no_run"]
#![doc = include_str!("../examples/third_party_store.rs")]
#![doc = "```\n\n# A mock in place of the store\n\nThe whole of `examples/swap_in_a_mock.rs`:\n\n```rust,no_run"]
#![doc = include_str!("../examples/swap_in_a_mock.rs")]
#![doc = "```"]
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
pub mod statements;
pub mod strategies;

pub use fakes::{FixedClock, PlainPasswords, ScriptedMetadata, ScriptedVerifier, SeededRandom};
pub use fixtures::Fixtures;
pub use memory::MemoryStore;
