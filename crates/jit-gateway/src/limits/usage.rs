//! Rate and quota of one client together.

use jit_domain::{catalogue::Policy, gateway::LimitReached, values::Timestamp};

use super::{quota, rate};

/// What one client has used of one version of one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Usage {
    rate: rate::Level,
    quota: quota::Count,
}

impl Usage {
    /// The usage after one more call, or which limit has no room for it.
    ///
    /// If neither has, the answer names the quota: its wait is as a rule the longer one.
    pub(super) fn with_one_more(
        self,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Self, LimitReached> {
        let quota = match policy.quota {
            Some(limit) => self.quota.with_one_more(limit, now)?,
            None => self.quota,
        };
        let rate = match policy.rate {
            Some(limit) => self.rate.with_one_more(limit, now)?,
            None => self.rate,
        };
        Ok(Self { rate, quota })
    }
}

/// Whole seconds that a caller should wait, at least one.
pub(super) fn whole_seconds(micros: i128) -> u64 {
    let seconds = micros.max(1).unsigned_abs().div_ceil(1_000_000);
    u64::try_from(seconds).unwrap_or(u64::MAX)
}
