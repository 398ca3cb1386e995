//! End users: the list, and one with holds, groups, client and access.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use jit_domain::{error::Error, people::EndUser, views::EndUserFilter};

use super::{
    answer::show,
    list::{ListQuery, address, count},
    names::Names,
};
use crate::{
    pages::{
        Nav, Shell,
        input::PageQuery,
        view::{Entry, Errors, Notice, Pager, Pill, Step, Tab, Tone, When},
        visitor::ConsoleVisitor,
    },
    wiring::App,
};

mod actions;
mod detail;

#[derive(Template)]
#[template(path = "admin/users.html")]
pub struct UsersPage {
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    /// The state in the address; the search keeps it.
    pub state: String,
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
    /// Every group; chosen are those that an administrator has put the person into.
    pub manual_groups: Vec<Entry>,
    pub clients: Vec<ClientLink>,
    pub access: Vec<AccessRow>,
    pub history: Vec<Step>,
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

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/users", get(list))
        .route("/admin/users/{id}", get(detail::show))
        .route("/admin/users/{id}/hold", post(actions::hold))
        .route("/admin/users/{id}/release", post(actions::release))
        .route("/admin/users/{id}/groups", post(actions::regroup))
}

/// The tabs: state in the address, label, and what the domain calls it.
const TABS: [(&str, &str, Option<bool>); 3] = [
    ("", "All", None),
    ("active", "Active", Some(true)),
    ("suspended", "Suspended", Some(false)),
];

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<ListQuery>,
) -> Response {
    show(&visitor.context, page(&app, &visitor, &query).await)
}

async fn page(app: &App, visitor: &ConsoleVisitor, query: &ListQuery) -> Result<UsersPage, Error> {
    let (state, _, usable) = TABS
        .into_iter()
        .find(|tab| tab.0 == query.state)
        .unwrap_or(TABS[0]);
    let q = query.q.trim();
    let text = Some(q.to_owned()).filter(|q| !q.is_empty());
    let filter = EndUserFilter { text, usable };
    let found = app
        .portal
        .list_end_users(&visitor.caller, &filter, &query.page())
        .await?;
    let at = |state: &str| address("/admin/users", &[("q", q), ("state", state)]);
    let tab = |(name, label, _): (&str, &str, _)| Tab {
        href: at(name),
        label: label.to_owned(),
        count: None,
        current: name == state,
    };
    let shown = count(found.items.len() as u64, "end user", "end users");
    let pager = query.pager(&at(state), &found, format!("{shown}, newest first"));
    let mut names = Names::of(app);
    let mut rows = Vec::new();
    for end_user in found.items {
        rows.push(row(&mut names, &end_user).await?);
    }
    Ok(UsersPage {
        shell: visitor.shell("End users", Nav::EndUsers),
        tabs: TABS.into_iter().map(tab).collect(),
        state: state.to_owned(),
        q: q.to_owned(),
        rows,
        pager,
    })
}

async fn row(names: &mut Names<'_>, end_user: &EndUser) -> Result<UserRow, Error> {
    let mut groups = Vec::new();
    for group in end_user.groups() {
        groups.push(names.name(&group.to_string()).await?);
    }
    Ok(UserRow {
        id: end_user.id.to_string(),
        name: end_user.display_name.to_string(),
        email: end_user
            .email
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        connection: names.name(&end_user.connection.to_string()).await?,
        groups: groups.join(", "),
        state: if end_user.is_usable() {
            Pill::new(Tone::Ok, "Active")
        } else {
            Pill::new(Tone::Bad, "Suspended")
        },
        last_signed_in: Some(When::from(end_user.last_signed_in_at)),
    })
}
