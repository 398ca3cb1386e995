use jit_domain::{
    portal::AccessFilter,
    views::{AccessState, CollectionForUser},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{collections::Operation, moment::Moment};

/// A collection as an end user sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Discovered {
    id: String,
    slug: String,
    api_version: String,
    name: String,
    summary: String,
    owner: String,
    tags: Vec<String>,
    operations: Vec<Operation>,
    document_version: String,
    /// The OpenAPI document; null without a grant, and in lists.
    #[schema(value_type = Option<Object>)]
    document: Option<Value>,
    access: Access,
    gateway_url: String,
    updated_at: Moment,
}

/// Where the end user stands with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Access {
    state: State,
    /// The request that is pending or was rejected.
    request: Option<String>,
    /// The grant that lets calls through.
    grant: Option<String>,
    /// Until when the grant lasts.
    expires_at: Option<Moment>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccessState)]
pub(crate) enum State {
    None,
    Pending,
    Rejected,
    Granted,
}

/// Where the end user stands, as a filter; `none` includes rejected requests.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccessFilter)]
pub(crate) enum Filter {
    None,
    Pending,
    Granted,
}

impl Discovered {
    pub(crate) fn new(found: CollectionForUser, public_url: &str) -> Self {
        let collection = found.collection;
        let gateway_url = format!(
            "{public_url}/gateway/{}/{}",
            collection.slug, collection.api_version
        );
        Self {
            id: collection.id.to_string(),
            slug: collection.slug.to_string(),
            api_version: collection.api_version.to_string(),
            name: collection.name.to_string(),
            summary: collection.summary.to_string(),
            owner: collection.owner,
            tags: collection.tags,
            operations: collection.operations.into_iter().map(Into::into).collect(),
            document_version: collection.document_version,
            document: serde_json::from_str(&collection.document).ok(),
            access: found.access.into(),
            gateway_url,
            updated_at: Moment(collection.updated_at),
        }
    }
}

impl From<AccessState> for Access {
    fn from(access: AccessState) -> Self {
        let none = Self {
            state: State::None,
            request: None,
            grant: None,
            expires_at: None,
        };
        match access {
            AccessState::None => none,
            AccessState::Pending(request) => Self {
                state: State::Pending,
                request: Some(request.id.to_string()),
                ..none
            },
            AccessState::Rejected(request) => Self {
                state: State::Rejected,
                request: Some(request.id.to_string()),
                ..none
            },
            AccessState::Granted(grant) => Self {
                state: State::Granted,
                request: Some(grant.request.to_string()),
                grant: Some(grant.id.to_string()),
                expires_at: grant.expires_at.map(Moment),
            },
        }
    }
}

impl From<Filter> for AccessFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::None => Self::None,
            Filter::Pending => Self::Pending,
            Filter::Granted => Self::Granted,
        }
    }
}
