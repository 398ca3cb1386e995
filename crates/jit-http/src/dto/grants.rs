use jit_domain::{access::Revocation, views::GrantRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    access_requests::{Named, NamedCollection},
    actor::Actor,
    moment::Moment,
};

/// The right of one client to call one collection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Grant {
    id: String,
    owner: Named,
    client: Named,
    collection: NamedCollection,
    /// The request that it answers.
    request: String,
    granted_by: Actor,
    granted_at: Moment,
    /// Until when; for ever if null.
    expires_at: Option<Moment>,
    revocation: Option<RevocationBody>,
    version: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revocation)]
pub(crate) struct RevocationBody {
    by: Actor,
    at: Moment,
    reason: String,
}

/// Why a grant is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevokeGrant {
    /// Required.
    pub(crate) reason: String,
}

impl From<Revocation> for RevocationBody {
    fn from(revocation: Revocation) -> Self {
        Self {
            by: revocation.by.into(),
            at: Moment(revocation.at),
            reason: revocation.reason.to_string(),
        }
    }
}

impl From<GrantRow> for Grant {
    fn from(row: GrantRow) -> Self {
        let grant = row.grant;
        Self {
            id: grant.id.to_string(),
            owner: Named {
                id: row.owner.to_string(),
                name: row.owner_name.to_string(),
            },
            client: Named {
                id: grant.client.to_string(),
                name: row.client_name.to_string(),
            },
            collection: NamedCollection {
                id: grant.collection.to_string(),
                slug: row.collection_slug.to_string(),
                name: row.collection_name.to_string(),
            },
            request: grant.request.to_string(),
            granted_by: grant.granted_by.into(),
            granted_at: Moment(grant.granted_at),
            expires_at: grant.expires_at.map(Moment),
            revocation: grant.revocation.map(Into::into),
            version: grant.version.0,
        }
    }
}
