//! The words of the portal for the values of the domain.

use jit_domain::catalogue::Policy;

pub(super) use crate::pages::admin::words::{client, credential, method, request};
use crate::pages::admin::words::{number, quota_period, rate_period};

/// "60 calls a minute, 50,000 calls a month"
pub(super) fn limits(policy: Option<&Policy>) -> String {
    let rate = policy
        .and_then(|policy| policy.rate)
        .map(|rate| calls(rate.count.into(), rate_period(rate.per)));
    let quota = policy
        .and_then(|policy| policy.quota)
        .map(|quota| calls(quota.count, quota_period(quota.per)));
    let all: Vec<_> = rate.into_iter().chain(quota).collect();
    if all.is_empty() {
        "No limits".to_owned()
    } else {
        all.join(", ")
    }
}

/// "Standard – 60 calls a minute"
pub(super) fn policy(policy: Option<&Policy>) -> String {
    match policy {
        Some(named) => format!("{} – {}", named.name, limits(policy).to_lowercase()),
        None => limits(None),
    }
}

fn calls(count: u64, per: &str) -> String {
    let word = if count == 1 { "call" } else { "calls" };
    format!(
        "{} {word} {} {per}",
        number(count),
        if per == "hour" { "an" } else { "a" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_a_sentence() {
        assert_eq!(calls(50_000, "month"), "50,000 calls a month");
        assert_eq!(calls(1, "hour"), "1 call an hour");
        assert_eq!(limits(None), "No limits");
    }
}
