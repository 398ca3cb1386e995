use jit_domain::connections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment::Moment;
use crate::respond::HasId;

/// An identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Connection {
    id: String,
    slug: String,
    name: String,
    state: ConnectionState,
    idp: IdpDescription,
    /// What to tell the identity provider about this portal.
    sp: ServiceProvider,
    attributes: AttributeMapping,
    jit: Switch,
    group_sync: GroupSync,
    enforced_domains: Vec<String>,
    linking: Switch,
    created_at: Moment,
    version: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConnectionState {
    Inactive,
    Active,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Switch {
    On,
    Off,
}

/// What the groups attribute of a login does.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum GroupSync {
    Off,
    On { rules: Vec<GroupRule> },
}

/// One value of the groups attribute and the group that it means here.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupRule {
    value: String,
    #[schema(value_type = String)]
    group: jit_domain::ids::EndUserGroupId,
}

/// The names of the attributes that carry what; the first that is present wins.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeMapping {
    display_name: Vec<String>,
    email: Vec<String>,
    groups: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdpDescription {
    entity_id: String,
    sso_url: String,
    slo_url: Option<String>,
    certificates: Vec<Certificate>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Certificate {
    /// SHA-256 of the DER form, to compare by eye.
    sha256: String,
    not_after: Moment,
    base64_der: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceProvider {
    entity_id: String,
    acs_url: String,
    metadata_url: String,
    /// Where a login through this provider begins.
    login_url: String,
}

impl Connection {
    pub(crate) fn new(connection: connections::IdpConnection, public_url: &str) -> Self {
        let sp = connections::ServiceProvider::of(&connection, public_url);
        let certificate = |found: connections::SigningCertificate| Certificate {
            sha256: found.sha256,
            not_after: Moment(found.not_after),
            base64_der: found.base64_der,
        };
        let idp = connection.idp;
        Self {
            id: connection.id.to_string(),
            name: connection.name.to_string(),
            state: match connection.state {
                connections::ConnectionState::Inactive => ConnectionState::Inactive,
                connections::ConnectionState::Active => ConnectionState::Active,
            },
            idp: IdpDescription {
                entity_id: idp.entity_id,
                sso_url: idp.sso_url,
                slo_url: idp.slo_url,
                certificates: idp.certificates.into_iter().map(certificate).collect(),
            },
            sp: ServiceProvider {
                // The metadata stands at the address that names us.
                metadata_url: sp.entity_id.clone(),
                entity_id: sp.entity_id,
                acs_url: sp.acs_url,
                login_url: format!("{public_url}/sso/saml/{}/login", connection.slug),
            },
            slug: connection.slug.to_string(),
            attributes: connection.attributes.into(),
            jit: connection.jit.into(),
            group_sync: connection.group_sync.into(),
            enforced_domains: connection.enforced_domains.into_iter().collect(),
            linking: connection.linking.into(),
            created_at: Moment(connection.created_at),
            version: connection.version.0,
        }
    }
}

impl From<ConnectionState> for connections::ConnectionState {
    fn from(state: ConnectionState) -> Self {
        match state {
            ConnectionState::Inactive => Self::Inactive,
            ConnectionState::Active => Self::Active,
        }
    }
}

impl From<connections::Switch> for Switch {
    fn from(switch: connections::Switch) -> Self {
        match switch {
            connections::Switch::On => Self::On,
            connections::Switch::Off => Self::Off,
        }
    }
}

impl From<Switch> for connections::Switch {
    fn from(switch: Switch) -> Self {
        match switch {
            Switch::On => Self::On,
            Switch::Off => Self::Off,
        }
    }
}

impl From<connections::AttributeMapping> for AttributeMapping {
    fn from(mapping: connections::AttributeMapping) -> Self {
        Self {
            display_name: mapping.display_name,
            email: mapping.email,
            groups: mapping.groups,
        }
    }
}

impl From<AttributeMapping> for connections::AttributeMapping {
    fn from(mapping: AttributeMapping) -> Self {
        Self {
            display_name: mapping.display_name,
            email: mapping.email,
            groups: mapping.groups,
        }
    }
}

impl From<connections::GroupSync> for GroupSync {
    fn from(sync: connections::GroupSync) -> Self {
        let rule = |rule: connections::GroupRule| GroupRule {
            value: rule.value,
            group: rule.group,
        };
        match sync {
            connections::GroupSync::Off => Self::Off,
            connections::GroupSync::On(rules) => Self::On {
                rules: rules.into_iter().map(rule).collect(),
            },
        }
    }
}

impl From<GroupSync> for connections::GroupSync {
    fn from(sync: GroupSync) -> Self {
        let rule = |rule: GroupRule| connections::GroupRule {
            value: rule.value,
            group: rule.group,
        };
        match sync {
            GroupSync::Off => Self::Off,
            GroupSync::On { rules } => Self::On(rules.into_iter().map(rule).collect()),
        }
    }
}

impl HasId for Connection {
    fn id(&self) -> &str {
        &self.id
    }
}
