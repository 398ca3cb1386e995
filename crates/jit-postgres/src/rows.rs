//! What comes out of the tables. Each row struct becomes the thing itself by `TryFrom`, which turns
//! nonsense into an error that names table, column and id.

use std::{fmt::Display, net::IpAddr, ops::Deref};

use jit_domain::{
    tokens::SecretHash,
    values::{Timestamp, Version},
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error as TextError},
};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::Json,
};

use crate::error::PostgresError;

pub(crate) mod access;
pub(crate) mod audit;
pub(crate) mod clients;
pub(crate) mod collections;
pub(crate) mod connections;
pub(crate) mod console;
pub(crate) mod gateway;
pub(crate) mod people;
pub(crate) mod policies;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod sign_in_log;
pub(crate) mod workspaces;

/// Which row is being read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    table: &'static str,
    id: &'a dyn Display,
}

impl<'a> Place<'a> {
    pub(crate) fn new(table: &'static str, id: &'a dyn Display) -> Self {
        Self { table, id }
    }

    pub(crate) fn corrupt(
        self,
        column: &'static str,
        expected: impl Display,
        found: impl Display,
    ) -> PostgresError {
        PostgresError::Corrupt {
            table: self.table,
            column,
            id: self.id.to_string(),
            expected: expected.to_string(),
            found: found.to_string(),
        }
    }

    pub(crate) fn version(self, number: i64) -> Result<Version, PostgresError> {
        self.counter("version", number)
    }

    pub(crate) fn counter(
        self,
        column: &'static str,
        number: i64,
    ) -> Result<Version, PostgresError> {
        let version = u32::try_from(number).ok().filter(|n| *n > 0);
        version
            .map(Version)
            .ok_or_else(|| self.corrupt(column, "a number above 0", number))
    }

    pub(crate) fn time(
        self,
        column: &'static str,
        moment: Moment,
    ) -> Result<Timestamp, PostgresError> {
        Timestamp::from_timestamp_micros(moment.0)
            .ok_or_else(|| self.corrupt(column, "a moment that a calendar has", moment.0))
    }

    pub(crate) fn some_time(
        self,
        column: &'static str,
        moment: Option<Moment>,
    ) -> Result<Option<Timestamp>, PostgresError> {
        moment.map(|moment| self.time(column, moment)).transpose()
    }

    pub(crate) fn ip(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<IpAddr>, PostgresError> {
        let parse = |text: &str| {
            let ip = text.parse();
            ip.map_err(|_| self.corrupt(column, "an IP address", text))
        };
        text.map(parse).transpose()
    }

    /// A secret's hash. What was found is not shown.
    pub(crate) fn hash(
        self,
        column: &'static str,
        bytes: &[u8],
    ) -> Result<SecretHash, PostgresError> {
        let length = bytes.len();
        let bytes = bytes.try_into().map(SecretHash);
        bytes.map_err(|_| self.corrupt(column, "32 bytes", format_args!("{length} bytes")))
    }

    /// One of the names of an enum.
    pub(crate) fn code<T: DeserializeOwned>(
        self,
        column: &'static str,
        code: &str,
    ) -> Result<T, PostgresError> {
        T::deserialize(IntoDeserializer::<TextError>::into_deserializer(code))
            .map_err(|error| self.corrupt(column, error, code))
    }

    /// A complex part. Its text is not shown, for it may hold personal data.
    pub(crate) fn json<T: DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<T, PostgresError> {
        serde_json::from_str(text).map_err(|error| self.corrupt(column, error, "other JSON"))
    }

    pub(crate) fn some_json<T: DeserializeOwned>(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>, PostgresError> {
        text.map(|text| self.json(column, text)).transpose()
    }

    /// A part that other columns say must be there.
    pub(crate) fn present<T>(
        self,
        column: &'static str,
        value: Option<T>,
    ) -> Result<T, PostgresError> {
        value.ok_or_else(|| self.corrupt(column, "a value", "NULL"))
    }
}

/// A moment as a column keeps it, in microseconds since 1970; `infinity` is one, too.
#[derive(Clone, Copy)]
pub(crate) struct Moment(i64);

impl Type<Postgres> for Moment {
    fn type_info() -> PgTypeInfo {
        <Timestamp as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Moment {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        /// PostgreSQL counts from the beginning of the year 2000.
        const EPOCH: i64 = 946_684_800_000_000;
        let micros = <i64 as Decode<Postgres>>::decode(value)?;
        Ok(Self(micros.saturating_add(EPOCH)))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
        Timestamp::deserialize(text).map(|at| Self(at.timestamp_micros()))
    }
}

/// A complex part as a column keeps it. Inside other JSON it is a text.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct JsonText(String);

impl Deref for JsonText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Type<Postgres> for JsonText {
    fn type_info() -> PgTypeInfo {
        <Json<()> as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for JsonText {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        // In the binary form of `jsonb` the text comes after the number of the form.
        match value.as_bytes()? {
            [1, text @ ..] => Ok(Self(str::from_utf8(text)?.to_owned())),
            _ => Err("an unknown form of jsonb".into()),
        }
    }
}

/// The name of an enum's variant, as a column keeps it.
pub(crate) fn code(value: impl Serialize) -> Result<String, PostgresError> {
    Ok(serde_json::to_string(&value)?.trim_matches('"').to_owned())
}
