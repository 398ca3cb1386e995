use anyhow::Context;
use jit_domain::{
    Portal,
    catalogue::{Quota, QuotaPeriod, RateLimit, RatePeriod},
    console::ConsoleCaller,
    portal::PolicyDraft,
};

/// This machine, and the networks that stand for others in documentation (RFC 5737, RFC 3849).
const PARTNER_NETWORKS: [&str; 6] = [
    "127.0.0.0/8",
    "::1/128",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "2001:db8::/32",
];

/// Makes the policies that are missing.
pub(super) async fn make(portal: &Portal, caller: &ConsoleCaller) -> anyhow::Result<()> {
    let present = portal.list_policies(caller).await?;
    for draft in drafts() {
        if present
            .iter()
            .all(|row| row.policy.name.as_str() != draft.name)
        {
            let made = portal.create_policy(caller, &draft).await;
            made.with_context(|| draft.name.clone())?;
        }
    }
    Ok(())
}

fn drafts() -> [PolicyDraft; 3] {
    let draft = |name: &str, calls_a_minute, calls_a_month: Option<u64>| PolicyDraft {
        name: name.to_owned(),
        rate: Some(RateLimit {
            count: calls_a_minute,
            per: RatePeriod::Minute,
        }),
        quota: calls_a_month.map(|count| Quota {
            count,
            per: QuotaPeriod::Month,
        }),
        ..PolicyDraft::default()
    };
    [
        draft("Standard", 60, Some(50_000)),
        draft("Trial", 10, Some(1_000)),
        PolicyDraft {
            allow: PARTNER_NETWORKS.map(str::to_owned).to_vec(),
            ..draft("Partner", 600, None)
        },
    ]
}
