//! Opening, housekeeping, and what all reads share.

use std::{path::Path, str::FromStr, time::Duration};

use async_trait::async_trait;
use jit_domain::{change::Commit, error::StoreError, ports::Store, values::Timestamp};
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::time::sleep;
use tracing::instrument;

use crate::{
    error::{OpenError, SqliteError, is_busy},
    writer::{BEGIN, REPEATS, Writer, pause},
};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Reads wait for the disk at most, so a few connections are plenty.
const READERS: u32 = 8;

/// Pages that the writing connection keeps: 32 MiB (negative numbers are KiB).
const CACHE: &str = "-32768";

/// After so many pages of 4 KiB the write-ahead log goes into the file. A first login is about 50.
const CHECKPOINT_PAGES: &str = "4000";

/// How long a statement waits for another process before it is repeated.
const PATIENCE: Duration = Duration::from_secs(2);

/// All durable state in one SQLite file.
///
/// Cheap to clone; the clones share connections and the thread that writes.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    readers: SqlitePool,
    writers: SqlitePool,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the file, a path or an address such as `sqlite:data/portal.db`; makes it, its folder and its
    /// tables if they are missing.
    ///
    /// The store works as long as the runtime on which this is called.
    pub async fn open(file: &str) -> Result<Self, OpenError> {
        let failed = |source| OpenError::File {
            path: file.to_owned(),
            source,
        };
        let options = options(file)?;
        make_file(options.get_filename()).map_err(|error| failed(error.into()))?;

        let writers = writers(&options)
            .await
            .map_err(|error| failed(error.into()))?;
        migrate(&writers)
            .await
            .map_err(|source| OpenError::Migration {
                path: file.to_owned(),
                source: source.into(),
            })?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.read_only(true))
            .await
            .map_err(|error| failed(error.into()))?;
        let writer = Writer::spawn(writers.clone());
        Ok(Self {
            readers,
            writers,
            writer,
        })
    }

    /// Waits for what is under way and closes the file. Without it nothing is lost; the next start
    /// reads the write-ahead log.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }
}

#[async_trait]
impl Store for SqliteStore {
    #[instrument(name = "store.commit", level = "debug", skip_all, fields(changes = commit.changes.len()))]
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.writer.commit(commit.clone()).await
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(forget(&self.writers, before.timestamp_micros()).await?)
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let answer = sqlx::query("SELECT 1").execute(&self.readers).await;
        answer.map_err(SqliteError::from)?;
        Ok(())
    }
}

fn options(file: &str) -> Result<SqliteConnectOptions, OpenError> {
    let options = if file.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(file).map_err(|error| OpenError::File {
            path: file.to_owned(),
            source: error.into(),
        })?
    } else {
        SqliteConnectOptions::new().filename(file)
    };
    let name = options.get_filename().to_string_lossy();
    if name.contains(":memory:") || name.contains("sqlx-in-memory") || file.contains("mode=memory")
    {
        return Err(OpenError::InMemory);
    }
    Ok(options
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(200))
}

/// Makes an empty file that only its owner reads, for it will hold password hashes.
/// SQLite gives the files beside it the same rights.
fn make_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// The one connection that writes. SQLite does not wait when two turn the same new file to a write-ahead
/// log, so that is repeated here.
async fn writers(options: &SqliteConnectOptions) -> Result<SqlitePool, SqliteError> {
    let options = options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", CACHE)
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES);
    let mut attempt = 1;
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None);
        match pool.connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && attempt <= REPEATS => sleep(pause(attempt)).await,
            outcome => return Ok(outcome?),
        }
        attempt += 1;
    }
}

/// Two processes that open a new file at once take turns.
async fn migrate(writers: &SqlitePool) -> Result<(), sqlx::migrate::MigrateError> {
    let mut all = writers.begin_with(BEGIN).await?;
    MIGRATIONS.run_direct(None, &mut *all, false).await?;
    all.commit().await?;
    Ok(())
}

async fn forget(writers: &SqlitePool, before: i64) -> Result<u64, SqliteError> {
    const EXPIRED: [&str; 5] = [
        "DELETE FROM sessions WHERE over_at < ?",
        "DELETE FROM authn_requests WHERE expires_at < ?",
        "DELETE FROM accepted_assertions WHERE valid_until < ?",
        "DELETE FROM setup_links WHERE expires_at < ?",
        "DELETE FROM sign_in_attempts WHERE expires_at < ?",
    ];
    let mut all = writers.begin_with(BEGIN).await?;
    let mut forgotten = 0;
    for delete in EXPIRED {
        let done = sqlx::query(delete).bind(before).execute(&mut *all).await?;
        forgotten += done.rows_affected();
    }
    all.commit().await?;
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R13: `Ok` means durable, and references hold, whatever the defaults of the build are.
    #[tokio::test]
    async fn the_writing_connection_flushes_and_checks_references() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.db");
        let store = SqliteStore::open(&file.to_string_lossy()).await.unwrap();
        let (journal, synchronous, foreign_keys): (String, i64, i64) = sqlx::query_as(
            "SELECT * FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys",
        )
        .fetch_one(&store.writers)
        .await
        .unwrap();
        let full = 2;
        assert_eq!(
            (journal.as_str(), synchronous, foreign_keys),
            ("wal", full, 1)
        );
    }

    #[tokio::test]
    async fn a_connection_for_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.db");
        let store = SqliteStore::open(&file.to_string_lossy()).await.unwrap();
        let write = sqlx::query("DELETE FROM sessions").execute(&store.readers);
        let refusal = write.await.unwrap_err().to_string();
        assert!(refusal.contains("readonly"), "{refusal}");
    }
}
