//! Pages of the console.

pub mod audit;
pub mod clients;
pub mod collections;
pub mod connections;
pub mod groups;
pub mod jit_settings;
pub mod overview;
pub mod policies;
pub mod requests;
pub mod users;
