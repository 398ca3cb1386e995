//! The reads, a file for each repository. One query each: a single statement sees one moment.

use std::collections::BTreeSet;

use jit_domain::{
    error::{Reference, StoreError},
    ids::ApiCollectionId,
    views::{Page, PageRequest},
};
use sqlx::{
    Execute, FromRow, Postgres,
    postgres::{PgArguments, PgRow},
    query::QueryAs,
};
use uuid::Uuid;

use crate::{
    error::{PostgresError, is_nul},
    store::PostgresStore,
    writer::patiently,
};

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
type Rows<'q, R> = QueryAs<'q, Postgres, R, PgArguments>;

impl PostgresStore {
    async fn find<R, T>(&self, query: Rows<'_, R>) -> Read<Option<T>>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
        T: TryFrom<R, Error = PostgresError>,
    {
        let row = self.rows(query).await?.into_iter().next();
        Ok(row.map(T::try_from).transpose()?)
    }

    async fn list<R, T>(&self, query: Rows<'_, R>) -> Read<Vec<T>>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
        T: TryFrom<R, Error = PostgresError>,
    {
        let rows = self.rows(query).await?.into_iter();
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
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
        T: TryFrom<R, Error = PostgresError>,
    {
        Ok(Page::from_rows(self.list(query).await?, page.limit, id))
    }

    async fn number(&self, query: Rows<'_, (i64,)>) -> Read<u64> {
        let rows = self.rows(query).await?;
        let number = rows.first().map_or(0, |row| row.0);
        Ok(u64::try_from(number).unwrap_or_default())
    }

    /// Asks again if the connection was lost, as it is when the server was restarted.
    async fn rows<R>(&self, mut query: Rows<'_, R>) -> Result<Vec<R>, PostgresError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let arguments = query.take_arguments().map_err(sqlx::Error::Encode)?;
        let (text, arguments) = (query.sql(), arguments.unwrap_or_default());
        let read = || {
            let query = sqlx::query_as_with(text.clone(), arguments.clone());
            query.fetch_all(self.pool())
        };
        match patiently(read).await {
            // No row has a text with U+0000.
            Err(error) if is_nul(&error) => Ok(Vec::new()),
            outcome => Ok(outcome?),
        }
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

/// Ids as a parameter.
fn ids(collections: &BTreeSet<ApiCollectionId>) -> Vec<Uuid> {
    collections.iter().map(|id| id.uuid()).collect()
}

/// Only those with a count above 0 (R8).
fn references(counts: impl IntoIterator<Item = (&'static str, u64)>) -> Vec<Reference> {
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(by, count)| Reference { by, count }).collect()
}

/// The credentials of the client `c`, oldest first, as `rows/clients.rs` reads them.
macro_rules! credentials_of_client {
    () => {
        "(SELECT COALESCE(jsonb_agg(jsonb_build_object(
            'id', k.id, 'name', k.name, 'hash', encode(k.hash, 'hex'), 'hint', k.hint,
            'created_at', k.created_at, 'expires_at', k.expires_at, 'revoked_at', k.revoked_at,
            'ip_rules', k.ip_rules::text) ORDER BY k.position), '[]')
          FROM credentials k WHERE k.workspace_id = c.workspace_id AND k.client_id = c.id)"
    };
}
use credentials_of_client;
