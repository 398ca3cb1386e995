//! From a template to an answer.

use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use std::time::Instant;

use super::headers::SERVER_TIMING;

const HX_REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");
const HX_REPLACE_URL: HeaderName = HeaderName::from_static("hx-replace-url");
const HX_RETARGET: HeaderName = HeaderName::from_static("hx-retarget");
const HX_RESWAP: HeaderName = HeaderName::from_static("hx-reswap");

pub fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

pub fn page_with(status: StatusCode, template: &impl Template) -> Response {
    let started = Instant::now();
    match template.render() {
        Ok(html) => {
            let timing = format!("render;dur={:.3}", started.elapsed().as_secs_f64() * 1000.0);
            let mut response = (status, Html(html)).into_response();
            if let Ok(value) = HeaderValue::from_str(&timing) {
                response.headers_mut().append(SERVER_TIMING, value);
            }
            response
        }
        Err(error) => {
            tracing::error!(%error, "template.render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A fragment, and words for the live region that screen readers follow.
pub fn fragment(status: StatusCode, template: &impl Template, announce: &str) -> Response {
    let said = Announced {
        body: template.render().unwrap_or_default(),
        announce,
    };
    page_with(status, &said)
}

/// A fragment for its own place, and another for a second place of the page.
pub fn two_fragments(first: &impl Template, place: &str, second: &impl Template) -> Response {
    let both = Both {
        first: first.render().unwrap_or_default(),
        place,
        second: second.render().unwrap_or_default(),
    };
    page(&both)
}

/// A problem with a fragment goes to its own place, so that what was typed stays.
pub fn problem_fragment(status: StatusCode, template: &impl Template) -> Response {
    let place = [(HX_RETARGET, "#problem"), (HX_RESWAP, "innerHTML")];
    (place, page_with(status, template)).into_response()
}

/// After a write: to the page that shows its result, whether htmx asked or not.
pub fn see_other(location: &str, wants_fragment: bool) -> Response {
    if !wants_fragment {
        return Redirect::to(location).into_response();
    }
    match HeaderValue::from_str(location) {
        Ok(value) => [(HX_REDIRECT, value)].into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Shows in the address bar the filter that a fragment answers.
pub fn at_address(address: &str, mut response: Response) -> Response {
    if let Ok(value) = HeaderValue::from_str(address) {
        response.headers_mut().insert(HX_REPLACE_URL, value);
    }
    response
}

/// A document for the visitor to keep, such as an OpenAPI file.
pub fn download(file_name: &str, media_type: &'static str, body: String) -> Response {
    let safe: String = file_name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .collect();
    let disposition = format!("attachment; filename=\"{safe}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{{ body|safe }}{% if !announce.is_empty() %}<hx-partial hx-target="#live" hx-swap="textContent">{{ announce }}</hx-partial>{% endif %}"##
)]
struct Announced<'a> {
    body: String,
    announce: &'a str,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{{ first|safe }}<hx-partial hx-target="{{ place }}" hx-swap="outerHTML">{{ second|safe }}</hx-partial>"##
)]
struct Both<'a> {
    first: String,
    place: &'a str,
    second: String,
}
