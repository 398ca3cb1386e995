use jit_domain::{
    change::{Aggregate, Commit},
    ports::Store,
};
use jit_postgres::PostgresStore;
use jit_testkit::fixtures::Fixtures;
use sqlx::{Connection, PgConnection};

use super::server::Database;

/// A store on a database of its own.
pub(crate) struct World {
    pub(crate) store: PostgresStore,
    pub(crate) make: Fixtures,
    pub(crate) database: Database,
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = Database::new().await;
        Self {
            store: PostgresStore::open(&database.url()).await.unwrap(),
            make: Fixtures::default(),
            database,
        }
    }

    /// With one of everything in it.
    pub(crate) async fn full() -> (Self, Vec<Aggregate>) {
        let world = Self::new().await;
        let all = world.make.one_of_each();
        world.commit(&world.make.put_all(all.clone())).await;
        (world, all)
    }

    pub(crate) async fn commit(&self, commit: &Commit) {
        self.store.commit(commit).await.unwrap();
    }

    /// A connection that is not the store's.
    pub(crate) async fn sql(&self) -> PgConnection {
        PgConnection::connect(&self.database.url()).await.unwrap()
    }

    /// Runs SQL on a connection that is not the store's, and gives how many rows it changed.
    pub(crate) async fn execute(&self, sql: &'static str) -> Result<u64, String> {
        let done = sqlx::query(sql).execute(&mut self.sql().await).await;
        done.map(|done| done.rows_affected())
            .map_err(|error| error.to_string())
    }
}
