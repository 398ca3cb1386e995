//! From what a handler found out to what the browser gets.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use jit_domain::error::Error;
use serde::Deserialize;

use super::form::stale;
use crate::pages::{
    PageContext, failure, respond,
    view::{Errors, Link, Notice, Tone},
    visitor::ConsoleVisitor,
};

/// The page, or the page of what went wrong.
pub fn show(context: &PageContext, page: Result<impl Template, Error>) -> Response {
    show_with(context, StatusCode::OK, page)
}

pub fn show_with(
    context: &PageContext,
    status: StatusCode,
    page: Result<impl Template, Error>,
) -> Response {
    match page {
        Ok(page) => respond::page_with(status, &page),
        Err(error) => failure::page(context, &error),
    }
}

/// To the page that shows the result of a write.
pub fn done(visitor: &ConsoleVisitor, location: &str) -> Response {
    to(&visitor.context, location)
}

/// The same for whoever it is.
pub fn to(context: &PageContext, location: &str) -> Response {
    respond::see_other(location, context.wants_fragment)
}

/// What a write left in the address for the page after it.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    pub done: String,
}

impl Done {
    /// The notice for it, out of those that the page knows.
    pub fn notice(&self, known: &[(&str, &str, &str)]) -> Option<Notice> {
        let (_, title, text) = known.iter().find(|(code, ..)| *code == self.done)?;
        Some(Notice::done(*title, *text))
    }
}

/// Why a form comes back: the errors of its fields, or that somebody else saved in between.
pub struct Returned {
    pub status: StatusCode,
    pub errors: Errors,
    pub notice: Option<Notice>,
    /// The version that the next save replaces.
    pub version: u64,
}

impl Returned {
    pub fn because(errors: Errors, version: u64) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self {
            status,
            errors,
            notice: None,
            version,
        }
    }

    /// `None` if the refusal is not about the form.
    pub fn from(
        error: &Error,
        names: &super::form::FieldNames,
        version: u32,
        here: &str,
    ) -> Option<Self> {
        if let Some(current) = stale(error) {
            return Some(Self {
                status: StatusCode::CONFLICT,
                errors: Errors::default(),
                notice: Some(changed_meanwhile(here)),
                version: current.0.into(),
            });
        }
        let (status, errors) = super::form::on_form(error, names)?;
        Some(Self {
            status,
            errors,
            notice: None,
            version: version.into(),
        })
    }
}

fn changed_meanwhile(here: &str) -> Notice {
    Notice {
        tone: Tone::Warn,
        title: "Somebody else saved this in the meantime.".to_owned(),
        text: "Yours is not saved. The form holds what you entered: press Save to replace what is saved now, or".to_owned(),
        link: Some(Link::new(here, "see what is saved now")),
    }
}
