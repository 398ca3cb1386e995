//! The JIT user settings: what a first login makes (R1 to R9).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AdministratorId, EndUserGroupId, PolicyId, WorkspaceId},
    values::{Timestamp, Version},
};

/// How a client proves who it is. Fixed for life (R4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// One secret that is sent with each call.
    AuthToken,
    /// An id and a secret, exchanged for short-lived access tokens (RFC 6749 section 4.4).
    Oauth2,
    /// A JSON Web Token that the client signs with its own key (RFC 7519).
    Jwt,
    /// A token of the company's own issuer, checked by its keys.
    Oidc,
    /// A token of the company's own issuer, checked by asking it (RFC 7662).
    Introspection,
}

impl AuthMethod {
    /// Every method that the product knows.
    pub const ALL: [Self; 5] = [
        Self::AuthToken,
        Self::Oauth2,
        Self::Jwt,
        Self::Oidc,
        Self::Introspection,
    ];

    /// The stable name, as in the API and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AuthToken => "auth_token",
            Self::Oauth2 => "oauth2",
            Self::Jwt => "jwt",
            Self::Oidc => "oidc",
            Self::Introspection => "introspection",
        }
    }

    /// The method of that name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// Whether the gateway of this release checks it; a setting that names another cannot be saved.
    pub const fn is_available(self) -> bool {
        matches!(self, Self::AuthToken)
    }
}

/// What the first login of a person makes. There is no default: absent means *not configured* (R1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JitSettings {
    /// The tenant that they belong to.
    pub workspace: WorkspaceId,
    /// How often they were saved, locked or applied.
    pub version: Version,
    /// What first logins rely on. It moves with the method, with its lock, and with *apply to existing clients*;
    /// a save of another policy or other groups leaves it, so that such saves and logins do not disturb each other.
    pub epoch: Version,
    /// How new clients authenticate.
    pub method: AuthMethod,
    /// The policy of new clients.
    pub policy: Option<PolicyId>,
    /// The groups that new people join (source `jit`).
    pub groups: BTreeSet<EndUserGroupId>,
    /// Since when the method can no longer change: the moment of the first JIT client, ever (R5).
    pub method_locked_since: Option<Timestamp>,
    /// Who saved them last.
    pub saved_by: SavedBy,
    /// When they were saved last.
    pub saved_at: Timestamp,
}

/// Who saved the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum SavedBy {
    /// Somebody in the console.
    Administrator(AdministratorId),
    /// A script.
    ApiToken(crate::ids::ApiTokenId),
    /// The program itself.
    System,
}

/// What an administrator wants to save.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JitSettingsDraft {
    /// Required (R2); `None` is what an empty form sends.
    pub method: Option<AuthMethod>,
    /// Optional.
    pub policy: Option<PolicyId>,
    /// Optional.
    pub groups: BTreeSet<EndUserGroupId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs and the database know them by these names.
    #[test]
    fn a_method_is_found_by_its_name() {
        let names = ["auth_token", "oauth2", "jwt", "oidc", "introspection"];
        assert_eq!(AuthMethod::ALL.map(AuthMethod::code), names);
        assert_eq!(names.map(AuthMethod::from_code), AuthMethod::ALL.map(Some));
        assert_eq!(AuthMethod::from_code("password"), None);
    }

    /// R9: what the gateway does not check yet cannot be saved.
    #[test]
    fn only_what_the_gateway_checks_is_available() {
        let available = AuthMethod::ALL.into_iter().filter(|it| it.is_available());
        assert_eq!(available.collect::<Vec<_>>(), [AuthMethod::AuthToken]);
    }
}
