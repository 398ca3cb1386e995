//! API collections and policies.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    clients::IpRules,
    ids::{ApiCollectionId, EndUserGroupId, PolicyId, WorkspaceId},
    values::{Name, Slug, Summary, Timestamp, Version},
};

/// A named, versioned set of endpoints with a document and an upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiCollection {
    /// Its id.
    pub id: ApiCollectionId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Its place in addresses, unique in the workspace: `/gateway/{slug}/{api_version}/`.
    pub slug: Slug,
    /// The version in addresses, such as `v2`.
    pub api_version: Slug,
    /// What people call it.
    pub name: Name,
    /// What it is for, in a sentence or two.
    pub summary: Summary,
    /// Who answers for it; empty if nobody is named.
    pub owner: String,
    /// Words to filter by.
    pub tags: Vec<String>,
    /// Where calls go: an http or https address without a query.
    pub upstream: String,
    /// Whether people see it.
    pub publication: Publication,
    /// Who may see it.
    pub audience: Audience,
    /// Its endpoints, as the document lists them.
    pub operations: Vec<Operation>,
    /// The version that the document states, such as `2.4.0`.
    pub document_version: String,
    /// The OpenAPI document, as JSON text. Readable with a grant only (R19).
    pub document: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// Whether a collection is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// Only the console shows it, and no call passes.
    Draft,
    /// The audience sees it and may ask for it.
    Published,
    /// Gone for everybody; kept because requests, grants and the audit log name it.
    Deleted,
}

/// Who may see a published collection (R18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every end user of the workspace.
    Everyone,
    /// Members of at least one of these groups.
    Groups(BTreeSet<EndUserGroupId>),
}

impl Audience {
    /// Whether somebody in these groups belongs to it.
    pub fn includes(&self, groups: &BTreeSet<EndUserGroupId>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Groups(allowed) => !allowed.is_disjoint(groups),
        }
    }
}

/// Whether somebody in these groups may know that the collection exists (R18).
pub fn is_visible(
    publication: Publication,
    audience: &Audience,
    groups: &BTreeSet<EndUserGroupId>,
) -> bool {
    publication == Publication::Published && audience.includes(groups)
}

/// One endpoint: what a person may read before an approval (R19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template below the collection, such as `/orders/{id}`.
    pub path: String,
    /// What it does.
    pub summary: String,
}

/// Limits on calls. Either limit may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// How often it was written.
    pub version: Version,
    /// Unique in the workspace, without letter case.
    pub name: Name,
    /// How fast.
    pub rate: Option<RateLimit>,
    /// How much.
    pub quota: Option<Quota>,
    /// From where.
    pub ip_rules: IpRules,
    /// When it was made.
    pub created_at: Timestamp,
}

/// So many calls in a second, a minute or an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateLimit {
    /// Calls; at least 1.
    pub count: u32,
    /// The period.
    pub per: RatePeriod,
}

/// The period of a rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatePeriod {
    /// 1 second.
    Second,
    /// 60 seconds.
    Minute,
    /// 3,600 seconds.
    Hour,
}

impl RatePeriod {
    /// Its length in seconds.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3600,
        }
    }
}

/// So many calls in an hour, a day, a week or a month (UTC calendar; weeks begin on Monday).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Calls; at least 1.
    pub count: u64,
    /// The period.
    pub per: QuotaPeriod,
}

/// The period of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaPeriod {
    /// From a full hour.
    Hour,
    /// From midnight UTC.
    Day,
    /// From Monday, midnight UTC.
    Week,
    /// From the first of the month, midnight UTC.
    Month,
}
