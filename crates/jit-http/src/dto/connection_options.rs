use std::collections::BTreeSet;

use jit_domain::{
    connections,
    console::{ApproverScope, ConsoleRole},
    ids::ApiCollectionId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{connection_values::Switch, me::Role};

/// Which product the provider is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Provider {
    Okta,
    GoogleWorkspace,
    EntraId,
    OneLogin,
    Other,
}

/// How a message travels through the browser.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Binding {
    Redirect,
    Post,
}

/// How a connection speaks SAML.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SamlOptions {
    /// The attribute that names the person; null is the NameID.
    #[serde(default)]
    subject: Option<String>,
    /// Whether the assertion itself has to be signed; `off` if absent.
    #[serde(default)]
    signed_assertions: Switch,
    /// Whether login requests are signed; `off` if absent.
    #[serde(default)]
    signed_requests: Switch,
    /// Whether a login may begin at the provider; `off` if absent.
    #[serde(default)]
    idp_initiated: Switch,
}

/// One value of the groups attribute and the role in the console that it gives.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleRule {
    value: String,
    role: Role,
    /// The collections that an approver is limited to; null if there is no limit.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    collections: Option<BTreeSet<ApiCollectionId>>,
}

impl From<connections::Provider> for Provider {
    fn from(provider: connections::Provider) -> Self {
        match provider {
            connections::Provider::Okta => Self::Okta,
            connections::Provider::GoogleWorkspace => Self::GoogleWorkspace,
            connections::Provider::EntraId => Self::EntraId,
            connections::Provider::OneLogin => Self::OneLogin,
            connections::Provider::Other => Self::Other,
        }
    }
}

impl From<Provider> for connections::Provider {
    fn from(provider: Provider) -> Self {
        match provider {
            Provider::Okta => Self::Okta,
            Provider::GoogleWorkspace => Self::GoogleWorkspace,
            Provider::EntraId => Self::EntraId,
            Provider::OneLogin => Self::OneLogin,
            Provider::Other => Self::Other,
        }
    }
}

impl From<connections::Binding> for Binding {
    fn from(binding: connections::Binding) -> Self {
        match binding {
            connections::Binding::Redirect => Self::Redirect,
            connections::Binding::Post => Self::Post,
        }
    }
}

impl From<Binding> for connections::Binding {
    fn from(binding: Binding) -> Self {
        match binding {
            Binding::Redirect => Self::Redirect,
            Binding::Post => Self::Post,
        }
    }
}

impl From<connections::SamlOptions> for SamlOptions {
    fn from(options: connections::SamlOptions) -> Self {
        Self {
            subject: options.subject,
            signed_assertions: options.signed_assertions.into(),
            signed_requests: options.signed_requests.into(),
            idp_initiated: options.idp_initiated.into(),
        }
    }
}

impl From<SamlOptions> for connections::SamlOptions {
    fn from(options: SamlOptions) -> Self {
        Self {
            subject: options.subject,
            signed_assertions: options.signed_assertions.into(),
            signed_requests: options.signed_requests.into(),
            idp_initiated: options.idp_initiated.into(),
        }
    }
}

impl From<connections::RoleRule> for RoleRule {
    fn from(rule: connections::RoleRule) -> Self {
        let collections = match &rule.role {
            ConsoleRole::Approver(ApproverScope::Collections(named)) => Some(named.clone()),
            _ => None,
        };
        Self {
            value: rule.value,
            role: Role::of(&rule.role),
            collections,
        }
    }
}

impl From<RoleRule> for connections::RoleRule {
    fn from(rule: RoleRule) -> Self {
        let scope = rule
            .collections
            .map_or(ApproverScope::All, ApproverScope::Collections);
        Self {
            value: rule.value,
            role: match rule.role {
                Role::Administrator => ConsoleRole::Administrator,
                Role::Approver => ConsoleRole::Approver(scope),
                Role::Auditor => ConsoleRole::Auditor,
            },
        }
    }
}
