use jit_domain::{catalogue, ids::EndUserGroupId, portal::CollectionChanges};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::moment::Moment;
use crate::respond::HasId;

/// A named, versioned set of endpoints.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Collection {
    id: String,
    slug: String,
    api_version: String,
    name: String,
    summary: String,
    owner: String,
    tags: Vec<String>,
    upstream: String,
    publication: Publication,
    audience: Audience,
    operations: Vec<Operation>,
    document_version: String,
    /// The OpenAPI document; null in lists.
    #[schema(value_type = Option<Object>)]
    document: Option<Value>,
    /// Where clients call it.
    gateway_url: String,
    created_at: Moment,
    updated_at: Moment,
    version: u32,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Publication {
    Draft,
    Published,
    Deleted,
}

/// Who may see it once it is published: `"everyone"`, or `{"groups": [...]}`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Audience {
    Everyone,
    #[schema(value_type = Vec<String>)]
    Groups(Vec<EndUserGroupId>),
}

/// One endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Operation {
    method: String,
    path: String,
    summary: String,
}

/// A collection whose publication was changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicationChanged {
    pub(crate) collection: Collection,
    /// How many pending requests were cancelled.
    pub(crate) cancelled_requests: usize,
}

impl Collection {
    pub(crate) fn new(collection: catalogue::ApiCollection, public_url: &str) -> Self {
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
            upstream: collection.upstream,
            publication: match collection.publication {
                catalogue::Publication::Draft => Publication::Draft,
                catalogue::Publication::Published => Publication::Published,
                catalogue::Publication::Deleted => Publication::Deleted,
            },
            audience: collection.audience.into(),
            operations: collection.operations.into_iter().map(Into::into).collect(),
            document_version: collection.document_version,
            document: serde_json::from_str(&collection.document).ok(),
            gateway_url,
            created_at: Moment(collection.created_at),
            updated_at: Moment(collection.updated_at),
            version: collection.version.0,
        }
    }
}

impl PublicationChanged {
    pub(crate) fn new(changes: CollectionChanges, public_url: &str) -> Self {
        Self {
            collection: Collection::new(changes.collection, public_url),
            cancelled_requests: changes.cancelled_requests,
        }
    }
}

impl From<catalogue::Operation> for Operation {
    fn from(operation: catalogue::Operation) -> Self {
        Self {
            method: operation.method,
            path: operation.path,
            summary: operation.summary,
        }
    }
}

impl From<catalogue::Audience> for Audience {
    fn from(audience: catalogue::Audience) -> Self {
        match audience {
            catalogue::Audience::Everyone => Self::Everyone,
            catalogue::Audience::Groups(groups) => Self::Groups(groups.into_iter().collect()),
        }
    }
}

impl From<Audience> for catalogue::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Everyone => Self::Everyone,
            Audience::Groups(groups) => Self::Groups(groups.into_iter().collect()),
        }
    }
}

impl HasId for Collection {
    fn id(&self) -> &str {
        &self.id
    }
}
