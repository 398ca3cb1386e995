//! Who uses the console: administrators, approvers, auditors, and tokens for scripts.

use std::{collections::BTreeSet, net::IpAddr};

use serde::{Deserialize, Serialize};

use crate::{
    access::Decider,
    error::{InvalidField, Rejection},
    ids::{
        AdministratorId, ApiCollectionId, ApiTokenId, EndUserId, IdpConnectionId, SetupLinkId,
        WorkspaceId,
    },
    people::{EndUser, Subject},
    settings::SavedBy,
    tokens::SecretHash,
    values::{EmailAddress, Name, Slug, Timestamp, Version},
};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Its name in addresses and commands; a fresh installation has `default`.
    pub slug: Slug,
    /// Whether the first administrator has been made.
    pub setup: Setup,
}

/// Whether a workspace still waits for its first administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Setup {
    /// Nobody was invited yet.
    Waiting,
    /// Whoever shows the code becomes the first administrator.
    Invited {
        /// The hash of the one-time code, in lower-case hexadecimal.
        code_sha256: String,
        /// Until when the code is good.
        expires_at: Timestamp,
    },
    /// There is an administrator.
    Done,
}

/// Somebody who may use the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// Its id.
    pub id: AdministratorId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Of those who have a password it is what they sign in with, and unique in the workspace.
    pub email: EmailAddress,
    /// What to call the person.
    pub name: Name,
    /// What the person may do.
    pub role: ConsoleRole,
    /// How the person signs in.
    pub sign_in: ConsoleSignIn,
    /// The same person as an end user, if that is known; nobody decides their own request (R22).
    pub end_user: Option<EndUserId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// How somebody signs in to the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsoleSignIn {
    /// With a password. Works when every identity provider is down.
    Password {
        /// A hash in PHC string form, made by a [`PasswordHasher`](crate::ports::PasswordHasher).
        hash: String,
    },
    /// Through an identity provider, which also gives the role at each login.
    Sso {
        /// The connection.
        connection: IdpConnectionId,
        /// The identity there; unique in the workspace.
        subject: Subject,
    },
}

/// An invitation for somebody from outside to set up one connection, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupLink {
    /// Its id.
    pub id: SetupLinkId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// The connection.
    pub connection: IdpConnectionId,
    /// What is kept of the secret in the link.
    pub hash: SecretHash,
    /// Who made it.
    pub created_by: Decider,
    /// When.
    pub created_at: Timestamp,
    /// Until when it is good, and what was begun with it.
    pub expires_at: Timestamp,
    /// When it was opened; it opens once.
    pub opened_at: Option<Timestamp>,
}

impl SetupLink {
    /// Whether it can be opened.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.opened_at.is_none() && now < self.expires_at
    }
}

/// A token for scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// What it is for.
    pub name: Name,
    /// What it may do.
    pub role: ConsoleRole,
    /// What is kept of the secret.
    pub hash: SecretHash,
    /// What people recognise it by.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// What somebody may do in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", content = "collections", rename_all = "snake_case")]
pub enum ConsoleRole {
    /// Everything.
    Administrator,
    /// Decide requests (R24).
    Approver(ApproverScope),
    /// Read everything, change nothing.
    Auditor,
}

impl ConsoleRole {
    /// A stable name for programs and logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Approver(_) => "approver",
            Self::Auditor => "auditor",
        }
    }
}

/// Which requests an approver sees and decides (R24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApproverScope {
    /// All.
    All,
    /// Those for named collections.
    Collections(BTreeSet<ApiCollectionId>),
}

/// Where an action came from, for the audit log (R35).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The address of the caller.
    pub ip: Option<IpAddr>,
    /// The id of the HTTP request, as on error pages and in logs.
    pub request_id: Option<String>,
}

/// Somebody who uses the console, for one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleCaller {
    /// The tenant; the only one whose things this caller reaches (R38).
    pub workspace: WorkspaceId,
    /// Who.
    pub identity: Decider,
    /// What they may do.
    pub role: ConsoleRole,
    /// Their e-mail address, to recognise their own requests (R22).
    pub email: Option<EmailAddress>,
    /// Themselves as an end user, to recognise their own requests (R22).
    pub end_user: Option<EndUserId>,
    /// Where from.
    pub origin: Origin,
}

impl ConsoleCaller {
    /// Refuses everybody but administrators.
    pub fn require_administrator(&self) -> Result<(), Rejection> {
        match self.role {
            ConsoleRole::Administrator => Ok(()),
            _ => Err(Rejection::RoleMissing {
                needed: "administrator",
            }),
        }
    }

    /// Refuses those who may not read the whole console.
    pub fn require_reader(&self) -> Result<(), Rejection> {
        match self.role {
            ConsoleRole::Administrator | ConsoleRole::Auditor => Ok(()),
            ConsoleRole::Approver(_) => Err(Rejection::RoleMissing {
                needed: "administrator or auditor",
            }),
        }
    }

    /// Whether requests for that collection are this caller's to decide (R24).
    pub fn may_decide(&self, collection: ApiCollectionId) -> bool {
        match &self.role {
            ConsoleRole::Administrator | ConsoleRole::Approver(ApproverScope::All) => true,
            ConsoleRole::Approver(ApproverScope::Collections(named)) => named.contains(&collection),
            ConsoleRole::Auditor => false,
        }
    }

    /// Whether requests for that collection are this caller's to see (R24).
    pub fn may_see(&self, collection: ApiCollectionId) -> bool {
        self.role == ConsoleRole::Auditor || self.may_decide(collection)
    }

    /// The collections that this caller is limited to, if there is a limit (R24).
    pub fn visible_collections(&self) -> Option<&BTreeSet<ApiCollectionId>> {
        match &self.role {
            ConsoleRole::Approver(ApproverScope::Collections(named)) => Some(named),
            _ => None,
        }
    }

    /// Whether that end user is this caller: nobody decides their own request (R22).
    pub fn is_same_person(&self, end_user: &EndUser) -> bool {
        self.end_user == Some(end_user.id) || (self.email.is_some() && self.email == end_user.email)
    }

    pub(crate) fn saved_by(&self) -> SavedBy {
        match self.identity {
            Decider::Administrator(id) => SavedBy::Administrator(id),
            Decider::ApiToken(id) => SavedBy::ApiToken(id),
        }
    }
}

/// A password in clear, on its way to the hasher.
pub struct Password(String);

impl Password {
    /// The fewest characters (NIST SP 800-63B asks for 8; an account that rules all others gets 12).
    pub const MIN_CHARS: usize = 12;
    /// The most characters, so that hashing stays cheap.
    pub const MAX_CHARS: usize = 200;

    /// Checks the length of a new password.
    pub fn parse(text: String) -> Result<Self, InvalidField> {
        let chars = text.chars().count();
        if (Self::MIN_CHARS..=Self::MAX_CHARS).contains(&chars) {
            Ok(Self(text))
        } else {
            let expected = format!("{} to {} characters", Self::MIN_CHARS, Self::MAX_CHARS);
            Err(InvalidField::new(
                "password",
                expected,
                format!("{chars} characters"),
            ))
        }
    }

    /// The text, for the hasher.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}
