//! A store of one's own proves itself with the contract suite, and a fault in it has a name.
//!
//! This one stands in front of another and counts what becomes of commits, for a page of metrics.
//! `pass_reads_on!` writes its reads; a store for a new database writes them all and is tried in the same way.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use jit_domain::{
    change::Commit,
    error::StoreError,
    ports::{Store, async_trait},
    values::Timestamp,
};
use jit_testkit::{MemoryStore, contract};

/// Counts commits.
pub(crate) struct MeteredStore {
    inner: Arc<dyn Store>,
    pub(crate) applied: AtomicU64,
    pub(crate) refused: AtomicU64,
    /// What callers hear of a commit that failed.
    tell: fn(StoreError) -> StoreError,
}

impl MeteredStore {
    pub(crate) fn before(inner: Arc<dyn Store>) -> Self {
        Self {
            inner,
            applied: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            tell: |error| error,
        }
    }

    /// The same with a fault that is easily made: every error is wrapped into one of the store's own.
    /// A use case that never hears of a conflict does not decide again.
    pub(crate) fn careless(inner: Arc<dyn Store>) -> Self {
        Self {
            tell: |error| StoreError::Unavailable(error.into()),
            ..Self::before(inner)
        }
    }
}

jit_domain::pass_reads_on!(MeteredStore, inner);

#[async_trait]
impl Store for MeteredStore {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        let outcome = self.inner.commit(commit).await;
        let counter = match &outcome {
            Ok(()) => &self.applied,
            Err(_) => &self.refused,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        outcome.map_err(self.tell)
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.inner.forget_expired(before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

/// What the suite asks for: an empty store, and a guard that cleans up when it is dropped.
/// A store in memory leaves nothing to clean up.
pub(crate) async fn fresh_store() -> (Arc<dyn Store>, ()) {
    let inner = Arc::new(MemoryStore::new());
    (Arc::new(MeteredStore::before(inner)), ())
}

pub(crate) async fn fresh_careless_store() -> (Arc<dyn Store>, ()) {
    let inner = Arc::new(MemoryStore::new());
    (Arc::new(MeteredStore::careless(inner)), ())
}

/// The cases that a careless store fails.
pub(crate) async fn faults_of_a_careless_store() -> Vec<&'static str> {
    let failed = contract::failures(fresh_careless_store).await;
    failed.into_iter().map(|(case, _said)| case).collect()
}

#[tokio::main]
async fn main() {
    contract::run_all(fresh_store).await;
    println!("the store keeps the contract");
    println!("the careless one fails:");
    for case in faults_of_a_careless_store().await {
        println!("  {case}");
    }
}

/// One named test for each case. This is the usual way, in a file `tests/contract.rs`.
#[cfg(test)]
mod named {
    jit_testkit::store_contract!(super::fresh_store);
}
