//! Pages for end users.

pub mod discover;
pub mod my_apis;
pub mod my_client;
pub mod my_requests;
pub mod request_access;
