use jit_domain::{catalogue, clients, portal, views::PolicyRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment::Moment;
use crate::respond::HasId;

/// Limits on calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Policy {
    id: String,
    name: String,
    rate: Option<RateLimit>,
    quota: Option<Quota>,
    ip_rules: IpRules,
    /// How many clients it governs; null where they were not counted.
    clients: Option<u64>,
    created_at: Moment,
    version: u32,
}

/// What a policy should be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyDraft {
    /// Unique without letter case.
    name: String,
    /// No limit if absent.
    rate: Option<RateLimit>,
    /// No limit if absent.
    quota: Option<Quota>,
    /// Everywhere if absent.
    #[serde(default)]
    ip_rules: IpRules,
}

/// So many calls in a period.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateLimit {
    /// 1 to 1,000,000.
    count: u32,
    per: RatePeriod,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RatePeriod {
    Second,
    Minute,
    Hour,
}

/// So many calls in a period of the UTC calendar.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quota {
    /// 1 to 1,000,000,000,000.
    count: u64,
    per: QuotaPeriod,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuotaPeriod {
    Hour,
    Day,
    Week,
    Month,
}

/// Where calls may come from. Deny wins over allow; an empty allow list allows everywhere.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IpRules {
    /// Addresses or networks such as `10.1.0.0/16`.
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) deny: Vec<String>,
}

impl From<clients::IpRules> for IpRules {
    fn from(rules: clients::IpRules) -> Self {
        let texts = |list: Vec<clients::IpNetwork>| list.into_iter().map(Into::into).collect();
        Self {
            allow: texts(rules.allow),
            deny: texts(rules.deny),
        }
    }
}

impl From<catalogue::Policy> for Policy {
    fn from(policy: catalogue::Policy) -> Self {
        Self {
            id: policy.id.to_string(),
            name: policy.name.to_string(),
            rate: policy.rate.map(Into::into),
            quota: policy.quota.map(Into::into),
            ip_rules: policy.ip_rules.into(),
            clients: None,
            created_at: Moment(policy.created_at),
            version: policy.version.0,
        }
    }
}

impl From<PolicyRow> for Policy {
    fn from(row: PolicyRow) -> Self {
        Self {
            clients: Some(row.clients),
            ..row.policy.into()
        }
    }
}

impl From<PolicyDraft> for portal::PolicyDraft {
    fn from(draft: PolicyDraft) -> Self {
        Self {
            name: draft.name,
            rate: draft.rate.map(Into::into),
            quota: draft.quota.map(Into::into),
            allow: draft.ip_rules.allow,
            deny: draft.ip_rules.deny,
        }
    }
}

impl From<catalogue::RateLimit> for RateLimit {
    fn from(rate: catalogue::RateLimit) -> Self {
        let per = match rate.per {
            catalogue::RatePeriod::Second => RatePeriod::Second,
            catalogue::RatePeriod::Minute => RatePeriod::Minute,
            catalogue::RatePeriod::Hour => RatePeriod::Hour,
        };
        Self {
            count: rate.count,
            per,
        }
    }
}

impl From<RateLimit> for catalogue::RateLimit {
    fn from(rate: RateLimit) -> Self {
        let per = match rate.per {
            RatePeriod::Second => catalogue::RatePeriod::Second,
            RatePeriod::Minute => catalogue::RatePeriod::Minute,
            RatePeriod::Hour => catalogue::RatePeriod::Hour,
        };
        Self {
            count: rate.count,
            per,
        }
    }
}

impl From<catalogue::Quota> for Quota {
    fn from(quota: catalogue::Quota) -> Self {
        let per = match quota.per {
            catalogue::QuotaPeriod::Hour => QuotaPeriod::Hour,
            catalogue::QuotaPeriod::Day => QuotaPeriod::Day,
            catalogue::QuotaPeriod::Week => QuotaPeriod::Week,
            catalogue::QuotaPeriod::Month => QuotaPeriod::Month,
        };
        Self {
            count: quota.count,
            per,
        }
    }
}

impl From<Quota> for catalogue::Quota {
    fn from(quota: Quota) -> Self {
        let per = match quota.per {
            QuotaPeriod::Hour => catalogue::QuotaPeriod::Hour,
            QuotaPeriod::Day => catalogue::QuotaPeriod::Day,
            QuotaPeriod::Week => catalogue::QuotaPeriod::Week,
            QuotaPeriod::Month => catalogue::QuotaPeriod::Month,
        };
        Self {
            count: quota.count,
            per,
        }
    }
}

impl HasId for Policy {
    fn id(&self) -> &str {
        &self.id
    }
}
