//! Several statements in one round trip.

use std::fmt::Write as _;

use sqlx::{
    Arguments, AssertSqlSafe, Encode, PgConnection, Postgres, Type, error::BoxDynError,
    postgres::PgArguments,
};

use super::{Done, Put};
use crate::error::Failure;
use jit_domain::values::Version;

/// Statements that wait to be sent as one, each a common table expression of it.
///
/// All parts of such a statement see the database as it was before it, and their order is not promised.
/// That is no difference as long as no two of them touch the same table, so a second one sends the first.
pub(super) struct Batch<'c> {
    db: &'c mut PgConnection,
    text: String,
    arguments: PgArguments,
    wrong: Option<BoxDynError>,
    parts: Vec<Part>,
}

struct Part {
    table: &'static str,
    rows: Rows,
}

/// How many rows a part must find.
#[derive(Clone, Copy, PartialEq)]
enum Rows {
    One,
    Any,
}

impl<'c> Batch<'c> {
    pub(super) fn new(db: &'c mut PgConnection) -> Self {
        Self {
            db,
            text: String::new(),
            arguments: PgArguments::default(),
            wrong: None,
            parts: Vec::new(),
        }
    }

    /// Begins a statement that touches that table and no other; its parameters are bound next.
    pub(super) async fn statement(
        &mut self,
        table: &'static str,
        text: &'static str,
    ) -> Result<Statement<'_, 'c>, Failure> {
        if self.parts.iter().any(|part| part.table == table) {
            self.send().await?;
        }
        let start = if self.parts.is_empty() { "WITH" } else { "," };
        let number = self.parts.len();
        // Writing to a text cannot fail.
        let _ = write!(self.text, "{start} s{number} AS (");
        self.add(text);
        self.text.push_str(if text.starts_with("SELECT") {
            ")"
        } else {
            " RETURNING 1)"
        });
        Ok(Statement { batch: self, table })
    }

    /// Begins a put at that version.
    pub(super) async fn put(
        &mut self,
        put: &'static Put,
        version: Version,
    ) -> Result<Statement<'_, 'c>, Failure> {
        self.statement(put.table, put.at(version)).await
    }

    /// Sends what waits. Nothing may be added to a batch that failed.
    pub(super) async fn send(&mut self) -> Done {
        if self.parts.is_empty() {
            return Ok(());
        }
        for number in 0..self.parts.len() {
            let start = if number == 0 { " SELECT ARRAY[" } else { "," };
            let _ = write!(self.text, "{start}(SELECT COUNT(*) FROM s{number})");
        }
        self.text.push(']');
        let arguments = match self.wrong.take() {
            Some(wrong) => return Err(sqlx::Error::Encode(wrong).into()),
            None => std::mem::take(&mut self.arguments),
        };
        // Put together from constants; values are parameters.
        let text = AssertSqlSafe(std::mem::take(&mut self.text));
        let counts: Vec<i64> = sqlx::query_scalar_with(text, arguments)
            .fetch_one(&mut *self.db)
            .await?;
        let mut parts = self.parts.drain(..).zip(counts);
        if parts.all(|(part, count)| part.rows == Rows::Any || count == 1) {
            Ok(())
        } else {
            Err(Failure::Conflict)
        }
    }

    /// Adds a text whose parameters come after those that are there.
    fn add(&mut self, text: &str) {
        let before = self.arguments.len();
        let mut pieces = text.split('$');
        self.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = piece.split_at(digits);
            let number = before + number.parse::<usize>().unwrap_or_default();
            let _ = write!(self.text, "${number}{rest}");
        }
    }
}

/// A statement of a batch, whose parameters are being bound.
#[must_use = "without `hit` or `run` it does not count"]
pub(super) struct Statement<'b, 'c> {
    batch: &'b mut Batch<'c>,
    table: &'static str,
}

impl Statement<'_, '_> {
    pub(super) fn bind<'t, T: Encode<'t, Postgres> + Type<Postgres>>(self, value: T) -> Self {
        if let Err(error) = self.batch.arguments.add(value) {
            self.batch.wrong = Some(error);
        }
        self
    }

    /// It must hit exactly the row, at exactly the version, that was relied on.
    #[expect(clippy::unnecessary_wraps, reason = "ends a function that can fail")]
    pub(super) fn hit(self) -> Done {
        self.end(Rows::One);
        Ok(())
    }

    /// It may find any number of rows.
    #[expect(clippy::unnecessary_wraps, reason = "ends a function that can fail")]
    pub(super) fn run(self) -> Done {
        self.end(Rows::Any);
        Ok(())
    }

    fn end(self, rows: Rows) {
        let table = self.table;
        self.batch.parts.push(Part { table, rows });
    }
}
