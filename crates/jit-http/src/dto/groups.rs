use jit_domain::{people::EndUserGroup, portal, views::GroupRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment::Moment;
use crate::respond::HasId;

/// A named set of end users.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Group {
    id: String,
    name: String,
    description: String,
    /// How many people are in it; null where they were not counted.
    members: Option<u64>,
    created_at: Moment,
    version: u32,
}

/// What a group should be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupDraft {
    /// Unique without letter case.
    name: String,
    /// At most 500 characters.
    #[serde(default)]
    description: String,
}

impl From<EndUserGroup> for Group {
    fn from(group: EndUserGroup) -> Self {
        Self {
            id: group.id.to_string(),
            name: group.name.to_string(),
            description: group.description,
            members: None,
            created_at: Moment(group.created_at),
            version: group.version.0,
        }
    }
}

impl From<GroupRow> for Group {
    fn from(row: GroupRow) -> Self {
        Self {
            members: Some(row.members),
            ..row.group.into()
        }
    }
}

impl From<GroupDraft> for portal::GroupDraft {
    fn from(draft: GroupDraft) -> Self {
        Self {
            name: draft.name,
            description: draft.description,
        }
    }
}

impl HasId for Group {
    fn id(&self) -> &str {
        &self.id
    }
}
