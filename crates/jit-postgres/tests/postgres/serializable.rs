//! Races, with transactions as the databases of several machines have them.

use std::sync::Arc;

use jit_domain::ports::Store;
use jit_postgres::PostgresStore;
use jit_testkit::contract::CASES;

use super::server::Database;

/// R6, R13, R20, R21: transactions that fail because of others are repeated, and one wins all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn races_end_well_among_serializable_transactions() {
    let races = [
        "of_eight_first_logins_of_one_person_one_wins",
        "eight_first_logins_of_eight_people_all_win",
        "of_two_that_change_what_the_other_guards_one_wins",
        "a_save_and_the_lock_of_the_method_exclude_each_other",
        "of_eight_decisions_one_wins",
        "of_eight_requests_for_one_collection_one_wins",
        "of_eight_uses_of_one_assertion_one_wins",
        "of_eight_changes_of_one_version_one_wins",
        "changes_of_many_writers_are_all_there",
    ];
    for name in races {
        let case = CASES.iter().find(|case| case.name == name).expect(name);
        let (store, _database) = fresh_store().await;
        assert_eq!(case.run(store).await, Ok(()), "{name}");
    }
}

async fn fresh_store() -> (Arc<dyn Store>, Database) {
    let database = Database::new().await;
    let url = database.url() + "&options=-c%20default_transaction_isolation%3Dserializable";
    let store = PostgresStore::open(&url).await.unwrap();
    (Arc::new(store), database)
}
