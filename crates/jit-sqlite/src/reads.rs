//! The reads, a file for each repository. One query each: a single statement sees one moment.

use jit_domain::{
    error::{Reference, StoreError},
    views::{Page, PageRequest},
};
use sqlx::{
    FromRow, Sqlite,
    query::{QueryAs, QueryScalar},
    sqlite::{SqliteArguments, SqliteRow},
};
use uuid::Uuid;

use crate::{error::SqliteError, store::SqliteStore};

mod access_requests;
mod api_clients;
mod audit;
mod collections;
mod connections;
mod console;
mod end_users;
mod gateway;
mod grants;
mod groups;
mod policies;
mod sessions;
mod settings;
mod sign_in_log;
mod workspaces;

type Read<T> = Result<T, StoreError>;
type Rows<'q, R> = QueryAs<'q, Sqlite, R, SqliteArguments>;

impl SqliteStore {
    async fn find<R, T>(&self, query: Rows<'_, R>) -> Read<Option<T>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
        T: TryFrom<R, Error = SqliteError>,
    {
        let row = query.fetch_optional(self.readers()).await;
        let row = row.map_err(SqliteError::from)?;
        Ok(row.map(T::try_from).transpose()?)
    }

    async fn list<R, T>(&self, query: Rows<'_, R>) -> Read<Vec<T>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
        T: TryFrom<R, Error = SqliteError>,
    {
        let rows = query.fetch_all(self.readers()).await;
        let rows = rows.map_err(SqliteError::from)?.into_iter();
        Ok(rows.map(T::try_from).collect::<Result<_, _>>()?)
    }

    /// For queries that end in `LIMIT` with one row more than the page has.
    async fn page<R, T>(
        &self,
        query: Rows<'_, R>,
        page: &PageRequest,
        id: fn(&T) -> Uuid,
    ) -> Read<Page<T>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
        T: TryFrom<R, Error = SqliteError>,
    {
        Ok(Page::from_rows(self.list(query).await?, page.limit, id))
    }

    async fn number(&self, query: QueryScalar<'_, Sqlite, i64, SqliteArguments>) -> Read<u64> {
        let number = query.fetch_one(self.readers()).await;
        let number = number.map_err(SqliteError::from)?;
        Ok(u64::try_from(number).unwrap_or_default())
    }
}

/// Only ids below it are on the page; the greatest of all if the page is the first.
fn below(page: &PageRequest) -> Uuid {
    page.after.map_or(Uuid::max(), |last| last.0)
}

/// One row more than the page has, to see whether there is a next one.
fn one_more(page: &PageRequest) -> i64 {
    i64::try_from(page.limit.rows()).unwrap_or_default() + 1
}

/// Only those with a count above 0 (R8).
fn references(counts: impl IntoIterator<Item = (&'static str, u64)>) -> Vec<Reference> {
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(by, count)| Reference { by, count }).collect()
}

/// The credentials of the client `c`, oldest first, as `rows/clients.rs` reads them.
macro_rules! credentials_of_client {
    () => {
        "(SELECT json_group_array(json_object(
            'id', lower(hex(k.id)), 'name', k.name, 'hash', lower(hex(k.hash)), 'hint', k.hint,
            'created_at', k.created_at, 'expires_at', k.expires_at, 'revoked_at', k.revoked_at,
            'ip_rules', k.ip_rules) ORDER BY k.position)
          FROM credentials k WHERE k.workspace_id = c.workspace_id AND k.client_id = c.id)"
    };
}
use credentials_of_client;
