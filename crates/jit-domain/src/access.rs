//! Access requests and grants (R20 to R25).

use serde::{Deserialize, Serialize};

use crate::{
    error::Rejection,
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, EndUserId,
        GrantId, WorkspaceId,
    },
    values::{Note, Reason, Timestamp, Version},
};

/// One client asks for one collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    /// Its id.
    pub id: AccessRequestId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// The client that would call.
    pub client: ApiClientId,
    /// Whose client it is.
    pub requester: EndUserId,
    /// What it would call.
    pub collection: ApiCollectionId,
    /// Why.
    pub reason: Reason,
    /// When it was sent.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub state: RequestState,
}

/// Where a request stands. Everything but `Pending` is final (R21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestState {
    /// Nobody has decided.
    Pending,
    /// It made a grant.
    Approved {
        /// Who, when, and with what note.
        decision: Decision,
        /// The grant.
        grant: GrantId,
    },
    /// It was refused.
    Rejected {
        /// Who, when, and with what note; a rejection always has one (R22).
        decision: Decision,
    },
    /// The requester took it back (R23).
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The collection went away (R23).
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

/// Who decided, when, and with what note (R21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: Decider,
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub note: Option<Note>,
}

/// Somebody who decided something in the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Decider {
    /// A person.
    Administrator(AdministratorId),
    /// A script.
    ApiToken(ApiTokenId),
}

/// The states of a request without what belongs to them, for lists and filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestStatus {
    /// Nobody has decided.
    Pending,
    /// It made a grant.
    Approved,
    /// It was refused.
    Rejected,
    /// The requester took it back.
    Withdrawn,
    /// The collection went away.
    Cancelled,
}

impl RequestStatus {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
        }
    }
}

impl AccessRequest {
    /// The state without what belongs to it.
    pub fn status(&self) -> RequestStatus {
        match self.state {
            RequestState::Pending => RequestStatus::Pending,
            RequestState::Approved { .. } => RequestStatus::Approved,
            RequestState::Rejected { .. } => RequestStatus::Rejected,
            RequestState::Withdrawn { .. } => RequestStatus::Withdrawn,
            RequestState::Cancelled { .. } => RequestStatus::Cancelled,
        }
    }

    /// The next version of a pending request; anything else tells who was first (R21).
    pub(crate) fn ended(&self, state: RequestState) -> Result<Self, Rejection> {
        if self.state != RequestState::Pending {
            return Err(self.already_decided());
        }
        Ok(Self {
            version: self.version.next(),
            state,
            ..self.clone()
        })
    }

    fn already_decided(&self) -> Rejection {
        let (by, at) = match &self.state {
            RequestState::Approved { decision, .. } | RequestState::Rejected { decision } => {
                (Some(decision.by), Some(decision.at))
            }
            RequestState::Withdrawn { at } | RequestState::Cancelled { at } => (None, Some(*at)),
            RequestState::Pending => (None, None),
        };
        Rejection::AlreadyDecided {
            status: self.status(),
            by,
            at,
        }
    }
}

/// The right of one client to call one collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Who may call.
    pub client: ApiClientId,
    /// What may be called.
    pub collection: ApiCollectionId,
    /// The request that it answers.
    pub request: AccessRequestId,
    /// Who gave it.
    pub granted_by: Decider,
    /// Since when.
    pub granted_at: Timestamp,
    /// Until when; checked at use (R25).
    pub expires_at: Option<Timestamp>,
    /// When it was taken back.
    pub revocation: Option<Revocation>,
}

/// When and why something was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// Who.
    pub by: Decider,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Note,
}

impl Grant {
    /// Whether it lets calls through at that moment (R25).
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revocation.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Programs and the database know them by these names.
    #[test]
    fn a_status_is_called_as_it_is_stored() {
        for (status, name) in [
            (RequestStatus::Pending, "pending"),
            (RequestStatus::Approved, "approved"),
            (RequestStatus::Rejected, "rejected"),
            (RequestStatus::Withdrawn, "withdrawn"),
            (RequestStatus::Cancelled, "cancelled"),
        ] {
            assert_eq!(status.code(), name);
        }
    }
}
