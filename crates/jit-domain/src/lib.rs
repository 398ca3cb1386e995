#![doc = include_str!("../README.md")]
#![doc = "# A service of your own\n\nThe whole of `examples/embed.rs`:\n\n```rust,no_run"]
#![doc = include_str!("../examples/embed.rs")]
#![doc = "```"]
#![warn(missing_docs)]

pub mod access;
pub mod api_document;
pub mod assertion;
pub mod audit;
pub mod catalogue;
pub mod change;
pub mod clients;
pub mod connections;
pub mod console;
pub mod error;
pub mod gateway;
pub mod ids;
pub mod people;
pub mod portal;
pub mod ports;
pub mod saml_keys;
pub mod sessions;
pub mod settings;
pub mod sign_in_log;
pub mod tokens;
pub mod values;
pub mod views;

pub use portal::Portal;
