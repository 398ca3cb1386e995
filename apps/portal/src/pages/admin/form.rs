//! What a form sends, and what is wrong with it in words that belong to its fields.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, request::Parts},
    response::Response,
};
use jit_domain::{
    connections::Switch,
    error::{Error, InvalidField, Rejection, RejectionKind},
    portal::Expected,
    values::Version,
};
use std::str::FromStr;

use crate::pages::{
    PageContext, errors, failure,
    input::{PageForm, PagePath},
    view::Errors,
};

/// The fields of a posted form; a name may come several times.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of that name; empty if there is none.
    pub fn text(&self, name: &str) -> &str {
        let named = self.0.iter().find(|(own, _)| own == name);
        named.map_or("", |(_, value)| value)
    }

    /// The text, or `None` when the field was left empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name).trim().to_owned()).filter(|text| !text.is_empty())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |field: &&'a (String, String)| field.0 == name;
        self.0.iter().filter(named).map(|(_, value)| value.as_str())
    }

    /// Every line with something on it.
    pub fn lines(&self, name: &str) -> Vec<String> {
        let lines = self.text(name).lines().map(str::trim);
        let written = lines.filter(|line| !line.is_empty());
        written.map(str::to_owned).collect()
    }

    pub fn is_on(&self, name: &str) -> bool {
        self.all(name).any(|value| value == "on")
    }

    pub fn switch(&self, name: &str) -> Switch {
        if self.is_on(name) {
            Switch::On
        } else {
            Switch::Off
        }
    }

    /// The version that the form was made from.
    pub fn version(&self) -> u32 {
        self.text("version").parse().unwrap_or_default()
    }

    /// Version 0 stands for *nothing was saved yet*, and so does what is no number: it never
    /// replaces what somebody else has saved.
    pub fn expected(&self) -> Expected {
        match self.version() {
            0 => Expected::NotConfigured,
            version => Expected::Version(Version(version)),
        }
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let PageForm(fields) = PageForm::from_request(request, state).await?;
        Ok(Self(fields))
    }
}

/// An id in the address; what is no id of that kind leads to nothing.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let PagePath(text) = PagePath::from_request_parts(parts, state).await?;
        let missing = |_| errors::of_status(&PageContext::of(parts), StatusCode::NOT_FOUND);
        text.parse().map(Self).map_err(missing)
    }
}

/// A field of the domain, the control that it comes from, and what people call it.
pub type FieldNames = [(&'static str, &'static str, &'static str)];

/// The errors of a form, if the refusal is about what was entered; anything else is a page of its own.
///
/// A conflict belongs to the first field of the list.
pub fn on_form(error: &Error, names: &FieldNames) -> Option<(StatusCode, Errors)> {
    let Error::Rejected(rejection) = error else {
        return None;
    };
    let status = failure::status_of(rejection.kind());
    let first = names.first().map_or("main", |(_, control, _)| control);
    let mut errors = Errors::default();
    match (rejection, rejection.kind()) {
        (Rejection::Invalid(fields), _) => {
            for field in fields {
                push(&mut errors, names, field);
            }
        }
        (_, RejectionKind::Conflict | RejectionKind::Invalid) => {
            errors.push(first, failure::sentence(&rejection.to_string()));
        }
        _ => return None,
    }
    Some((status, errors))
}

/// Adds the mistake to the control that it was made in.
pub fn push(errors: &mut Errors, names: &FieldNames, field: &InvalidField) {
    let named = names.iter().find(|(domain, ..)| *domain == field.field);
    let (control, label) = named.map_or(("main", field.field), |(_, control, label)| {
        (*control, *label)
    });
    let message = format!(
        "{label}: expected {}, found {}.",
        field.expected, field.found
    );
    errors.push(control, message);
}

/// Whether somebody else saved in between, and what is there now.
pub fn stale(error: &Error) -> Option<Version> {
    match error {
        Error::Rejected(Rejection::Stale { current }) => Some(*current),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Fields(pairs.iter().map(own).collect())
    }

    #[test]
    fn a_name_may_come_several_times() {
        let sent = fields(&[("groups", "a"), ("x", "y"), ("groups", "b")]);
        assert_eq!(sent.all("groups").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(sent.text("nothing"), "");
    }

    #[test]
    fn a_version_that_is_no_number_replaces_nothing() {
        for text in ["", "0", "-1", "x", "4294967296"] {
            let sent = fields(&[("version", text)]);
            assert_eq!(sent.expected(), Expected::NotConfigured, "{text}");
        }
    }

    #[test]
    fn empty_lines_are_no_lines() {
        let sent = fields(&[("allow", " 10.0.0.0/8 \r\n\r\n::1\n")]);
        assert_eq!(sent.lines("allow"), ["10.0.0.0/8", "::1"]);
    }
}
