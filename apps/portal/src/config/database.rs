//! Where the database is, told without its password.

use std::{fmt, path::PathBuf};

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded one, in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(PostgresAddress),
}

/// An address such as `postgres://portal:secret@db.example/portal`; printed without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresAddress(String);

impl PostgresAddress {
    /// With the password, for the driver.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.0))
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => path.display().fmt(f),
            Self::Postgres(address) => write!(f, "{address:?}"),
        }
    }
}

pub(super) fn parse(url: &str) -> anyhow::Result<Database> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Database::Postgres(PostgresAddress(url.to_owned())));
    }
    let path = url
        .strip_prefix("sqlite://")
        .or_else(|| url.strip_prefix("sqlite:"));
    match path {
        Some(path) if !path.is_empty() && !path.contains('?') => Ok(Database::Sqlite(path.into())),
        _ => anyhow::bail!(
            "database-url: expected sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE, found {}",
            without_password(url)
        ),
    }
}

/// A password must not reach a terminal or a log. It stands before an `@` or in the query.
fn without_password(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    match place.rsplit_once('@') {
        Some((_, place)) => format!("{scheme}://…@{place}"),
        // A question mark that belongs to a password.
        None if query.contains('@') => format!("{scheme}://…"),
        None if scheme.is_empty() => place.to_owned(),
        None => format!("{scheme}://{place}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R29: secrets are never logged.
    #[test]
    fn no_password_is_printed() {
        for (url, printed) in [
            (
                "postgres://portal:hunter2@db.example:5432/portal?sslmode=require",
                "postgres://…@db.example:5432/portal",
            ),
            (
                "postgres://portal:hun@ter2@db/portal",
                "postgres://…@db/portal",
            ),
            ("postgres://portal:hun?ter2@db/portal", "postgres://…"),
            (
                "postgresql:///portal?password=hunter2",
                "postgresql:///portal",
            ),
            (
                "postgres://db/portal?user=a@b&password=hunter2",
                "postgres://…",
            ),
        ] {
            let database = parse(url).unwrap();
            assert_eq!(database.to_string(), printed);
            assert!(!format!("{database:?}").contains("ter2"), "{database:?}");
        }
    }
}
