//! The gateway from outside: a store, a gateway before it, and an upstream behind it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod bodies;
mod faulty_store;
mod fixed_upstream;
mod following;
mod headers;
mod passing;
mod refusals;
mod requests;
mod scene;
mod upstreams;
mod world;
