use jit_domain::{
    access::{AccessRequest, Decision, Grant, RequestState, RequestStatus, Revocation},
    ids::{AccessRequestId, ApiClientId, ApiCollectionId, EndUserId, GrantId, WorkspaceId},
    values::{EmailAddress, Name, Note, Reason, Slug},
    views::{AccessRequestRow as NamedRequest, GrantRow as NamedGrant},
};
use serde::Deserialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct AccessRequestRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    client_id: Uuid,
    requester_id: Uuid,
    collection_id: Uuid,
    reason: String,
    requested_at: Moment,
    status: String,
    ended_at: Option<Moment>,
    decided_by: Option<JsonText>,
    note: Option<String>,
    grant_id: Option<Uuid>,
}

impl AccessRequestRow {
    fn state(&self, at: Place<'_>) -> Result<RequestState, PostgresError> {
        let ended = || at.time("ended_at", at.present("ended_at", self.ended_at)?);
        let decision = || {
            let by = at.present("decided_by", self.decided_by.as_deref())?;
            Ok::<_, PostgresError>(Decision {
                by: at.json("decided_by", by)?,
                at: ended()?,
                note: self.note.clone().map(Note::restore),
            })
        };
        Ok(match at.code("status", &self.status)? {
            RequestStatus::Pending => RequestState::Pending,
            RequestStatus::Approved => RequestState::Approved {
                decision: decision()?,
                grant: GrantId::new(at.present("grant_id", self.grant_id)?),
            },
            RequestStatus::Rejected => RequestState::Rejected {
                decision: decision()?,
            },
            RequestStatus::Withdrawn => RequestState::Withdrawn { at: ended()? },
            RequestStatus::Cancelled => RequestState::Cancelled { at: ended()? },
        })
    }
}

impl TryFrom<AccessRequestRow> for AccessRequest {
    type Error = PostgresError;

    fn try_from(row: AccessRequestRow) -> Result<Self, PostgresError> {
        let id = AccessRequestId::new(row.id);
        let at = Place::new("access_requests", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            client: ApiClientId::new(row.client_id),
            requester: EndUserId::new(row.requester_id),
            collection: ApiCollectionId::new(row.collection_id),
            requested_at: at.time("requested_at", row.requested_at)?,
            state: row.state(at)?,
            reason: Reason::restore(row.reason),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct NamedRequestRow {
    #[sqlx(flatten)]
    request: AccessRequestRow,
    requester_name: String,
    requester_email: Option<String>,
    client_name: String,
    collection_name: String,
    collection_slug: String,
}

impl TryFrom<NamedRequestRow> for NamedRequest {
    type Error = PostgresError;

    fn try_from(row: NamedRequestRow) -> Result<Self, PostgresError> {
        Ok(Self {
            request: row.request.try_into()?,
            requester_name: Name::restore(row.requester_name),
            requester_email: row.requester_email.map(EmailAddress::restore),
            client_name: Name::restore(row.client_name),
            collection_name: Name::restore(row.collection_name),
            collection_slug: Slug::restore(row.collection_slug),
        })
    }
}

/// Comes as a row, and as JSON inside the row of its client.
#[derive(FromRow, Deserialize)]
pub(crate) struct GrantRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    client_id: Uuid,
    collection_id: Uuid,
    request_id: Uuid,
    granted_by: JsonText,
    granted_at: Moment,
    expires_at: Option<Moment>,
    revoked_by: Option<JsonText>,
    revoked_at: Option<Moment>,
    revocation_reason: Option<String>,
}

impl GrantRow {
    fn revocation(&self, at: Place<'_>) -> Result<Option<Revocation>, PostgresError> {
        let Some(moment) = at.some_time("revoked_at", self.revoked_at)? else {
            return Ok(None);
        };
        let by = at.present("revoked_by", self.revoked_by.as_deref())?;
        let reason = at.present("revocation_reason", self.revocation_reason.clone())?;
        Ok(Some(Revocation {
            by: at.json("revoked_by", by)?,
            at: moment,
            reason: Note::restore(reason),
        }))
    }
}

impl TryFrom<GrantRow> for Grant {
    type Error = PostgresError;

    fn try_from(row: GrantRow) -> Result<Self, PostgresError> {
        let id = GrantId::new(row.id);
        let at = Place::new("grants", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            client: ApiClientId::new(row.client_id),
            collection: ApiCollectionId::new(row.collection_id),
            request: AccessRequestId::new(row.request_id),
            granted_by: at.json("granted_by", &row.granted_by)?,
            granted_at: at.time("granted_at", row.granted_at)?,
            expires_at: at.some_time("expires_at", row.expires_at)?,
            revocation: row.revocation(at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct NamedGrantRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    owner_id: Uuid,
    owner_name: String,
    client_name: String,
    collection_name: String,
    collection_slug: String,
}

impl TryFrom<NamedGrantRow> for NamedGrant {
    type Error = PostgresError;

    fn try_from(row: NamedGrantRow) -> Result<Self, PostgresError> {
        Ok(Self {
            grant: row.grant.try_into()?,
            owner: EndUserId::new(row.owner_id),
            owner_name: Name::restore(row.owner_name),
            client_name: Name::restore(row.client_name),
            collection_name: Name::restore(row.collection_name),
            collection_slug: Slug::restore(row.collection_slug),
        })
    }
}
