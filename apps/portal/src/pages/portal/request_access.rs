//! Asking for a collection: a dialog with JavaScript, a page without.

use askama::Template;

use crate::pages::{Shell, view::Errors};

#[derive(Template)]
#[template(path = "portal/request_access.html", blocks = ["dialog"])]
pub struct RequestAccessPage {
    pub shell: Shell,
    pub modal: bool,
    /// Sent: the dialog says what happens next.
    pub done: bool,
    pub slug: String,
    pub name: String,
    pub api_version: String,
    pub operations: usize,
    pub client: String,
    pub reason: String,
    pub errors: Errors,
}

impl RequestAccessPage {
    pub const MAX_REASON: usize = 2_000;
}
