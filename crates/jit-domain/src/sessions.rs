//! Signed-in browsers, and logins under way.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{AdministratorId, EndUserId, IdpConnectionId, SessionId, SetupLinkId, WorkspaceId},
    tokens::SecretHash,
    values::{Timestamp, Version},
};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// What is kept of the cookie's value.
    pub hash: SecretHash,
    /// Who is signed in.
    pub principal: Principal,
    /// Where it stands.
    pub state: SessionState,
    /// What a logout at the provider needs.
    pub saml: Option<SamlSession>,
    /// The login.
    pub created_at: Timestamp,
    /// The latest end (R17).
    pub expires_at: Timestamp,
}

/// Who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Principal {
    /// Somebody who came through an identity provider.
    EndUser(EndUserId),
    /// Somebody who uses the console.
    Administrator(AdministratorId),
    /// Somebody from outside who sets up one connection.
    SetupContact(SetupLinkId),
}

/// Where a session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionState {
    /// The response was accepted; the browser has yet to show that it began the login.
    ///
    /// The response arrives by a cross-site POST that carries no cookies, so this is asked one step later.
    AwaitingBrowser {
        /// The hash of the cookie that was set before the login, in lower-case hexadecimal;
        /// `None` if the login began at the provider, where no cookie of ours is set.
        browser_sha256: Option<String>,
        /// Where the person goes afterwards (R16).
        landing: String,
    },
    /// In use.
    Active,
    /// Over before its time.
    Ended {
        /// When.
        at: Timestamp,
    },
}

/// What the provider knows the session by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamlSession {
    /// The connection.
    pub connection: IdpConnectionId,
    /// The `NameID` of the assertion; not always what the person is known by here.
    pub name_id: NameId,
    /// `SessionIndex`.
    pub session_index: Option<String>,
}

/// What a provider calls somebody, as it wants to hear it back (SAML core 2.2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameId {
    /// The name.
    pub value: String,
    /// `Format`.
    pub format: Option<String>,
}

/// The id of a request that we sent to a provider: `_` and 32 hexadecimal digits of 128 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthnRequestId(Uuid);

impl AuthnRequestId {
    /// Wraps 128 random bits.
    pub const fn new(random: Uuid) -> Self {
        Self(random)
    }

    /// The bits, for storage.
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// Reads `InResponseTo`.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('_').filter(|hex| hex.len() == 32)?;
        Uuid::try_parse(hex).ok().map(Self)
    }
}

impl std::fmt::Display for AuthnRequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "_{}", self.0.simple())
    }
}

/// A login under way: we asked a provider and wait for its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthnRequest {
    /// Its id, echoed as `InResponseTo`.
    pub id: AuthnRequestId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written; always 1, for it is only made and consumed.
    pub version: Version,
    /// The provider that was asked.
    pub connection: IdpConnectionId,
    /// What the login is for.
    pub purpose: LoginPurpose,
    /// The hash of the cookie that the browser got.
    pub browser: SecretHash,
    /// A path of this portal to go to afterwards.
    pub return_to: Option<String>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Until when a response counts.
    pub expires_at: Timestamp,
}

/// What a login is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginPurpose {
    /// An end user signs in to the portal.
    Portal,
    /// Somebody signs in to the console.
    Console,
    /// An administrator looks at what the provider sends; nothing is made.
    Test,
}

/// Keeps a deep link only if it is a path of this portal (R16), never another site's address.
pub fn own_path(text: &str) -> Option<String> {
    let fine = text.len() <= 512
        && text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(['\\', '\r', '\n', '\t'])
        && text.chars().all(|c| !c.is_control())
        && !text.starts_with("/sso/")
        && !text.starts_with("/login");
    fine.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R16: a deep link wins only if it is a path of this portal.
    #[test]
    fn a_deep_link_to_another_site_is_dropped() {
        for bad in [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\/evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "",
            "discover",
            "/login",
            "/sso/saml/demo/login",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
        assert_eq!(
            own_path("/discover/orders?tab=1#x").as_deref(),
            Some("/discover/orders?tab=1#x")
        );
    }

    #[test]
    fn the_id_of_a_request_reads_back_and_is_an_ncname() {
        let id = AuthnRequestId::new(Uuid::from_u128(9));
        assert_eq!(AuthnRequestId::parse(&id.to_string()), Some(id));
        assert!(
            id.to_string().starts_with('_'),
            "an NCName must not start with a digit"
        );
        assert_eq!(AuthnRequestId::parse("_short"), None);
    }
}
