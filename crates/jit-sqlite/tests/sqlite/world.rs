use jit_domain::{
    change::{Aggregate, Commit},
    ports::Store,
};
use jit_sqlite::SqliteStore;
use jit_testkit::fixtures::Fixtures;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

/// A store on a file of its own.
pub(crate) struct World {
    pub(crate) store: SqliteStore,
    pub(crate) make: Fixtures,
    folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let make = Fixtures::default();
        Self {
            store,
            make,
            folder,
        }
    }

    /// With one of everything in it.
    pub(crate) async fn full() -> (Self, Vec<Aggregate>) {
        let world = Self::new().await;
        let all = world.make.one_of_each();
        world.commit(&world.make.put_all(all.clone())).await;
        (world, all)
    }

    /// The same file, as another process opens it.
    pub(crate) async fn again(&self) -> SqliteStore {
        open(&self.folder).await
    }

    pub(crate) fn file(&self) -> String {
        file(&self.folder)
    }

    pub(crate) async fn commit(&self, commit: &Commit) {
        self.store.commit(commit).await.unwrap();
    }

    /// A connection that is not the store's.
    pub(crate) async fn sql(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new()
            .filename(self.file())
            .foreign_keys(true);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Runs SQL on a connection that is not the store's, and gives how many rows it changed.
    pub(crate) async fn execute(&self, sql: &'static str) -> Result<u64, String> {
        let done = sqlx::query(sql).execute(&mut self.sql().await).await;
        done.map(|done| done.rows_affected())
            .map_err(|error| error.to_string())
    }
}

fn file(folder: &TempDir) -> String {
    folder.path().join("portal.db").to_string_lossy().into()
}

async fn open(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(&file(folder)).await.unwrap()
}
