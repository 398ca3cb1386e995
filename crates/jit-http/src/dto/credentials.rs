use jit_domain::{clients, portal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{moment::Moment, policies::IpRules};

/// A named key of a client, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Credential {
    id: String,
    name: String,
    /// What to recognise the secret by.
    hint: String,
    ip_rules: IpRules,
    created_at: Moment,
    expires_at: Option<Moment>,
    revoked_at: Option<Moment>,
}

/// A credential that was just made.
#[derive(Serialize, ToSchema)]
#[schema(as = NewCredential)]
pub(crate) struct CredentialWithSecret {
    #[serde(flatten)]
    credential: Credential,
    /// What to send with calls. Shown now and never again.
    secret: String,
}

/// What a credential should be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CredentialDraft {
    name: String,
    /// For ever if absent.
    expires_at: Option<Moment>,
    /// Everywhere if absent.
    #[serde(default)]
    ip_rules: IpRules,
}

/// How to rotate.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rotation {
    /// How long the old secret lives on: 0 to 2,592,000 (30 days); 86,400 (24 hours) if absent.
    pub(crate) overlap_seconds: Option<i64>,
}

impl From<clients::Credential> for Credential {
    fn from(credential: clients::Credential) -> Self {
        Self {
            id: credential.id.to_string(),
            name: credential.name.to_string(),
            hint: credential.hint,
            ip_rules: credential.ip_rules.into(),
            created_at: Moment(credential.created_at),
            expires_at: credential.expires_at.map(Moment),
            revoked_at: credential.revoked_at.map(Moment),
        }
    }
}

impl From<portal::NewCredential> for CredentialWithSecret {
    fn from(new: portal::NewCredential) -> Self {
        Self {
            secret: new.secret.reveal().to_owned(),
            credential: new.credential.into(),
        }
    }
}

impl From<CredentialDraft> for portal::CredentialDraft {
    fn from(draft: CredentialDraft) -> Self {
        Self {
            name: draft.name,
            expires_at: draft.expires_at.map(Into::into),
            allow: draft.ip_rules.allow,
            deny: draft.ip_rules.deny,
        }
    }
}
