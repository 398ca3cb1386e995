//! Opening, housekeeping, and what all reads share.

use std::{str::FromStr, time::Duration};

use async_trait::async_trait;
use jit_domain::{change::Commit, error::StoreError, ports::Store, values::Timestamp};
use sqlx::{
    ConnectOptions, Connection, Executor, PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;
use tracing::instrument;

use crate::{
    error::{OpenError, PostgresError},
    writer,
};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Enough to keep a few cores of the server busy; more only wait for each other there.
const CONNECTIONS: u32 = 16;

/// How long a statement waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a look whether the server answers may take.
const MOMENT: Duration = Duration::from_secs(2);

/// A connection that was idle for longer is tried before it is used; a busy one costs no extra round trip.
const SURELY_ALIVE: Duration = Duration::from_millis(500);

/// All durable state in one PostgreSQL database.
///
/// Cheap to clone; the clones share connections.
#[derive(Debug, Clone)]
pub struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    /// Connects to an address such as `postgres://portal:secret@db.example/portal`, and makes or changes
    /// the tables if that is needed.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        Self::open_with(url, CONNECTIONS).await
    }

    /// Like [`PostgresStore::open`], with at most so many connections.
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, OpenError> {
        let options = options(url)?;
        let database = name(&options);
        let failed = |error: sqlx::Error| OpenError::Connection {
            database: name(&options),
            source: error.into(),
        };
        let mut first = options.connect().await.map_err(failed)?;
        let encoding: String = sqlx::query_scalar("SHOW server_encoding")
            .fetch_one(&mut first)
            .await
            .map_err(failed)?;
        if encoding != "UTF8" {
            return Err(OpenError::Encoding { database, encoding });
        }
        let migrated = migrate(&mut first).await;
        migrated.map_err(|source| OpenError::Migration {
            database,
            source: source.into(),
        })?;
        first.close().await.map_err(failed)?;
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    // Compiling a query takes longer than any query of ours. An engine without such
                    // a setting has nothing to switch off.
                    let _ = connection.execute("SET jit = off").await;
                    Ok(())
                })
            })
            .before_acquire(|connection, used| {
                Box::pin(async move {
                    if used.idle_for > SURELY_ALIVE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            });
        Ok(Self {
            pool: pool.connect_lazy_with(options),
        })
    }

    /// Waits for what is under way and closes the connections. Without it nothing is lost.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }
}

#[async_trait]
impl Store for PostgresStore {
    #[instrument(name = "store.commit", level = "debug", skip_all, fields(changes = commit.changes.len()))]
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        // On a task of its own: a caller that goes away must not cut it in the middle.
        let (pool, commit) = (self.pool.clone(), commit.clone());
        let task = tokio::spawn(async move { writer::commit(&pool, &commit).await });
        task.await.map_err(PostgresError::from)?
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        Ok(forget(&self.pool, before).await?)
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let answer = sqlx::query("SELECT 1").execute(&self.pool);
        let answer = timeout(MOMENT, answer).await;
        answer
            .map_err(|_| PostgresError::TooSlow)?
            .map_err(PostgresError::from)?;
        Ok(())
    }
}

fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    let options = PgConnectOptions::from_str(url).map_err(|error| OpenError::Address {
        source: error.into(),
    })?;
    Ok(if options.get_application_name().is_none() {
        options.application_name("portal")
    } else {
        options
    })
}

/// Where the database is, without user and password.
fn name(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    match options.get_socket() {
        Some(socket) => format!("{database} at {}", socket.display()),
        None => format!(
            "{database} at {}:{}",
            options.get_host(),
            options.get_port()
        ),
    }
}

/// Whoever comes first makes the tables; others wait for the lock and find them.
async fn migrate(db: &mut PgConnection) -> Result<(), MigrateError> {
    let mut migrations = Migrator {
        migrations: MIGRATIONS.migrations.clone(),
        ..Migrator::DEFAULT
    };
    // Tables of a newer release have all that this one needs, unless it says otherwise.
    migrations.set_ignore_missing(true);
    // Otherwise every start but the first logs that there is something already.
    sqlx::query("SET client_min_messages = warning")
        .execute(&mut *db)
        .await?;
    migrations.run_direct(None, db, false).await?;
    let newest = migrations.iter().map(|it| it.version).max();
    let contracted: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(version) FROM _sqlx_migrations
         WHERE version > $1 AND description LIKE 'contract%'",
    )
    .bind(newest)
    .fetch_one(db)
    .await?;
    contracted.map_or(Ok(()), |version| Err(MigrateError::VersionMissing(version)))
}

async fn forget(pool: &PgPool, before: Timestamp) -> Result<u64, PostgresError> {
    const EXPIRED: [&str; 5] = [
        "DELETE FROM sessions WHERE over_at < $1",
        "DELETE FROM authn_requests WHERE expires_at < $1",
        "DELETE FROM accepted_assertions WHERE valid_until < $1",
        "DELETE FROM setup_links WHERE expires_at < $1",
        "DELETE FROM sign_in_attempts WHERE expires_at < $1",
    ];
    let mut forgotten = 0;
    for delete in EXPIRED {
        let delete = || sqlx::query(delete).bind(before).execute(pool);
        let done = writer::patiently(delete).await?;
        forgotten += done.rows_affected();
    }
    Ok(forgotten)
}
