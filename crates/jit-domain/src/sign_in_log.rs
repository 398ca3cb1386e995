//! What came of attempts to sign in, for administrators who are asked why it does not work.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{
    assertion::{AssertionRefusal, CheckResult},
    console::Origin,
    error::Rejection,
    ids::{AdministratorId, EndUserId, IdpConnectionId, SignInAttemptId, WorkspaceId},
    sessions::LoginPurpose,
    values::{Timestamp, Version},
};

/// One response of an identity provider, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInAttempt {
    /// Its id.
    pub id: SignInAttemptId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// Always 1: it is only written once.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// The connection whose address it came to.
    pub connection: IdpConnectionId,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// From where; the request id is the reference on the page that the person saw.
    pub origin: Origin,
    /// What was seen of the response.
    pub evidence: Evidence,
    /// From then on it may be forgotten.
    pub expires_at: Timestamp,
}

impl SignInAttempt {
    /// How long attempts are kept.
    pub const KEPT: Duration = Duration::days(30);
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// An end user signed in.
    EndUser {
        /// Who.
        id: EndUserId,
    },
    /// Somebody signed in to the console.
    Administrator {
        /// Who.
        id: AdministratorId,
    },
    /// A test passed; nobody signed in.
    Tested,
    /// Nobody signed in.
    Refused {
        /// The stable name of the cause: of a failed check, or of a rejection.
        code: String,
        /// What would have passed.
        expected: String,
        /// What came.
        found: String,
    },
}

impl From<&AssertionRefusal> for AttemptOutcome {
    fn from(refusal: &AssertionRefusal) -> Self {
        Self::Refused {
            code: refusal.code.to_owned(),
            expected: refusal.expected.clone(),
            found: refusal.found.clone(),
        }
    }
}

impl From<&Rejection> for AttemptOutcome {
    fn from(rejection: &Rejection) -> Self {
        Self::Refused {
            code: rejection.code().to_owned(),
            expected: String::new(),
            found: rejection.to_string(),
        }
    }
}

impl AttemptOutcome {
    /// The stable name of the cause, if it was refused.
    pub fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            Self::EndUser { .. } | Self::Administrator { .. } | Self::Tested => None,
        }
    }
}

/// What was seen of a response.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// What the login was for, if the response answers a login of ours.
    pub purpose: Option<LoginPurpose>,
    /// What the response calls the person, believed or not.
    pub name_id: Option<String>,
    /// The SHA-256 of the certificate whose key made the signature.
    pub certificate: Option<String>,
    /// The clock of the provider minus ours, in milliseconds, when it said that it issued the response.
    /// The way through the browser makes it smaller.
    pub clock_difference_ms: Option<i64>,
    /// The checks in their order, up to the first that failed.
    pub checks: Vec<CheckResult>,
    /// The message without values, names and signatures: its structure, addresses and times.
    pub redacted: Option<String>,
}

/// Which attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignInAttemptFilter {
    /// Through one connection.
    pub connection: Option<IdpConnectionId>,
    /// Only refused ones, or only the others.
    pub refused: Option<bool>,
    /// With that reference.
    pub reference: Option<String>,
}
