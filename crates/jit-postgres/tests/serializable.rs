//! The contract again, with transactions as the databases of several machines have them.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use std::sync::Arc;

use jit_domain::ports::Store;
use jit_postgres::PostgresStore;
use server::Database;

#[path = "postgres/server.rs"]
mod server;

jit_testkit::store_contract!(fresh_store);

async fn fresh_store() -> (Arc<dyn Store>, Database) {
    let database = Database::new().await;
    let url = database.url() + "&options=-c%20default_transaction_isolation%3Dserializable";
    let store = PostgresStore::open(&url).await.unwrap();
    (Arc::new(store), database)
}
