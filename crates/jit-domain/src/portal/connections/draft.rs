use std::collections::BTreeSet;

use crate::connections::{
    AttributeMapping, ConnectionState, GroupSync, IdpConnection, IdpDescription, MetadataSource,
    Provider, RoleRule, SamlOptions, Switch,
};

/// What somebody wants a connection to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionDraft {
    /// What people see on the sign-in button.
    pub name: String,
    /// Its place in our addresses; made of the name if absent. Only read when the connection is made.
    pub slug: Option<String>,
    /// Whether people can sign in through it. That needs a description of the provider.
    pub state: ConnectionState,
    /// Which product it is.
    pub provider: Provider,
    /// What the provider says of itself, as far as that is known.
    pub idp: Option<IdpDescription>,
    /// The address that the description was read from, and is read from again and again.
    pub metadata_url: Option<String>,
    /// How it speaks SAML.
    pub saml: SamlOptions,
    /// Which attribute carries what.
    pub attributes: AttributeMapping,
    /// Whether unknown people are added (R12).
    pub jit: Switch,
    /// What the groups attribute does (R14).
    pub group_sync: GroupSync,
    /// E-mail domains whose people come through this connection (R15).
    pub enforced_domains: BTreeSet<String>,
    /// Whether a known e-mail address of those domains is linked (R15).
    pub linking: Switch,
    /// Which values of the groups attribute give a role in the console.
    pub console_roles: Vec<RoleRule>,
}

impl ConnectionDraft {
    /// A connection that is yet to be set up.
    pub fn new(name: impl Into<String>, provider: Provider) -> Self {
        Self {
            name: name.into(),
            slug: None,
            state: ConnectionState::Inactive,
            provider,
            idp: None,
            metadata_url: None,
            saml: SamlOptions::default(),
            attributes: AttributeMapping::default(),
            jit: Switch::On,
            group_sync: GroupSync::Off,
            enforced_domains: BTreeSet::new(),
            linking: Switch::Off,
            console_roles: vec![],
        }
    }

    /// A connection as it is, to change a part of it.
    pub fn of(connection: &IdpConnection) -> Self {
        Self {
            name: connection.name.to_string(),
            slug: None,
            state: connection.state,
            provider: connection.provider,
            idp: connection.idp.clone(),
            metadata_url: match &connection.metadata {
                MetadataSource::Given => None,
                MetadataSource::Url { url, .. } => Some(url.clone()),
            },
            saml: connection.saml.clone(),
            attributes: connection.attributes.clone(),
            jit: connection.jit,
            group_sync: connection.group_sync.clone(),
            enforced_domains: connection.enforced_domains.clone(),
            linking: connection.linking,
            console_roles: connection.console_roles.clone(),
        }
    }

    /// Whether everything that only an administrator decides is as it was.
    pub(super) fn leaves_policy_alone(&self, before: &IdpConnection) -> bool {
        self.name == before.name.as_str()
            && self.jit == before.jit
            && self.group_sync == before.group_sync
            && self.enforced_domains == before.enforced_domains
            && self.linking == before.linking
            && self.console_roles == before.console_roles
    }
}
