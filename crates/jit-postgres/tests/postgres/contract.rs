//! The public contract suite, on a real server.

use std::sync::Arc;

use jit_domain::ports::Store;
use jit_postgres::PostgresStore;

use super::server::Database;

jit_testkit::store_contract!(fresh_store);

async fn fresh_store() -> (Arc<dyn Store>, Database) {
    let database = Database::new().await;
    let store = PostgresStore::open(&database.url()).await.unwrap();
    (Arc::new(store), database)
}
