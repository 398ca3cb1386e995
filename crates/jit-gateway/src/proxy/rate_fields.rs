//! The fields `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11).

use std::cell::Cell;

use http::{HeaderName, HeaderValue};
use jit_domain::{
    catalogue::{Policy, Quota, QuotaPeriod, RateLimit},
    gateway::{LimitReached, Limits},
    ids::ApiClientId,
    values::Timestamp,
};

/// The limits of the policy that refused a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct PolicyLimits {
    rate: Option<RateLimit>,
    quota: Option<Quota>,
}

/// Limits that remember whose they were when they refused: the refusal itself does not say.
pub(super) struct Watched<'a, L> {
    limits: &'a L,
    refused_by: Cell<Option<PolicyLimits>>,
}

impl<'a, L> Watched<'a, L> {
    pub(super) fn new(limits: &'a L) -> Self {
        let refused_by = Cell::new(None);
        Self { limits, refused_by }
    }

    pub(super) fn policy(&self) -> Option<PolicyLimits> {
        self.refused_by.get()
    }
}

impl<L: Limits> Limits for Watched<'_, L> {
    fn consume(
        &self,
        client: ApiClientId,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(), LimitReached> {
        let result = self.limits.consume(client, policy, now);
        if result.is_err() {
            let (rate, quota) = (policy.rate, policy.quota);
            self.refused_by.set(Some(PolicyLimits { rate, quota }));
        }
        result
    }
}

/// Nothing is left of the limit that refused, for so many seconds.
pub(super) fn rate_limit(reached: &LimitReached) -> (HeaderName, HeaderValue) {
    let text = format!(
        "\"{}\";r=0;t={}",
        reached.limit,
        integer(reached.retry_after_seconds)
    );
    let value = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    (HeaderName::from_static("ratelimit"), value)
}

/// All limits of the policy. A month has no length in seconds, so its window is not stated.
pub(super) fn rate_limit_policy(policy: PolicyLimits) -> Option<(HeaderName, HeaderValue)> {
    let rate = policy.rate.map(|rate| {
        let (count, window) = (u64::from(rate.count), Some(rate.per.seconds()));
        item("rate", count, window)
    });
    let quota = policy.quota.map(|quota| {
        let window = match quota.per {
            QuotaPeriod::Hour => Some(3_600),
            QuotaPeriod::Day => Some(86_400),
            QuotaPeriod::Week => Some(604_800),
            QuotaPeriod::Month => None,
        };
        item("quota", quota.count, window)
    });
    let items: Vec<String> = rate.into_iter().chain(quota).collect();
    let value = HeaderValue::try_from(items.join(", ")).ok()?;
    Some((HeaderName::from_static("ratelimit-policy"), value))
}

fn item(name: &str, count: u64, window: Option<u32>) -> String {
    let window = window.map_or_else(String::new, |seconds| format!(";w={seconds}"));
    format!("\"{name}\";q={}{window}", integer(count))
}

/// A structured field's integer has at most 15 digits (RFC 9651 section 3.3.1).
fn integer(number: u64) -> u64 {
    number.min(999_999_999_999_999)
}
