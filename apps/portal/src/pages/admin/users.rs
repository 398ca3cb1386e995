//! End users: the list, and one with holds, groups, client and access.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Errors, Notice, Pager, Pill, Step, When},
};

#[derive(Template)]
#[template(path = "admin/users.html")]
pub struct UsersPage {
    pub shell: Shell,
    pub q: String,
    pub rows: Vec<UserRow>,
    pub pager: Pager,
}

#[derive(Clone, Debug, Default)]
pub struct UserRow {
    pub id: String,
    pub name: String,
    pub email: String,
    pub connection: String,
    pub groups: String,
    pub state: Pill,
    pub last_signed_in: Option<When>,
}

#[derive(Template)]
#[template(path = "admin/user.html")]
pub struct UserPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub row: UserRow,
    pub subject: String,
    pub created: When,
    pub holds: Vec<HoldRow>,
    /// An administrator's hold is open, so another cannot be.
    pub is_suspended: bool,
    pub hold_reason: String,
    pub groups: Vec<GroupMembership>,
    pub clients: Vec<ClientLink>,
    pub access: Vec<AccessRow>,
    pub history: Vec<Step>,
    pub may_change: bool,
}

#[derive(Clone, Debug, Default)]
pub struct HoldRow {
    /// Who holds, in words: "An administrator", "The identity provider (suspended)".
    pub source: String,
    pub since: When,
    pub reason: String,
    /// Only an administrator's hold can be cleared here (R33).
    pub may_clear: bool,
}

#[derive(Clone, Debug, Default)]
pub struct GroupMembership {
    pub name: String,
    pub source: String,
}

#[derive(Clone, Debug, Default)]
pub struct ClientLink {
    pub id: String,
    pub name: String,
    pub method: String,
    pub state: Pill,
}

#[derive(Clone, Debug, Default)]
pub struct AccessRow {
    pub collection: String,
    pub state: Pill,
    pub since: When,
    pub until: Option<When>,
}
