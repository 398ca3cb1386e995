//! Every use case on a store in memory, told as given, when, then.

#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod approvers;
mod calls;
mod collections;
mod connections;
mod credentials;
mod decisions;
mod end_users;
mod later_logins;
mod preview;
mod requests;
mod settings;
mod sign_in;
mod world;
