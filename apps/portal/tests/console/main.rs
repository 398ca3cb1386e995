//! The console, asked for as a browser without JavaScript asks, and as htmx does.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../end_user_pages/browser.rs"]
mod browser;
#[path = "../end_user_pages/world.rs"]
#[expect(dead_code, reason = "shared with the tests of the end-user pages")]
mod world;

mod audit;
mod clients;
mod collections;
mod connections;
mod desk;
mod forms;
mod groups;
mod hostile;
mod jit_conflict;
mod jit_preview;
mod jit_settings;
mod overview;
mod policies;
mod requests;
mod revocation;
mod roles;
mod setup_links;
mod sign_in_log;
mod users;
