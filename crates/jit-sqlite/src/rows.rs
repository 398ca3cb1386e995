//! What comes out of the tables. Each row struct becomes the thing itself by `TryFrom`, which turns
//! nonsense into an error that names table, column and id.

use std::{fmt::Display, net::IpAddr};

use jit_domain::{
    tokens::SecretHash,
    values::{Timestamp, Version},
};
use serde::{
    Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error as TextError},
};

use crate::error::SqliteError;

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
    ) -> SqliteError {
        SqliteError::Corrupt {
            table: self.table,
            column,
            id: self.id.to_string(),
            expected: expected.to_string(),
            found: found.to_string(),
        }
    }

    pub(crate) fn version(self, number: i64) -> Result<Version, SqliteError> {
        self.counter("version", number)
    }

    pub(crate) fn counter(self, column: &'static str, number: i64) -> Result<Version, SqliteError> {
        let version = u32::try_from(number).ok().filter(|n| *n > 0);
        version
            .map(Version)
            .ok_or_else(|| self.corrupt(column, "a number above 0", number))
    }

    pub(crate) fn time(self, column: &'static str, micros: i64) -> Result<Timestamp, SqliteError> {
        Timestamp::from_timestamp_micros(micros)
            .ok_or_else(|| self.corrupt(column, "a moment that a calendar has", micros))
    }

    pub(crate) fn some_time(
        self,
        column: &'static str,
        micros: Option<i64>,
    ) -> Result<Option<Timestamp>, SqliteError> {
        micros.map(|micros| self.time(column, micros)).transpose()
    }

    pub(crate) fn ip(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<IpAddr>, SqliteError> {
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
    ) -> Result<SecretHash, SqliteError> {
        let length = bytes.len();
        let bytes = bytes.try_into().map(SecretHash);
        bytes.map_err(|_| self.corrupt(column, "32 bytes", format_args!("{length} bytes")))
    }

    /// One of the names of an enum.
    pub(crate) fn code<T: DeserializeOwned>(
        self,
        column: &'static str,
        code: &str,
    ) -> Result<T, SqliteError> {
        T::deserialize(IntoDeserializer::<TextError>::into_deserializer(code))
            .map_err(|error| self.corrupt(column, error, code))
    }

    /// A complex part. Its text is not shown, for it may hold personal data.
    pub(crate) fn json<T: DeserializeOwned>(
        self,
        column: &'static str,
        text: &str,
    ) -> Result<T, SqliteError> {
        serde_json::from_str(text).map_err(|error| self.corrupt(column, error, "other JSON"))
    }

    pub(crate) fn some_json<T: DeserializeOwned>(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>, SqliteError> {
        text.map(|text| self.json(column, text)).transpose()
    }

    /// A part that other columns say must be there.
    pub(crate) fn present<T>(
        self,
        column: &'static str,
        value: Option<T>,
    ) -> Result<T, SqliteError> {
        value.ok_or_else(|| self.corrupt(column, "a value", "NULL"))
    }
}

/// A complex part as a column keeps it.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> Result<String, SqliteError> {
    Ok(serde_json::to_string(value)?)
}

pub(crate) fn some_json(value: Option<&impl Serialize>) -> Result<Option<String>, SqliteError> {
    value.map(|value| json(value)).transpose()
}

/// The name of an enum's variant, as a column keeps it.
pub(crate) fn code(value: impl Serialize) -> Result<String, SqliteError> {
    Ok(json(&value)?.trim_matches('"').to_owned())
}
