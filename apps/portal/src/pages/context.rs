//! What a handler needs to know about the request in order to answer with a page.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
};
use std::convert::Infallible;

use super::{
    errors::{ErrorPage, ProblemNote},
    headers::RequestFacts,
    respond,
    shell::{Nav, Shell, Theme},
};

/// Extracted by every page handler; makes the [`Shell`].
#[derive(Clone, Debug)]
pub struct PageContext {
    pub request_id: String,
    pub nonce: String,
    pub brand: String,
    pub theme: Theme,
    /// htmx asks for a fragment, not for a whole page.
    pub wants_fragment: bool,
}

impl PageContext {
    pub fn of(parts: &Parts) -> Self {
        let facts = parts.extensions.get::<RequestFacts>();
        Self {
            request_id: facts.map(|facts| facts.id.clone()).unwrap_or_default(),
            nonce: facts.map(|facts| facts.nonce.clone()).unwrap_or_default(),
            brand: facts.map_or_else(
                || "Developer portal".to_owned(),
                |facts| facts.settings.brand.to_string(),
            ),
            theme: theme(&parts.headers),
            wants_fragment: parts.headers.contains_key("hx-request"),
        }
    }

    pub fn shell(&self, title: &str, nav: Nav) -> Shell {
        Shell {
            title: title.to_owned(),
            nav,
            brand: self.brand.clone(),
            theme: self.theme,
            nonce: self.nonce.clone(),
            request_id: self.request_id.clone(),
            ..Shell::default()
        }
    }

    /// An error as a page, or as a note beside the content when htmx asked.
    pub fn error(&self, page: &ErrorPage) -> Response {
        let mut response = if self.wants_fragment {
            respond::problem_fragment(page.status, &ProblemNote { page })
        } else {
            respond::page_with(page.status, page)
        };
        if let Some(seconds) = page.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl<S: Sync> FromRequestParts<S> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

fn theme(headers: &HeaderMap) -> Theme {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix("theme="))
        .map_or(Theme::Auto, Theme::parse)
}
