#![doc = include_str!("contract/README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a case that fails has to stop"
)]

use std::{future::Future, pin::Pin, sync::Arc};

use jit_domain::ports::Store;

mod list;
mod world;

pub mod assertions;
pub mod atomicity;
pub mod audit;
pub mod changelog;
pub mod clients;
pub mod filters;
pub mod gateway;
pub mod holds;
pub mod housekeeping;
pub mod isolation;
pub mod keys;
pub mod lists;
pub mod paging;
pub mod races;
pub mod references;
pub mod requests;
pub mod round_trip;
pub mod round_trip_access;
pub mod round_trip_saml;
pub mod sessions;
pub mod sign_in_log;
pub mod text;
pub mod versions;

/// One case: a claim about stores, and how to prove it on an empty one.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The claim.
    pub name: &'static str,
    prove: fn(Arc<dyn Store>) -> Proof,
}

type Proof = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Case {
    /// Tries the case on an empty store; gives what the failed assertion said.
    pub async fn run(&self, store: Arc<dyn Store>) -> Result<(), String> {
        match tokio::spawn((self.prove)(store)).await {
            Ok(()) => Ok(()),
            Err(failure) => Err(message(failure)),
        }
    }
}

/// Every case.
pub const CASES: &[Case] = crate::store_cases!(array);

/// Runs every case on a store of its own and gives those that failed, with what they said.
///
/// The factory gives an empty store and a guard that cleans up when it is dropped.
pub async fn failures<F, G>(fresh: impl Fn() -> F) -> Vec<(&'static str, String)>
where
    F: Future<Output = (Arc<dyn Store>, G)>,
{
    let mut failed = Vec::new();
    for case in CASES {
        let (store, _guard) = fresh().await;
        if let Err(said) = case.run(store).await {
            failed.push((case.name, said));
        }
    }
    failed
}

/// Runs every case on a store of its own, and panics at the end if any failed.
pub async fn run_all<F, G>(fresh: impl Fn() -> F)
where
    F: Future<Output = (Arc<dyn Store>, G)>,
{
    let failed = failures(fresh).await;
    assert!(
        failed.is_empty(),
        "{} cases failed: {failed:#?}",
        failed.len()
    );
}

/// Runs a test on several threads, as races need it; for [`store_contract!`](crate::store_contract).
#[doc(hidden)]
pub fn block_on(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(test);
}

fn message(failure: tokio::task::JoinError) -> String {
    let Ok(panic) = failure.try_into_panic() else {
        return "cancelled".to_owned();
    };
    let text = panic.downcast_ref::<String>().cloned();
    let constant = || panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(constant).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::MemoryStore;

    use super::*;

    crate::store_contract!(fresh_store);

    async fn fresh_store() -> (Arc<dyn Store>, ()) {
        (Arc::new(MemoryStore::new()), ())
    }

    #[tokio::test]
    async fn the_loop_runs_every_case() {
        run_all(fresh_store).await;
    }

    #[test]
    fn the_list_for_readers_is_the_list_that_runs() {
        let readme = include_str!("contract/README.md");
        let listed = readme.lines().filter_map(|line| line.strip_prefix("- `"));
        let listed: Vec<_> = listed.filter_map(|line| line.split('`').next()).collect();
        let run: Vec<_> = CASES.iter().map(|case| case.name).collect();
        assert_eq!(listed, run);
    }
}
