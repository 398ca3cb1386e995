//! The examples do what they say.

#[path = "../examples/third_party_store.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod third_party_store;

#[cfg(feature = "mock")]
#[path = "../examples/swap_in_a_mock.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod swap_in_a_mock;

mod a_store_of_somebody_else {
    use std::sync::{Arc, atomic::Ordering};

    use jit_domain::ports::Store;
    use jit_testkit::{Fixtures, MemoryStore, contract};

    use super::third_party_store::{MeteredStore, faults_of_a_careless_store, fresh_store};

    #[tokio::test]
    async fn keeps_the_contract() {
        contract::run_all(fresh_store).await;
    }

    #[tokio::test]
    async fn with_a_fault_is_caught_by_the_cases_about_it() {
        let failed = faults_of_a_careless_store().await;
        for case in [
            "a_stale_put_is_refused",
            "an_assertion_is_accepted_once",
            "of_eight_decisions_one_wins",
        ] {
            assert!(failed.contains(&case), "{case} passes; failed: {failed:?}");
        }
        for fair in ["a_first_put_inserts", "pages_of_people_join"] {
            assert!(!failed.contains(&fair), "{fair} fails");
        }
    }

    #[tokio::test]
    async fn counts_commits() {
        let store = MeteredStore::before(Arc::new(MemoryStore::new()));
        let make = Fixtures::default();
        let twice = make.put_all([make.workspace().into()]);
        assert!(store.commit(&twice).await.is_ok());
        assert!(store.commit(&twice).await.is_err());
        let counted = [&store.applied, &store.refused].map(|it| it.load(Ordering::Relaxed));
        assert_eq!(counted, [1, 1]);
    }
}

#[cfg(feature = "mock")]
mod a_mock_in_place_of_the_store {
    use jit_domain::{error::Error, people::HoldSource};

    use super::swap_in_a_mock::{
        suspend_while_the_provider_is_faster, suspend_while_the_store_is_down,
    };

    #[tokio::test]
    async fn shows_what_happens_while_it_is_down() {
        let outcome = suspend_while_the_store_is_down().await;
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    }

    /// R30: each source has its hold, whoever was first.
    #[tokio::test]
    async fn shows_that_a_use_case_decides_again() {
        let dana = suspend_while_the_provider_is_faster()
            .await
            .expect("goes through");
        let sources: Vec<_> = dana.holds.iter().map(|hold| hold.source).collect();
        assert_eq!(sources, [HoldSource::IdpSuspended, HoldSource::Admin]);
    }
}
