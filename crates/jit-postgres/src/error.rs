//! What can go wrong, with what a person needs to mend it.

use jit_domain::error::{Source, StoreError};

/// Why a store could not be opened. No message has the password of the address.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address cannot be read.
    #[error("the address of the database is not one such as postgres://portal@db.example/portal")]
    Address {
        /// Why.
        #[source]
        source: Source,
    },
    /// The server does not answer, or refuses.
    #[error("cannot connect to the database {database}")]
    Connection {
        /// Where it should be.
        database: String,
        /// Why.
        #[source]
        source: Source,
    },
    /// Text could not be kept as it is.
    #[error("the database {database} has the encoding {encoding}, and UTF8 is needed")]
    Encoding {
        /// Where it is.
        database: String,
        /// What it has.
        encoding: String,
    },
    /// The tables could not be made, or a newer release has taken something away that this one needs.
    #[error("cannot bring the tables of {database} up to date")]
    Migration {
        /// Where they are.
        database: String,
        /// Why.
        #[source]
        source: Source,
    },
}

/// What goes wrong inside; crosses the port as the source of [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum PostgresError {
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    #[error("PostgreSQL cannot keep a text with the character U+0000")]
    Nul(#[source] sqlx::Error),
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
    #[error("whether the commit was applied cannot be found out")]
    Unknown,
    #[error("the commit was applied, but those who follow the changelog may not have seen it")]
    Unannounced(#[source] Option<sqlx::Error>),
    #[error("the database did not answer in time")]
    TooSlow,
    #[error("the runtime ended during the commit")]
    Ended(#[from] tokio::task::JoinError),
}

impl From<sqlx::Error> for PostgresError {
    fn from(error: sqlx::Error) -> Self {
        if is_nul(&error) {
            Self::Nul(error)
        } else {
            Self::Database(error)
        }
    }
}

impl From<PostgresError> for StoreError {
    fn from(error: PostgresError) -> Self {
        Self::Unavailable(error.into())
    }
}

/// Why a commit was not applied.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The decision relied on something that is not so.
    Conflict,
    /// Repeating helps.
    Transient(sqlx::Error),
    /// Repeating does not help.
    Other(PostgresError),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        match code(&error).as_deref() {
            Some(code) if means_conflict(code) => Self::Conflict,
            _ if is_transient(&error) => Self::Transient(error),
            _ => Self::Other(error.into()),
        }
    }
}

impl From<PostgresError> for Failure {
    fn from(error: PostgresError) -> Self {
        Self::Other(error)
    }
}

/// Whether the same may work in a moment: somebody was in the way, or the connection or the server went away.
pub(crate) fn is_transient(error: &sqlx::Error) -> bool {
    match code(error) {
        Some(code) => means_transient(&code),
        None => matches!(error, sqlx::Error::Io(_)),
    }
}

/// Whether an error of `COMMIT` leaves open what became of it. Only the server can say for sure that it
/// was rolled back; one that is being stopped may have written it all the same.
pub(crate) fn leaves_doubt(error: &sqlx::Error) -> bool {
    match code(error) {
        Some(code) => {
            !matches!(&code[..], "40000" | "40001" | "40002" | "40P01") && !code.starts_with("23")
        }
        None => true,
    }
}

/// Whether a text has the character U+0000. Rust's texts have no other that PostgreSQL refuses.
pub(crate) fn is_nul(error: &sqlx::Error) -> bool {
    matches!(code(error).as_deref(), Some("22021" | "22P05"))
}

/// The SQLSTATE.
fn code(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// `restrict_violation` (our triggers), `foreign_key_violation`, `unique_violation`, `exclusion_violation`.
/// A failed `CHECK` is none: no other decision would pass it.
fn means_conflict(code: &str) -> bool {
    matches!(code, "23001" | "23503" | "23505" | "23P01")
}

/// Another transaction in the way (40001, 40P01, 55P03), too many connections (53300), a server that stops
/// or starts (57P01 to 57P03), a broken connection (08).
fn means_transient(code: &str) -> bool {
    matches!(
        code,
        "40001" | "40P01" | "53300" | "55P03" | "57P01" | "57P02" | "57P03"
    ) || code.starts_with("08")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_is_neither_a_conflict_nor_transient() {
        let (not_null, check) = ("23502", "23514");
        for code in [not_null, check] {
            assert!(!means_conflict(code) && !means_transient(code), "{code}");
        }
    }

    #[test]
    fn a_connection_that_broke_leaves_doubt_and_may_work_in_a_moment() {
        let broken = || sqlx::Error::Io(std::io::ErrorKind::UnexpectedEof.into());
        assert!(leaves_doubt(&broken()) && is_transient(&broken()));
        assert!(!is_transient(&sqlx::Error::PoolTimedOut));
    }
}
