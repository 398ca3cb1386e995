//! `/admin/audit`: what happened, grouped by day, newest first.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Pager, When},
};

#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    pub shell: Shell,
    pub filter: AuditFilter,
    pub days: Vec<AuditDay>,
    pub pager: Pager,
    /// The address of the export that follows the filter; empty when there is none.
    pub export: String,
}

#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub action: String,
    pub actor: String,
    pub target: String,
}

#[derive(Clone, Debug, Default)]
pub struct AuditDay {
    pub day: String,
    pub entries: Vec<AuditEntry>,
}

#[derive(Clone, Debug, Default)]
pub struct AuditEntry {
    pub at: When,
    pub actor: String,
    /// Such as `jit_settings.saved`.
    pub action: String,
    /// The same in words.
    pub sentence: String,
    pub target: String,
    pub href: String,
    pub ip: String,
    pub request_id: String,
    /// Such as "3 → 4".
    pub versions: String,
    pub details: Vec<(String, String)>,
}
