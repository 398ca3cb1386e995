//! From an error of the domain to a page: the words of the business, or a plain apology with a reference.

use axum::{http::StatusCode, response::Response};
use jit_domain::error::{Error, InvalidField, Rejection, RejectionKind};

use super::{ErrorPage, Nav, PageContext, view::Errors};

/// The page, or the note for htmx, of an error that belongs to no field of a form.
pub fn page(context: &PageContext, error: &Error) -> Response {
    let shell = context.shell("", Nav::None);
    let page = match error {
        Error::Rejected(rejection) => {
            let status = status_of(rejection.kind());
            let page = ErrorPage::new(shell, status);
            match rejection {
                Rejection::NotFound { .. } => page,
                Rejection::Invalid(fields) => page.because(&all_of(fields)),
                other => page.because(&sentence(&other.to_string())),
            }
        }
        Error::Contended => ErrorPage::new(shell, StatusCode::CONFLICT)
            .because("Others changed the same things at the same time. Nothing was changed."),
        Error::Unavailable(source) => {
            tracing::error!(request.id = context.request_id, %source, "the store is not available");
            let mut page = ErrorPage::new(shell, StatusCode::SERVICE_UNAVAILABLE);
            page.retry_after = Some(5);
            page
        }
    };
    context.error(&page)
}

/// The HTTP status of a family of rejections.
pub fn status_of(kind: RejectionKind) -> StatusCode {
    match kind {
        RejectionKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RejectionKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RejectionKind::Forbidden => StatusCode::FORBIDDEN,
        RejectionKind::NotFound => StatusCode::NOT_FOUND,
        RejectionKind::Conflict | RejectionKind::Stale => StatusCode::CONFLICT,
        RejectionKind::NotReady => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn all_of(fields: &[InvalidField]) -> String {
    let errors = Errors::of_fields(fields).0.into_iter();
    let sentences: Vec<_> = errors.map(|error| format!("{}.", error.message)).collect();
    sentences.join(" ")
}

/// Messages of the domain are parts of sentences; a page shows whole ones.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
