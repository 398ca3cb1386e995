use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Query},
    http::{StatusCode, request::Parts},
};
use serde::Serialize;

use super::problem::{FieldError, Problem};

/// The query of a request, and everything that is wrong with it.
pub(super) struct Params {
    given: HashMap<String, String>,
    errors: Vec<FieldError>,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::from_request_parts(parts, state).await;
        let Query(given) = query.map_err(|rejection| {
            let status = StatusCode::BAD_REQUEST;
            Problem::new(status, "invalid_parameter", rejection.body_text())
        })?;
        let errors = Vec::new();
        Ok(Self { given, errors })
    }
}

impl Params {
    const MOST_ITEMS: usize = 100;
    const USUAL_ITEMS: usize = 20;

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    pub(super) fn flag(&mut self, name: &str) -> bool {
        self.one_of(name, &["true", "false"]) == Some("true")
    }

    pub(super) fn one_of(&mut self, name: &str, words: &[&'static str]) -> Option<&'static str> {
        let given = self.given.get(name)?;
        let found = words.iter().find(|word| *word == given).copied();
        if found.is_none() {
            self.refuse(name, format!("one of {}", words.join(", ")));
        }
        found
    }

    /// How many entries one answer has at most.
    pub(super) fn limit(&mut self) -> usize {
        let Some(given) = self.given.get("limit") else {
            return Self::USUAL_ITEMS;
        };
        let limit = given.parse().ok();
        let limit = limit.filter(|limit| (1..=Self::MOST_ITEMS).contains(limit));
        if limit.is_none() {
            self.refuse("limit", format!("a number from 1 to {}", Self::MOST_ITEMS));
        }
        limit.unwrap_or(Self::USUAL_ITEMS)
    }

    /// The number in the id after which an answer goes on.
    pub(super) fn after(&mut self, prefix: &str) -> Option<u64> {
        let given = self.given.get("after")?;
        let number = number_in(given, prefix);
        if number.is_none() {
            self.refuse("after", "`next` of the answer before");
        }
        number
    }

    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            return Ok(());
        }
        let status = StatusCode::BAD_REQUEST;
        Err(Problem::of_fields(status, "invalid_parameter", self.errors))
    }

    fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }
}

/// The number of an id such as `ord_1001`.
pub(super) fn number_in(id: &str, prefix: &str) -> Option<u64> {
    let digits = id.strip_prefix(prefix)?;
    let fine = (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| fine)
}

/// A part of a list.
#[derive(Serialize)]
pub(super) struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

impl<T> Page<T> {
    /// As many as allowed, and where to go on if there are more.
    pub(super) fn cut(
        all: impl Iterator<Item = T>,
        limit: usize,
        id: impl Fn(&T) -> String,
    ) -> Self {
        let mut items: Vec<T> = all.take(limit + 1).collect();
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(id);
        Self { items, next }
    }

    pub(super) fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            next: self.next,
        }
    }
}
