//! Access requests: the list, and the decision on one.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Errors, Notice, Pager, Pill, Step, Tab, When},
};

#[derive(Template)]
#[template(path = "admin/requests.html")]
pub struct RequestsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub tabs: Vec<Tab>,
    /// The state in the address; the search keeps it.
    pub state: String,
    pub q: String,
    pub rows: Vec<RequestRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct RequestRow {
    pub id: String,
    pub requester: String,
    pub email: String,
    pub collection: String,
    pub reason: String,
    pub requested: When,
    pub state: Pill,
    pub is_pending: bool,
}

#[derive(Template)]
#[template(path = "admin/request.html")]
pub struct RequestPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub row: RequestRow,
    pub api_version: String,
    pub client: String,
    pub policy: String,
    pub groups: String,
    /// Collections that the client may call already.
    pub access_now: Vec<String>,
    pub history: Vec<Step>,
    /// Why this person cannot decide; empty when they can.
    pub cannot_decide: String,
    /// What was typed before a mistake: the end date and the notes.
    pub ends_on: String,
    pub approve_note: String,
    pub reject_note: String,
    /// Of the grant that an approval made, while it is live.
    pub grant: Option<LiveGrant>,
}

#[derive(Clone, Debug, Default)]
pub struct LiveGrant {
    pub id: String,
    pub until: Option<When>,
}
