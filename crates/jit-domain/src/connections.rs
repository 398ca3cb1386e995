//! Identity providers: what a workspace knows of each.

use std::collections::BTreeSet;

use crate::{
    ids::{EndUserGroupId, IdpConnectionId, WorkspaceId},
    values::{Name, Slug, Timestamp, Version},
};

mod description;
mod options;

pub use description::{Binding, IdpDescription, LogoutEndpoint, SigningCertificate};
pub use options::{
    CertificateNotices, MetadataSource, Provider, RefreshProblem, RoleRule, SamlOptions,
};

/// One SAML identity provider of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdpConnection {
    /// Its id.
    pub id: IdpConnectionId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Its place in our addresses: `/sso/saml/{slug}/acs`. Never changes, because the provider knows it.
    pub slug: Slug,
    /// What people see on the sign-in button.
    pub name: Name,
    /// Whether anybody can sign in through it.
    pub state: ConnectionState,
    /// Which product it is.
    pub provider: Provider,
    /// What the provider says of itself; `None` until that is known, and then nobody can sign in.
    pub idp: Option<IdpDescription>,
    /// Where that comes from.
    pub metadata: MetadataSource,
    /// How it speaks SAML.
    pub saml: SamlOptions,
    /// Which attribute carries what.
    pub attributes: AttributeMapping,
    /// Whether an unknown person gets an end user and a client (R12).
    pub jit: Switch,
    /// Whether a login refreshes the groups (R14).
    pub group_sync: GroupSync,
    /// E-mail domains whose people must come through this connection; [`ALL_DOMAINS`](Self::ALL_DOMAINS) stands
    /// for all that no other connection names. Empty enforces none.
    pub enforced_domains: BTreeSet<String>,
    /// Whether a person with a known e-mail of an enforced domain is linked to that end user (R15). The domain
    /// has to be named: of all others nobody has said that this provider may speak for them.
    pub linking: Switch,
    /// Which values of the groups attribute give a role in the console; the first that fits counts.
    pub console_roles: Vec<RoleRule>,
    /// Which ends of certificates were announced.
    pub certificate_notices: CertificateNotices,
    /// When it was made.
    pub created_at: Timestamp,
}

/// How firmly a connection answers for a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswersFor {
    /// Not at all.
    Nobody,
    /// As one of all.
    Everybody,
    /// By name.
    Named,
}

impl IdpConnection {
    /// Enforces every domain that no other connection names.
    pub const ALL_DOMAINS: &str = "*";

    /// How firmly it answers for a domain, in lower case (R15).
    pub fn answers_for(&self, domain: &str) -> AnswersFor {
        if self.enforced_domains.contains(domain) {
            AnswersFor::Named
        } else if self.enforced_domains.contains(Self::ALL_DOMAINS) {
            AnswersFor::Everybody
        } else {
            AnswersFor::Nobody
        }
    }
}

/// Whether a connection is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Being set up, or taken out of use.
    Inactive,
    /// People sign in through it.
    Active,
}

/// Something an administrator turns on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// What the groups attribute of an assertion does to memberships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupSync {
    /// Nothing.
    Off,
    /// Each value of the attribute that is mapped puts the person into that group (source `idp`).
    On(Vec<GroupRule>),
}

/// One value of the groups attribute and the group that it means here.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GroupRule {
    /// The value as the provider sends it: a name, or an object id.
    pub value: String,
    /// The group of this workspace.
    pub group: EndUserGroupId,
}

/// The names of the attributes that carry name, e-mail and groups.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AttributeMapping {
    /// The display name; the first entry that is present wins. An entry may join attributes, as in
    /// `firstName + lastName`.
    pub display_name: Vec<String>,
    /// The e-mail address.
    pub email: Vec<String>,
    /// The groups.
    pub groups: Vec<String>,
}

impl AttributeMapping {
    /// What joins the attributes of an entry; no name of an attribute has it.
    pub const JOIN: &str = " + ";
}

impl Default for AttributeMapping {
    /// Neutral names first, then what Entra ID and LDAP-shaped providers send.
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        Self {
            display_name: names(&[
                "displayName",
                "name",
                "http://schemas.microsoft.com/identity/claims/displayname",
                "urn:oid:2.16.840.1.113730.3.1.241",
                "firstName + lastName",
                "givenName + sn",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname + http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
                "urn:oid:2.5.4.42 + urn:oid:2.5.4.4",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
            ]),
            email: names(&[
                "email",
                "mail",
                "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                "urn:oid:0.9.2342.19200300.100.1.3",
            ]),
            groups: names(&[
                "groups",
                "memberOf",
                "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
            ]),
        }
    }
}

/// Our own addresses and name towards one identity provider (SAML metadata 2.4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceProvider {
    /// Our `entityID`, the audience of assertions. One a connection.
    pub entity_id: String,
    /// The assertion consumer service: `Destination` and `Recipient` of responses.
    pub acs_url: String,
    /// The single logout service.
    pub slo_url: String,
}

impl ServiceProvider {
    /// The addresses of a connection below the portal's public address (no slash at its end).
    pub fn of(connection: &IdpConnection, public_url: &str) -> Self {
        Self::at(&connection.slug, public_url)
    }

    /// The same, of a connection with that place in our addresses.
    pub fn at(connection: &Slug, public_url: &str) -> Self {
        let base = format!("{public_url}/sso/saml/{connection}");
        Self {
            entity_id: format!("{base}/metadata"),
            acs_url: format!("{base}/acs"),
            slo_url: format!("{base}/slo"),
        }
    }
}
