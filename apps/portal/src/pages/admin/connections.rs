//! SSO connections: one identity provider each.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Choice, Entry, Errors, Notice, Pill, When},
};

#[derive(Template)]
#[template(path = "admin/connections.html")]
pub struct ConnectionsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<ConnectionRow>,
}

#[derive(Clone, Debug, Default)]
pub struct ConnectionRow {
    pub id: String,
    pub name: String,
    pub entity_id: String,
    pub state: Pill,
    pub jit: Pill,
    /// When the last of its certificates ends.
    pub certificate_until: Option<When>,
    pub users: u64,
}

#[derive(Template)]
#[template(path = "admin/connection.html")]
pub struct ConnectionPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub fields: ConnectionFields,
    /// How the metadata comes: `url`, `document` (a file or its content) or `values`;
    /// for one that is stored also `keep`, chosen at first.
    pub sources: Vec<Choice>,
    pub certificates: Vec<CertificateRow>,
    /// For the identity provider; absent until the first save gives the connection its address.
    pub ours: Option<OurSide>,
    pub is_active: bool,
    pub state: Pill,
    pub groups: Vec<Entry>,
    pub users: u64,
}

#[derive(Clone, Debug, Default)]
pub struct ConnectionFields {
    pub name: String,
    pub slug: String,
    pub metadata_url: String,
    pub metadata: String,
    pub entity_id: String,
    pub sso_url: String,
    pub slo_url: String,
    pub certificate: String,
    /// Attribute names, one a line; the first that is present counts.
    pub display_name: String,
    pub email: String,
    pub groups: String,
    pub jit: bool,
    pub group_sync: bool,
    /// `value = group`, one a line.
    pub group_rules: String,
    pub linking: bool,
    pub enforced_domains: String,
}

#[derive(Clone, Debug, Default)]
pub struct CertificateRow {
    pub fingerprint: String,
    pub until: When,
    pub state: Pill,
}

/// What the identity provider must be told about the portal.
#[derive(Clone, Debug, Default)]
pub struct OurSide {
    pub entity_id: String,
    pub acs_url: String,
    pub login_url: String,
}
