//! How a connection speaks SAML, beyond what the provider's metadata says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Switch;
use crate::{console::ConsoleRole, values::Timestamp};

/// Which product the provider is; its labels and habits are data elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Okta.
    Okta,
    /// Google Workspace.
    GoogleWorkspace,
    /// Microsoft Entra ID.
    EntraId,
    /// OneLogin.
    OneLogin,
    /// Any other that conforms.
    #[default]
    Other,
}

impl Provider {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Okta,
        Self::GoogleWorkspace,
        Self::EntraId,
        Self::OneLogin,
        Self::Other,
    ];
}

/// What an administrator chooses about the messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamlOptions {
    /// The attribute that names the person; `None` is the `NameID`.
    ///
    /// Names that providers reassign, such as addresses, are better replaced by one that stays.
    pub subject: Option<String>,
    /// Whether the assertion itself has to be signed, even if the response is.
    pub signed_assertions: Switch,
    /// Whether login requests are signed.
    pub signed_requests: Switch,
    /// Whether a login may begin at the provider (SAML profiles 4.1.5).
    pub idp_initiated: Switch,
}

impl Default for SamlOptions {
    fn default() -> Self {
        Self {
            subject: None,
            signed_assertions: Switch::Off,
            signed_requests: Switch::Off,
            idp_initiated: Switch::Off,
        }
    }
}

/// Where the description of the provider comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum MetadataSource {
    /// A file, or values typed in: it stays until somebody gives another one.
    #[default]
    Given,
    /// An address that is read again and again, so that new certificates arrive by themselves.
    Url {
        /// The address, https.
        url: String,
        /// Why the last attempt changed nothing, since when.
        problem: Option<RefreshProblem>,
    },
}

/// Why metadata could not be refreshed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshProblem {
    /// The first failure of this row of failures.
    pub since: Timestamp,
    /// What was expected and what came.
    pub cause: String,
}

/// One value of the groups attribute and the role in the console that it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRule {
    /// The value as the provider sends it.
    pub value: String,
    /// The role.
    pub role: ConsoleRole,
}

/// How many days before the end of a certificate it was last announced, by the SHA-256 of the certificate.
pub type CertificateNotices = BTreeMap<String, u16>;
