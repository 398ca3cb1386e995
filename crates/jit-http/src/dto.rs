//! The bodies of requests and answers.
//!
//! They are apart from the model on purpose: what stands here is a promise to scripts.

pub(crate) mod access_requests;
pub(crate) mod actor;
pub(crate) mod audit;
pub(crate) mod clients;
pub(crate) mod collections;
pub(crate) mod collections_draft;
pub(crate) mod connection_options;
pub(crate) mod connection_values;
pub(crate) mod connections;
pub(crate) mod connections_draft;
pub(crate) mod credentials;
pub(crate) mod discover;
pub(crate) mod end_users;
pub(crate) mod grants;
pub(crate) mod groups;
pub(crate) mod items;
pub(crate) mod me;
pub(crate) mod moment;
pub(crate) mod policies;
pub(crate) mod preview;
pub(crate) mod settings;
pub(crate) mod setup_links;
pub(crate) mod sign_in_attempts;
