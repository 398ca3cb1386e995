//! The API as scripts and browsers see it: the router over a store in memory.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod access;
mod bad_input;
mod callers;
mod client;
mod collections;
mod connections;
mod cookies;
mod odd_values;
mod openapi;
mod rejections;
mod secrets;
mod settings;
mod shape;
mod table;
mod world;
