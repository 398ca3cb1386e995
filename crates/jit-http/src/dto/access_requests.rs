use jit_domain::{
    access::{self, Decision, RequestState, RequestStatus},
    ids::GrantId,
    portal::{AccessRequestDetail, Approval},
    views::AccessRequestRow,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{actor::Actor, moment::Moment};
use crate::respond::HasId;

/// One client asks for one collection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessRequest {
    id: String,
    status: Status,
    reason: String,
    requested_at: Moment,
    requester: Requester,
    client: Named,
    collection: NamedCollection,
    /// Null while it is pending, and if nobody decided.
    decision: Option<DecisionBody>,
    /// When it was withdrawn, or cancelled with its collection.
    ended_at: Option<Moment>,
    /// What the approval made.
    grant: Option<String>,
    version: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccessRequestStatus)]
pub(crate) enum Status {
    Pending,
    Approved,
    Rejected,
    Withdrawn,
    Cancelled,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Requester {
    id: String,
    name: String,
    email: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NamedCollection {
    pub(crate) id: String,
    pub(crate) slug: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionBody {
    by: Actor,
    at: Moment,
    note: Option<String>,
}

/// What to ask for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccessRequest {
    /// The id or the slug of a collection.
    pub(crate) collection: String,
    /// Why; 1 to 2,000 characters.
    pub(crate) reason: String,
}

/// How to approve.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovalBody {
    /// What to say to the requester.
    note: Option<String>,
    /// Until when the access lasts; for ever if absent.
    expires_at: Option<Moment>,
}

/// How to reject.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectionBody {
    /// What to say to the requester; required.
    pub(crate) note: String,
}

impl AccessRequest {
    fn new(
        request: access::AccessRequest,
        requester: Requester,
        client: Named,
        collection: NamedCollection,
    ) -> Self {
        let status = request.status().into();
        let (decision, ended_at, grant) = outcome(request.state);
        Self {
            id: request.id.to_string(),
            status,
            reason: request.reason.to_string(),
            requested_at: Moment(request.requested_at),
            requester,
            client,
            collection,
            decision: decision.map(Into::into),
            ended_at,
            grant: grant.map(|id| id.to_string()),
            version: request.version.0,
        }
    }
}

fn outcome(state: RequestState) -> (Option<Decision>, Option<Moment>, Option<GrantId>) {
    match state {
        RequestState::Pending => (None, None, None),
        RequestState::Approved { decision, grant } => (Some(decision), None, Some(grant)),
        RequestState::Rejected { decision } => (Some(decision), None, None),
        RequestState::Withdrawn { at } | RequestState::Cancelled { at } => {
            (None, Some(Moment(at)), None)
        }
    }
}

impl From<AccessRequestRow> for AccessRequest {
    fn from(row: AccessRequestRow) -> Self {
        let requester = Requester {
            id: row.request.requester.to_string(),
            name: row.requester_name.to_string(),
            email: row.requester_email.map(|email| email.to_string()),
        };
        let client = Named {
            id: row.request.client.to_string(),
            name: row.client_name.to_string(),
        };
        let collection = NamedCollection {
            id: row.request.collection.to_string(),
            slug: row.collection_slug.to_string(),
            name: row.collection_name.to_string(),
        };
        Self::new(row.request, requester, client, collection)
    }
}

impl From<AccessRequestDetail> for AccessRequest {
    fn from(detail: AccessRequestDetail) -> Self {
        let requester = Requester {
            id: detail.requester.id.to_string(),
            name: detail.requester.display_name.to_string(),
            email: detail.requester.email.map(|email| email.to_string()),
        };
        let client = Named {
            id: detail.client.id().to_string(),
            name: detail.client.name.to_string(),
        };
        let collection = NamedCollection {
            id: detail.collection.id.to_string(),
            slug: detail.collection.slug.to_string(),
            name: detail.collection.name.to_string(),
        };
        Self::new(detail.request, requester, client, collection)
    }
}

impl From<Decision> for DecisionBody {
    fn from(decision: Decision) -> Self {
        Self {
            by: decision.by.into(),
            at: Moment(decision.at),
            note: decision.note.map(|note| note.to_string()),
        }
    }
}

impl From<ApprovalBody> for Approval {
    fn from(body: ApprovalBody) -> Self {
        Self {
            note: body.note,
            expires_at: body.expires_at.map(Into::into),
        }
    }
}

impl From<RequestStatus> for Status {
    fn from(status: RequestStatus) -> Self {
        match status {
            RequestStatus::Pending => Self::Pending,
            RequestStatus::Approved => Self::Approved,
            RequestStatus::Rejected => Self::Rejected,
            RequestStatus::Withdrawn => Self::Withdrawn,
            RequestStatus::Cancelled => Self::Cancelled,
        }
    }
}

impl From<Status> for RequestStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::Approved => Self::Approved,
            Status::Rejected => Self::Rejected,
            Status::Withdrawn => Self::Withdrawn,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl HasId for AccessRequest {
    fn id(&self) -> &str {
        &self.id
    }
}
