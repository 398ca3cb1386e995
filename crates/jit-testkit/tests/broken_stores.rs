//! The contract suite on stores that do one thing wrong: each is caught by the case that is about it.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use std::sync::Arc;

use jit_domain::ports::Store;
use jit_testkit::{
    MemoryStore,
    broken::{Fault, store_with},
    contract::{CASES, Case},
};

mod broken_stores {
    pub(crate) mod commits;
    pub(crate) mod reads;
}

fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).unwrap()
}

/// The faults of the table that its case lets through.
async fn uncaught(table: &[(Fault, &str)]) -> Vec<String> {
    let mut uncaught = Vec::new();
    for (fault, name) in table {
        if case(name).run(store_with(*fault)).await.is_ok() {
            uncaught.push(format!("{fault:?} passes {name}"));
        }
    }
    uncaught
}

/// The cases of the table that a sound store fails.
async fn unfair(table: &[(Fault, &str)]) -> Vec<String> {
    let mut unfair = Vec::new();
    for (_, name) in table {
        let sound: Arc<dyn Store> = Arc::new(MemoryStore::new());
        if let Err(said) = case(name).run(sound).await {
            unfair.push(format!("{name}: {said}"));
        }
    }
    unfair
}
