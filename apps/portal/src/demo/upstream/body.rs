use std::ops::RangeInclusive;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};
use serde_json::Value;

use super::problem::{FieldError, Problem};

/// A JSON body, whatever is in it.
pub(super) struct JsonBody(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default();
        if !kind.trim().eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "send the body as application/json",
            ));
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| {
            Problem::new(rejection.status(), "unreadable_body", rejection.body_text())
        })?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            let detail = format!("the body is not JSON: {error}");
            Problem::new(StatusCode::BAD_REQUEST, "malformed_body", detail)
        })?;
        Ok(Self(value))
    }
}

/// A part of a body, with its place in it.
pub(super) struct Part<'a> {
    value: &'a Value,
    at: String,
}

impl<'a> Part<'a> {
    pub(super) fn whole(value: &'a Value) -> Self {
        let at = String::new();
        Self { value, at }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        let at = match self.at.as_str() {
            "" => name.to_owned(),
            at => format!("{at}.{name}"),
        };
        let value = self.value.get(name).unwrap_or(&Value::Null);
        Self { value, at }
    }

    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten();
        items
            .enumerate()
            .map(|(index, value)| {
                let at = format!("{}[{index}]", self.at);
                Self { value, at }
            })
            .collect()
    }
}

/// Collects everything that is wrong with a body. What is wrong reads as empty until [`finish`](Self::finish).
#[derive(Default)]
pub(super) struct Checks(Vec<FieldError>);

impl Checks {
    pub(super) fn refuse(&mut self, part: &Part<'_>, message: impl Into<String>) {
        let field = match part.at.as_str() {
            "" => "body",
            at => at,
        };
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// Refuses what is no object, in one line instead of one for each field.
    pub(super) fn is_object(&mut self, part: &Part<'_>) -> bool {
        let fine = part.value.is_object();
        if !fine {
            self.refuse(part, "an object");
        }
        fine
    }

    pub(super) fn text(&mut self, part: &Part<'_>, most: usize) -> String {
        let text = part.value.as_str().unwrap_or_default().trim();
        let fine = (1..=most).contains(&text.chars().count());
        if !fine {
            self.refuse(part, format!("1 to {most} characters"));
        }
        text.to_owned()
    }

    pub(super) fn optional_text(&mut self, part: &Part<'_>, most: usize) -> Option<String> {
        match part.value {
            Value::Null => None,
            Value::String(text) if text.chars().count() <= most => Some(text.clone()),
            _ => {
                self.refuse(part, format!("at most {most} characters"));
                None
            }
        }
    }

    pub(super) fn number(&mut self, part: &Part<'_>, range: RangeInclusive<u32>) -> u32 {
        let number = part.value.as_u64().and_then(|n| u32::try_from(n).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (low, high) = range.into_inner();
            self.refuse(part, format!("a whole number from {low} to {high}"));
        }
        number.unwrap_or_default()
    }

    pub(super) fn one_of(&mut self, part: &Part<'_>, words: &[&'static str]) -> &'static str {
        let found = words.iter().find(|word| part.value.as_str() == Some(word));
        if found.is_none() {
            self.refuse(part, format!("one of {}", words.join(", ")));
        }
        found.copied().unwrap_or_default()
    }

    pub(super) fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Err(Problem::of_fields(status, "invalid_body", self.0))
    }
}
