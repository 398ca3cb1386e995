//! `/requests`: what the visitor asked for.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Notice, Pager, Pill, Step, When},
};

#[derive(Template)]
#[template(path = "portal/my_requests.html")]
pub struct MyRequestsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub requests: Vec<MyRequest>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct MyRequest {
    pub id: String,
    pub collection: String,
    pub slug: String,
    pub state: Pill,
    pub requested: When,
    pub reason: String,
    pub history: Vec<Step>,
    pub may_withdraw: bool,
    pub may_ask_again: bool,
    pub is_approved: bool,
}
