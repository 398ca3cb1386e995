//! Values and aggregates of every kind at random, for property tests with `proptest`.
//!
//! Every text is one that the domain accepts, with characters beyond ASCII; moments have microseconds.
//! An aggregate belongs to the workspace that it is made for and is at version 1; what it names
//! (owners, groups, policies) is random as well, and for the test to put.
//!
//! ```
//! use jit_testkit::strategies;
//! use proptest::prelude::*;
//!
//! proptest! {
//!     # #![proptest_config(ProptestConfig::with_cases(8))]
//!     fn addresses_of_one_domain_have_one_domain(email in strategies::email()) {
//!         prop_assert!(!email.domain().is_empty());
//!     }
//! }
//! # addresses_of_one_domain_have_one_domain();
//! ```

mod access;
mod aggregates;
mod catalogue;
mod clients;
mod connections;
mod console;
mod people;
mod sign_in_log;
mod values;

pub use access::{access_request, decider, decision, grant, request_state, revocation};
pub use aggregates::{aggregate, audit_event, commit, origin};
pub use catalogue::{
    api_collection, audience, jit_settings, operation, policy, publication, quota, rate_limit,
};
pub use clients::{api_client, auth_method, client_state, credential, ip_network, ip_rules};
pub use connections::{
    idp_connection, idp_description, metadata_source, role_rule, saml_key, saml_options,
    setup_link, signing_certificate,
};
pub use console::{
    administrator, api_token, authn_request, console_role, console_sign_in, login_purpose,
    principal, session, session_state, setup, workspace,
};
pub use people::{assertion, end_user, end_user_group, hold, hold_source, membership, subject};
pub use sign_in_log::{attempt_outcome, evidence, sign_in_attempt};
pub use values::{
    email, id, name, note, optional_timestamp, reason, secret, secret_hash, slug, summary,
    timestamp, version,
};
