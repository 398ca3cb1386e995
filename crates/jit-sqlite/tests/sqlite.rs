//! What the contract does not ask and this adapter promises.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails has to stop"
)]

#[path = "sqlite/corrupt_rows.rs"]
mod corrupt_rows;
#[path = "sqlite/last_line.rs"]
mod last_line;
#[path = "sqlite/opening.rs"]
mod opening;
#[path = "sqlite/processes.rs"]
mod processes;
#[path = "sqlite/world.rs"]
mod world;
