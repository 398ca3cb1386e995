//! What can go wrong, with what a person needs to mend it.

use jit_domain::error::{Source, StoreError};

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A database in memory would be another one for each connection.
    #[error("a file is needed, not a database in memory")]
    InMemory,
    /// The file, or the folder that it should be in.
    #[error("cannot open the database {path}")]
    File {
        /// What was asked for.
        path: String,
        /// Why.
        #[source]
        source: Source,
    },
    /// The tables are those of a newer release, or could not be made.
    #[error("cannot bring the tables of {path} up to date")]
    Migration {
        /// What was asked for.
        path: String,
        /// Why.
        #[source]
        source: Source,
    },
}

/// What goes wrong inside; crosses the port as the source of [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum SqliteError {
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    #[error("cannot write a value as JSON")]
    Json(#[from] serde_json::Error),
    #[error("{table}.{column} of {id}: expected {expected}, found {found}")]
    Corrupt {
        table: &'static str,
        column: &'static str,
        id: String,
        expected: String,
        found: String,
    },
    #[error("the thread that writes has ended with the runtime that opened the store")]
    WriterEnded,
}

impl From<SqliteError> for StoreError {
    fn from(error: SqliteError) -> Self {
        Self::Unavailable(error.into())
    }
}

/// Why a commit was not applied.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The decision relied on something that is not so.
    Conflict,
    /// Another process writes; repeating helps.
    Busy(SqliteError),
    /// Repeating does not help.
    Other(SqliteError),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        match code(&error) {
            Some(code) if means_conflict(code) => Self::Conflict,
            Some(code) if means_busy(code) => Self::Busy(error.into()),
            _ => Self::Other(error.into()),
        }
    }
}

impl From<SqliteError> for Failure {
    fn from(error: SqliteError) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflict => Self::Conflict,
            Failure::Busy(error) | Failure::Other(error) => error.into(),
        }
    }
}

/// Whether another process has the file for a moment.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    code(error).is_some_and(means_busy)
}

/// The extended result code of SQLite.
fn code(error: &sqlx::Error) -> Option<u32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// `SQLITE_CONSTRAINT_` `FOREIGNKEY`, `PRIMARYKEY`, `TRIGGER`, `UNIQUE` and `ROWID`.
/// A failed `CHECK` is none: no other decision would pass it.
fn means_conflict(code: u32) -> bool {
    matches!(code, 787 | 1555 | 1811 | 2067 | 2579)
}

/// `SQLITE_BUSY` and `SQLITE_LOCKED`, whatever stands in the upper bits.
fn means_busy(code: u32) -> bool {
    matches!(code & 0xff, 5 | 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_database_is_busy_and_a_broken_one_is_not() {
        let (busy, busy_snapshot, locked, io_error, corrupt) = (5, 517, 6, 10, 11);
        assert!([busy, busy_snapshot, locked].into_iter().all(means_busy));
        assert!(![io_error, corrupt].into_iter().any(means_busy));
    }
}
