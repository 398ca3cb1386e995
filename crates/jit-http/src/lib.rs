#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod api;
mod caller;
pub mod document;
mod dto;
mod extract;
mod finish;
mod openapi;
pub mod origin;
mod problem;
mod respond;
mod router;
mod routes;
mod same_origin;
pub mod session;

pub use api::Api;
pub use openapi::openapi;
pub use router::router;
