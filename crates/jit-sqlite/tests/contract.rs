//! The public contract suite, on files.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use std::sync::Arc;

use jit_domain::ports::Store;
use jit_sqlite::SqliteStore;
use tempfile::TempDir;

jit_testkit::store_contract!(fresh_store);

async fn fresh_store() -> (Arc<dyn Store>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let store = SqliteStore::open(&file.to_string_lossy()).await.unwrap();
    (Arc::new(store), folder)
}
