//! A mock in place of the store: what does a use case do with faults that a store in memory never has?
//!
//! A test says what the calls that matter to it give. Any other call fails the test, so what is not said
//! here is a claim as well: while the store is down, nothing is committed.

use std::sync::Arc;

use jit_domain::{
    Portal,
    change::{Aggregate, Change, Commit},
    error::{Error, StoreError},
    people::{EndUser, Hold, HoldSource},
    ports::Ports,
    values::Version,
};
use jit_testkit::{FixedClock, Fixtures, PlainPasswords, SeededRandom, mocks::MockStore};

/// Fakes for everything that the test is not about.
fn portal_on(store: MockStore) -> Portal {
    Portal::new(Ports {
        store: Arc::new(store),
        clock: Arc::new(FixedClock::default()),
        random: Arc::new(SeededRandom::default()),
        passwords: Arc::new(PlainPasswords),
    })
}

/// An administrator suspends a person while the store is down.
pub(crate) async fn suspend_while_the_store_is_down() -> Result<EndUser, Error> {
    let make = Fixtures::default();
    let dana = make.end_user("dana", &make.connection("okta"));
    let mut store = MockStore::new();
    store
        .expect_find_end_user()
        .times(1) // a use case does not ask a store again that is down
        .returning(|_, _| Err(StoreError::Unavailable("no way to the database".into())));

    let admin = make.console_caller(&make.administrator("ada"));
    portal_on(store).open_hold(&admin, dana.id, None).await
}

/// An administrator suspends a person, and the provider is faster by a moment: it has done so too.
pub(crate) async fn suspend_while_the_provider_is_faster() -> Result<EndUser, Error> {
    let make = Fixtures::default();
    let before = make.end_user("dana", &make.connection("okta"));
    let id = before.id;
    let meanwhile = EndUser {
        version: before.version.next(),
        holds: vec![Hold {
            source: HoldSource::IdpSuspended,
            since: make.now(),
            reason: None,
        }],
        ..before.clone()
    };

    let mut store = MockStore::new();
    // Calls of one method meet what is expected of it in this order.
    for answer in [before, meanwhile] {
        store
            .expect_find_end_user()
            .times(1)
            .return_once(|_, _| Ok(Some(answer)));
    }
    store
        .expect_commit()
        .withf(|commit| puts_with_holds(commit, Version(2), 1))
        .times(1)
        .return_once(|_| Err(StoreError::Conflict));
    store
        .expect_commit()
        .withf(|commit| puts_with_holds(commit, Version(3), 2)) // read and decided again
        .times(1)
        .return_once(|_| Ok(()));

    let admin = make.console_caller(&make.administrator("ada"));
    portal_on(store).open_hold(&admin, id, None).await
}

/// Whether the commit puts one person at that version, with so many holds.
fn puts_with_holds(commit: &Commit, version: Version, holds: usize) -> bool {
    match commit.changes.as_slice() {
        [Change::Put(Aggregate::EndUser(user))] => {
            user.version == version && user.holds.len() == holds
        }
        _ => false,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if let Err(error) = suspend_while_the_store_is_down().await {
        println!("while the store is down: {error}");
    }
    let dana = suspend_while_the_provider_is_faster().await?;
    println!(
        "after a conflict: version {}, {} holds",
        dana.version,
        dana.holds.len()
    );
    Ok(())
}
