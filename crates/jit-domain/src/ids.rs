//! One type for each kind of thing, so that swapped ids do not compile.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that should have been an id of one kind and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id that starts with `{prefix}_` and has 32 hexadecimal digits after it")]
pub struct InvalidId {
    /// The prefix of the kind that was expected, such as `usr`.
    pub prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[doc = concat!("\n\nIts text form is `", $prefix, "_` and 32 hexadecimal digits.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form starts with.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps a UUID; version 7 keeps lists in order of creation.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside, for storage.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .filter(|hex| hex.len() == 32)
                    .and_then(|hex| Uuid::try_parse(hex).ok())
                    .map(Self)
                    .ok_or(InvalidId { prefix: $prefix })
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )*};
}

ids! {
    /// A tenant; everything else belongs to exactly one.
    WorkspaceId = "wsp";
    /// A SAML identity provider of a workspace.
    IdpConnectionId = "idp";
    /// A person known through an identity provider.
    EndUserId = "usr";
    /// A named set of end users.
    EndUserGroupId = "grp";
    /// What calls APIs on behalf of one end user.
    ApiClientId = "cli";
    /// A named key of a client.
    CredentialId = "crd";
    /// A rate limit, a quota and IP rules under one name.
    PolicyId = "pol";
    /// A published set of endpoints.
    ApiCollectionId = "col";
    /// One client's wish for one collection.
    AccessRequestId = "req";
    /// The right of one client to call one collection.
    GrantId = "gnt";
    /// Somebody who may use the console.
    AdministratorId = "adm";
    /// A token for scripts that use the console's API.
    ApiTokenId = "tok";
    /// A signed-in browser.
    SessionId = "ses";
    /// A key pair of this portal for SAML messages.
    SamlKeyId = "key";
    /// One attempt to sign in.
    SignInAttemptId = "att";
    /// An invitation to set up one connection.
    SetupLinkId = "lnk";
    /// One line of the audit log.
    AuditEventId = "aud";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_its_own_text_and_no_other_kind() {
        let id = EndUserId::new(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(
            id.to_string().parse::<ApiClientId>(),
            Err(InvalidId { prefix: "cli" })
        );
        assert!("usr_7".parse::<EndUserId>().is_err());
        assert!(
            "usr_{00000000000000000000000000000007}"
                .parse::<EndUserId>()
                .is_err()
        );
    }
}
