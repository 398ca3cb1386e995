//! Stores that do one thing wrong, to prove that a suite notices.
//!
//! An answer that was lost is not among the faults: after
//! [`Unavailable`](jit_domain::error::StoreError::Unavailable) nothing is known, not even that
//! nothing happened. The [`simulator`](crate::simulator) is where answers get lost.

use std::sync::Arc;

use jit_domain::ports::Store;

use crate::{MemoryStore, between::Between};

mod commits;
mod kinds;
mod watch;

pub use crate::between::READS;
use watch::Broken;

/// What a broken store does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Does not look at `Unchanged`.
    ForgetsGuards,
    /// Does not look at `SameEpoch`.
    ForgetsTheEpoch,
    /// Does not remember accepted assertions.
    ForgetsReplays,
    /// Applies `Put` whatever version is there.
    IgnoresVersions,
    /// Keeps the changes before the one that was refused.
    TearsCommits,
    /// Says `Ok` to a commit that it refused.
    SwallowsRefusals,
    /// Refuses as `Unavailable`.
    RefusesAsUnavailable,
    /// Says `Conflict` to a commit that it applied.
    RefusesWhatItApplied,
    /// Applies the last change first.
    AppliesInReverse,
    /// Leaves the last change out.
    LosesTheLastChange,
    /// Does not look at `Remove`.
    KeepsWhatIsRemoved,
    /// Leaves the last audit event out.
    LosesAnAuditEvent,
    /// Writes the audit events of a commit that it refused.
    LogsRefusedCommits,
    /// Lets a client change its authentication method.
    ChangesMethods,
    /// Removes what something else names.
    RemovesWhatIsInUse,
    /// Keeps what goes with something that is removed, such as the setup links of a connection.
    KeepsWhatGoesWithIt,
    /// Keeps milliseconds.
    RoundsMoments,
    /// Compares the names of groups without the letter case of A to Z only.
    FoldsAsciiOnly,
    /// Applies a commit that reaches into another workspace.
    CrossesWorkspaces,
    /// Does not check what is unique for aggregates of that kind, such as `EndUser`.
    ForgetsKeysOf(&'static str),
    /// Does not check whether what aggregates of that kind name is there.
    ForgetsReferencesOf(&'static str),
    /// Finds nothing by that read, such as `find_client_of`.
    Hides(&'static str),
    /// Answers that read with what other workspaces have.
    Leaks(&'static str),
    /// Answers that read from the last row to the first.
    Reverses(&'static str),
    /// Counts the rows before a page instead of remembering the last one.
    PagesByOffset(&'static str),
}

/// An empty store with that fault, which otherwise keeps the contract.
pub fn store_with(fault: Fault) -> Arc<dyn Store> {
    Arc::new(Between(Broken {
        fault,
        memory: MemoryStore::new(),
        workspaces: std::sync::Mutex::default(),
    }))
}
