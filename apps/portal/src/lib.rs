#![doc = include_str!("../README.md")]

pub mod assets;
pub mod commands;
pub mod config;
pub mod demo;
pub mod facts;
pub mod guesses;
pub mod health;
pub mod pages;
pub mod random;
pub mod saml_keys;
pub mod server;
pub mod sso;
pub mod system;
pub mod telemetry;
pub mod wiring;
