use jit_domain::{
    ids::{EndUserGroupId, PolicyId},
    portal::{Applied, JitSettingsState},
    settings, values,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{actor::Actor, moment::Moment};

/// How clients prove who they are.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AuthMethod {
    AuthToken,
    Oauth2,
    Jwt,
    Oidc,
    Introspection,
}

/// The JIT user settings. Everything is null while they are not configured.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JitSettings {
    /// Whether they were ever saved; nobody can sign in before.
    configured: bool,
    auth_method: Option<AuthMethod>,
    policy: Option<String>,
    groups: Option<Vec<String>>,
    /// Whether the method can no longer change, because a first login has made a client.
    method_locked: bool,
    method_locked_since: Option<Moment>,
    /// How many clients first logins have made.
    clients: u64,
    saved_by: Option<Actor>,
    saved_at: Option<Moment>,
    /// As in `ETag`; 0 while they are not configured.
    version: u32,
}

/// What to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JitSettingsDraft {
    /// Required. Final from the first login on.
    auth_method: Option<AuthMethod>,
    #[schema(value_type = Option<String>)]
    policy: Option<PolicyId>,
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    groups: Vec<EndUserGroupId>,
}

/// What *apply to existing clients* would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Unapplied {
    /// Clients whose policy, or whose owner's groups, differ from the settings.
    differing: u64,
    /// Clients in all.
    clients: u64,
}

/// What *apply to existing clients* did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppliedNow {
    /// Clients that were changed.
    changed: u64,
    /// Clients in all.
    clients: u64,
}

impl From<settings::AuthMethod> for AuthMethod {
    fn from(method: settings::AuthMethod) -> Self {
        match method {
            settings::AuthMethod::AuthToken => Self::AuthToken,
            settings::AuthMethod::Oauth2 => Self::Oauth2,
            settings::AuthMethod::Jwt => Self::Jwt,
            settings::AuthMethod::Oidc => Self::Oidc,
            settings::AuthMethod::Introspection => Self::Introspection,
        }
    }
}

impl From<AuthMethod> for settings::AuthMethod {
    fn from(method: AuthMethod) -> Self {
        match method {
            AuthMethod::AuthToken => Self::AuthToken,
            AuthMethod::Oauth2 => Self::Oauth2,
            AuthMethod::Jwt => Self::Jwt,
            AuthMethod::Oidc => Self::Oidc,
            AuthMethod::Introspection => Self::Introspection,
        }
    }
}

impl JitSettings {
    pub(crate) fn version(&self) -> values::Version {
        values::Version(self.version)
    }
}

impl From<JitSettingsState> for JitSettings {
    fn from(state: JitSettingsState) -> Self {
        let saved = state.settings.as_ref();
        let texts = |groups: &std::collections::BTreeSet<EndUserGroupId>| {
            groups.iter().map(ToString::to_string).collect()
        };
        let locked_since = saved.and_then(|saved| saved.method_locked_since);
        Self {
            configured: saved.is_some(),
            auth_method: saved.map(|saved| saved.method.into()),
            policy: saved.and_then(|saved| saved.policy.map(|id| id.to_string())),
            groups: saved.map(|saved| texts(&saved.groups)),
            method_locked: locked_since.is_some(),
            method_locked_since: locked_since.map(Moment),
            clients: state.clients,
            saved_by: saved.map(|saved| saved.saved_by.into()),
            saved_at: saved.map(|saved| Moment(saved.saved_at)),
            version: saved.map_or(0, |saved| saved.version.0),
        }
    }
}

impl From<JitSettingsDraft> for settings::JitSettingsDraft {
    fn from(draft: JitSettingsDraft) -> Self {
        Self {
            method: draft.auth_method.map(Into::into),
            policy: draft.policy,
            groups: draft.groups.into_iter().collect(),
        }
    }
}

impl From<Applied> for Unapplied {
    fn from(applied: Applied) -> Self {
        Self {
            differing: applied.differing,
            clients: applied.clients,
        }
    }
}

impl From<Applied> for AppliedNow {
    fn from(applied: Applied) -> Self {
        Self {
            changed: applied.differing,
            clients: applied.clients,
        }
    }
}
