//! The server-rendered console and portal.
//!
//! Every page is an askama template beside a struct of plain values; a handler maps domain values into it.
//! Every action works without JavaScript: htmx and `app.js` only shorten the way.

pub mod admin;
pub mod context;
pub mod errors;
pub mod headers;
pub mod portal;
pub mod public;
pub mod reference;
pub mod respond;
pub mod same_origin;
pub mod shell;
pub mod view;

pub use context::PageContext;
pub use errors::ErrorPage;
pub use shell::{Nav, Shell, Theme};
