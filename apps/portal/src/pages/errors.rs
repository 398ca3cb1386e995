//! Pages for what went wrong: what happened, what to do, and a reference to ask about.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{Nav, PageContext, Shell};

#[derive(Template)]
#[template(path = "public/error.html")]
pub struct ErrorPage {
    pub shell: Shell,
    pub status: StatusCode,
    pub heading: String,
    pub cause: String,
    pub advice: String,
    /// Seconds until the same request may succeed.
    pub retry_after: Option<u64>,
    pub action: Option<(String, String)>,
    pub home: String,
}

/// The same as a note, for a page that stays as it is.
#[derive(Template)]
#[template(path = "public/problem.html")]
pub struct ProblemNote<'a> {
    pub page: &'a ErrorPage,
}

impl ErrorPage {
    /// The usual words for a status; `because`, `advise` and the fields make them more exact.
    pub fn new(mut shell: Shell, status: StatusCode) -> Self {
        let (heading, cause, advice) = usual_words(status);
        heading.clone_into(&mut shell.title);
        Self {
            shell: shell.with_error(),
            status,
            heading: heading.to_owned(),
            cause: cause.to_owned(),
            advice: advice.to_owned(),
            retry_after: None,
            action: None,
            home: "/".to_owned(),
        }
    }

    #[must_use]
    pub fn headed(mut self, heading: &str) -> Self {
        heading.clone_into(&mut self.heading);
        heading.clone_into(&mut self.shell.title);
        self
    }

    #[must_use]
    pub fn because(mut self, cause: &str) -> Self {
        cause.clone_into(&mut self.cause);
        self
    }

    #[must_use]
    pub fn advise(mut self, advice: &str) -> Self {
        advice.clone_into(&mut self.advice);
        self
    }

    /// A button beside the way home.
    #[must_use]
    pub fn offer(mut self, label: &str, href: &str) -> Self {
        self.action = Some((label.to_owned(), href.to_owned()));
        self
    }
}

/// The fallback of the router.
pub async fn not_found(context: PageContext) -> Response {
    of_status(&context, StatusCode::NOT_FOUND)
}

/// The answer to an address that is there, but not for this method.
pub async fn wrong_method(context: PageContext) -> Response {
    of_status(&context, StatusCode::METHOD_NOT_ALLOWED)
}

/// The page of a status with its usual words.
pub fn of_status(context: &PageContext, status: StatusCode) -> Response {
    context.error(&ErrorPage::new(context.shell("", Nav::None), status))
}

fn usual_words(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => (
            "You cannot open this page",
            "Your account does not have the right to see or do this.",
            "If you need it for your work, ask an administrator of this portal.",
        ),
        StatusCode::NOT_FOUND => (
            "Page not found",
            "There is nothing at this address, or you may not see it.",
            "Check the address, or start again from the first page.",
        ),
        StatusCode::CONFLICT => (
            "Somebody was faster",
            "What you wanted to change has changed in the meantime.",
            "Open the page again to see how it is now.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "The form is too long",
            "More was entered than the portal takes at once. Nothing was changed.",
            "Go back, shorten what you entered and send it again.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "There is no page here",
            "This address belongs to a form and shows nothing by itself.",
            "Start again from the first page.",
        ),
        StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "The request could not be understood",
            "Something in the request is missing or is not as the portal expects it.",
            "Go back, check what you entered and send it again.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Too many requests",
            "More requests came from you than the portal accepts in this time.",
            "Wait a moment, then try again.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "The portal is busy",
            "The portal cannot reach its database at the moment. Nothing was changed.",
            "Try again in a minute. If it goes on, tell an administrator the reference below.",
        ),
        _ => (
            "Something went wrong",
            "The portal met a problem that it did not expect.",
            "Try again. If it goes on, tell an administrator the reference below.",
        ),
    }
}
