#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod commit;
mod error;
mod reads;
mod rows;
mod store;
mod writer;

pub use error::OpenError;
pub use store::PostgresStore;
