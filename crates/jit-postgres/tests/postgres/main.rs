//! The contract on a real server, and what this adapter promises besides.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails has to stop"
)]

mod changelog;
mod contract;
mod corrupt_rows;
mod last_line;
mod lost_answers;
mod opening;
mod proxy;
mod restart;
mod serializable;
mod server;
mod world;
