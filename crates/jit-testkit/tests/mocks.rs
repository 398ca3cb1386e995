//! Use cases on a store that fails, which the one in memory never does.
#![cfg(feature = "mock")]

use std::sync::Arc;

use jit_domain::{
    Portal,
    error::{Error, StoreError},
    ports::Ports,
    values::Slug,
};
use jit_testkit::{FixedClock, PlainPasswords, SeededRandom, mocks::MockStore};

fn portal(store: MockStore) -> Portal {
    Portal::new(Ports {
        store: Arc::new(store),
        clock: Arc::new(FixedClock::default()),
        random: Arc::new(SeededRandom::default()),
        passwords: Arc::new(PlainPasswords),
    })
}

#[tokio::test]
async fn a_decision_is_taken_anew_on_a_conflict_and_given_up_in_the_end() {
    let mut store = MockStore::new();
    store.expect_find_workspace().returning(|_| Ok(None));
    store
        .expect_commit()
        .times(16)
        .returning(|_| Err(StoreError::Conflict));
    let opened = portal(store)
        .open_workspace(&Slug::restore("default".to_owned()))
        .await;
    assert!(matches!(opened, Err(Error::Contended)), "{opened:?}");
}

#[tokio::test]
async fn a_store_that_is_not_available_is_asked_once() {
    let mut store = MockStore::new();
    store
        .expect_find_workspace()
        .times(1)
        .returning(|_| Err(StoreError::Unavailable("down".into())));
    let opened = portal(store)
        .open_workspace(&Slug::restore("default".to_owned()))
        .await;
    assert!(matches!(opened, Err(Error::Unavailable(_))), "{opened:?}");
}
