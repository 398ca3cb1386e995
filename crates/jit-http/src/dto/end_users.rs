use jit_domain::{
    ids::EndUserGroupId,
    people::{self, MembershipSource},
    portal::EndUserDetail,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{access_requests::AccessRequest, clients::Client, grants::Grant, moment::Moment};

/// A person known through an identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndUser {
    id: String,
    display_name: String,
    email: Option<String>,
    subjects: Vec<Subject>,
    connection: String,
    memberships: Vec<Membership>,
    holds: Vec<Hold>,
    /// Whether the person may act: no hold is open.
    usable: bool,
    created_at: Moment,
    last_signed_in_at: Moment,
    version: u32,
}

/// A person with their client, and their newest grants and requests.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EndUserDetail)]
pub(crate) struct Detail {
    #[serde(flatten)]
    end_user: EndUser,
    client: Option<Client>,
    grants: Vec<Grant>,
    requests: Vec<AccessRequest>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Subject {
    idp_entity_id: String,
    name_id: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Membership {
    group: String,
    source: Source,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MembershipSource)]
pub(crate) enum Source {
    Idp,
    Scim,
    Jit,
    Manual,
}

/// A reason why a person may not act.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hold {
    /// Who opened it; only the same source clears it.
    source: String,
    since: Moment,
    reason: Option<String>,
}

/// Why a person is suspended.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewHold {
    pub(crate) reason: Option<String>,
}

/// The groups that a person is put into by hand; those of other sources stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManualGroups {
    #[schema(value_type = Vec<String>)]
    pub(crate) groups: Vec<EndUserGroupId>,
}

impl From<people::EndUser> for EndUser {
    fn from(user: people::EndUser) -> Self {
        let subject = |subject: people::Subject| Subject {
            idp_entity_id: subject.idp_entity_id,
            name_id: subject.name_id,
        };
        Self {
            id: user.id.to_string(),
            usable: user.is_usable(),
            display_name: user.display_name.to_string(),
            email: user.email.map(|email| email.to_string()),
            subjects: user.subjects.into_iter().map(subject).collect(),
            connection: user.connection.to_string(),
            memberships: user.memberships.into_iter().map(Into::into).collect(),
            holds: user.holds.into_iter().map(Into::into).collect(),
            created_at: Moment(user.created_at),
            last_signed_in_at: Moment(user.last_signed_in_at),
            version: user.version.0,
        }
    }
}

impl From<EndUserDetail> for Detail {
    fn from(detail: EndUserDetail) -> Self {
        Self {
            end_user: detail.end_user.into(),
            client: detail.client.map(Into::into),
            grants: detail.grants.into_iter().map(Into::into).collect(),
            requests: detail.requests.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<people::Membership> for Membership {
    fn from(membership: people::Membership) -> Self {
        Self {
            group: membership.group.to_string(),
            source: match membership.source {
                MembershipSource::Idp => Source::Idp,
                MembershipSource::Scim => Source::Scim,
                MembershipSource::Jit => Source::Jit,
                MembershipSource::Manual => Source::Manual,
            },
        }
    }
}

impl From<people::Hold> for Hold {
    fn from(hold: people::Hold) -> Self {
        Self {
            source: hold.source.code().to_owned(),
            since: Moment(hold.since),
            reason: hold.reason,
        }
    }
}
