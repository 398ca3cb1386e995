//! A store that keeps everything in memory, for tests and for trying things out.

use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use jit_domain::{
    change::Commit,
    error::{Reference, StoreError},
    ports::Store,
    values::{Name, Timestamp},
};

mod access;
mod catalogue;
mod check;
mod clients;
mod commit;
mod connections;
mod console;
mod gateway;
mod keys;
mod people;
mod references;
mod state;
mod table;

pub(crate) use check::Check;
use state::State;

type Read<T> = Result<T, StoreError>;

/// Keeps the contract of [`Store`] with maps under one lock.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Changes a copy and keeps it only if every change went well; does not ask what is left out.
    pub(crate) fn commit_leaving_out(
        &self,
        left_out: Option<Check>,
        commit: &Commit,
    ) -> Result<(), StoreError> {
        let mut state = self.state()?;
        let mut copy = state.clone();
        copy.apply(commit, left_out)?;
        *state = copy;
        Ok(())
    }

    fn state(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        self.state
            .lock()
            .map_err(|_| StoreError::Unavailable("a test failed in the middle of a read".into()))
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.commit_leaving_out(None, commit)
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(self.state()?.forget_expired(before))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.state().map(|_| ())
    }
}

/// In order of name, without letter case; those of one name in order of id, as they came.
fn by_name<T>(mut rows: Vec<T>, name: impl Fn(&T) -> &Name) -> Vec<T> {
    rows.sort_by_key(|row| name(row).as_str().to_lowercase());
    rows
}

/// Only those with a count above 0 (R8).
fn references<const N: usize>(counts: [(&'static str, usize); N]) -> Vec<Reference> {
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(by, count)| Reference {
        by,
        count: count as u64,
    })
    .collect()
}
