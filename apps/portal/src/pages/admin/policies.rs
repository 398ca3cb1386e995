//! Policies: rate limit, quota and IP rules.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Entry, Errors, Notice},
};

#[derive(Template)]
#[template(path = "admin/policies.html")]
pub struct PoliciesPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<PolicyRow>,
}

#[derive(Clone, Debug, Default)]
pub struct PolicyRow {
    pub id: String,
    pub name: String,
    pub rate: String,
    pub quota: String,
    pub ip_rules: String,
    pub clients: u64,
}

#[derive(Template)]
#[template(path = "admin/policy.html")]
pub struct PolicyPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: PolicyFields,
    pub rate_periods: Vec<Entry>,
    pub quota_periods: Vec<Entry>,
    /// What refers to it; deleting is refused while there is something (R8).
    pub used_by: Vec<String>,
}

impl PolicyPage {
    fn own_name(&self) -> &str {
        &self.fields.name
    }

    fn delete_action(&self) -> String {
        format!("/admin/policies/{}/delete", self.id)
    }
}

#[derive(Clone, Debug, Default)]
pub struct PolicyFields {
    pub name: String,
    pub rate_count: String,
    pub quota_count: String,
    /// One network a line.
    pub allow: String,
    pub deny: String,
}
