//! API clients: the list, and one with its credentials and access.

use askama::Template;

use super::users::AccessRow;
use crate::pages::{
    Shell,
    portal::my_client::{ClientFacts, CredentialRow},
    view::{Entry, Errors, Notice, Pager, Pill, When},
};

#[derive(Template)]
#[template(path = "admin/clients.html")]
pub struct ClientsPage {
    pub shell: Shell,
    pub q: String,
    pub rows: Vec<ClientRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct ClientRow {
    pub id: String,
    pub name: String,
    pub owner: String,
    pub owner_id: String,
    pub method: String,
    pub policy: String,
    pub state: Pill,
    pub created: When,
    pub last_used: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/client.html")]
pub struct ClientPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub client: ClientFacts,
    pub owner: String,
    pub owner_id: String,
    pub credentials: Vec<CredentialRow>,
    pub grants: Vec<GrantRow>,
    /// The policies to choose from; the chosen one applies to this client only.
    pub policies: Vec<Entry>,
    pub may_change: bool,
}

#[derive(Clone, Debug, Default)]
pub struct GrantRow {
    pub id: String,
    pub access: AccessRow,
    pub is_live: bool,
}
