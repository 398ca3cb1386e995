//! One server for a program of tests, a database for each test.

use std::{
    path::PathBuf,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use jit_postgres::PostgresStore;
use jit_testkit::postgres_server::{Durability, PostgresServer};
use tokio::sync::OnceCell;

/// With the tables, and nobody connected to it.
const TEMPLATE: &str = "migrated";

fn server() -> &'static PostgresServer {
    static SERVER: OnceLock<PostgresServer> = OnceLock::new();
    SERVER.get_or_init(|| PostgresServer::start(Durability::None).unwrap())
}

/// A database of its own, removed when it is dropped.
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// With the tables.
    pub(crate) async fn new() -> Self {
        static MIGRATED: OnceCell<()> = OnceCell::const_new();
        let migrate = async || {
            server().create_database(TEMPLATE, None).unwrap();
            let store = PostgresStore::open(&server().url(TEMPLATE)).await;
            store.unwrap().close().await;
        };
        MIGRATED.get_or_init(migrate).await;
        Self::of(Some(TEMPLATE))
    }

    /// Without tables.
    pub(crate) fn empty() -> Self {
        Self::of(None)
    }

    fn of(template: Option<&str>) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        server().create_database(&name, template).unwrap();
        Self { name }
    }

    pub(crate) fn url(&self) -> String {
        server().url(&self.name)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// The address of a database of the server.
pub(crate) fn url_of(name: &str) -> String {
    server().url(name)
}

/// The socket of the server.
pub(crate) fn socket() -> PathBuf {
    server().socket()
}

impl Drop for Database {
    fn drop(&mut self) {
        // While a test fails there is no second failure.
        let _ = server().drop_database(&self.name);
    }
}
