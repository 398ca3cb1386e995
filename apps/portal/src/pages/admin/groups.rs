//! End-user groups.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Errors, Notice},
};

#[derive(Template)]
#[template(path = "admin/groups.html")]
pub struct GroupsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, Default)]
pub struct GroupRow {
    pub id: String,
    pub name: String,
    pub description: String,
    pub members: u64,
    pub collections: u64,
}

#[derive(Template)]
#[template(path = "admin/group.html")]
pub struct GroupPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub name: String,
    pub description: String,
    pub members: u64,
    /// What refers to it; deleting is refused while there is something (R8).
    pub used_by: Vec<String>,
}

impl GroupPage {
    fn own_name(&self) -> &str {
        &self.name
    }

    fn delete_action(&self) -> String {
        format!("/admin/groups/{}/delete", self.id)
    }
}
