use chrono::{DateTime, TimeDelta};
use jit_domain::{
    catalogue::{Quota, QuotaPeriod, RateLimit, RatePeriod},
    clients::IpRules,
    ids::WorkspaceId,
    values::Name,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{quota::end_of_window, *};

fn at(text: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn policy(rate: Option<RateLimit>, quota: Option<Quota>) -> Policy {
    Policy {
        id: PolicyId::new(Uuid::from_u128(1)),
        workspace: WorkspaceId::new(Uuid::nil()),
        version: Version::FIRST,
        name: Name::restore("Standard".into()),
        rate,
        quota,
        ip_rules: IpRules::default(),
        created_at: at("2026-01-01T00:00:00Z"),
    }
}

fn rate(count: u32, per: RatePeriod) -> Policy {
    policy(Some(RateLimit { count, per }), None)
}

fn quota(count: u64, per: QuotaPeriod) -> Policy {
    policy(None, Some(Quota { count, per }))
}

fn client(n: u128) -> ApiClientId {
    ApiClientId::new(Uuid::from_u128(n))
}

proptest! {
    /// R26: the burst rule, for any calls at any times, for calls that come in order or not.
    #[test]
    fn in_any_stretch_of_time_no_more_pass_than_the_burst_and_what_came_back(
        count in 1u32..50,
        per in prop_oneof![Just(RatePeriod::Second), Just(RatePeriod::Minute), Just(RatePeriod::Hour)],
        gaps in prop::collection::vec(prop_oneof![3 => Just(0i64), 2 => 0i64..50_000, 1 => 0i64..90_000_000], 1..300),
    ) {
        let policy = rate(count, per);
        let period = i64::from(per.seconds()) * 1_000_000;
        let mut usage = Usage::default();
        let mut now = at("2026-11-24T08:00:00Z");
        let mut passed: Vec<i64> = Vec::new();
        for gap in gaps {
            now += TimeDelta::microseconds(gap);
            match usage.with_one_more(&policy, now) {
                Ok(after) => {
                    usage = after;
                    passed.push(now.timestamp_micros());
                }
                Err(full) => {
                    let later = now + TimeDelta::seconds(i64::try_from(full.retry_after_seconds).unwrap());
                    prop_assert!(usage.with_one_more(&policy, later).is_ok(), "the wait was long enough");
                }
            }
        }
        for (first, from) in passed.iter().enumerate() {
            for (last, to) in passed.iter().enumerate().skip(first) {
                let came_back = (to - from) * i64::from(count) / period;
                let allowed = i64::from(count) + came_back;
                prop_assert!(i64::try_from(last - first + 1).unwrap() <= allowed);
            }
        }
    }

    /// R26: a quota is exact in every window of the calendar.
    #[test]
    fn in_no_window_more_pass_than_the_quota(
        count in 1u64..20,
        per in prop_oneof![Just(QuotaPeriod::Hour), Just(QuotaPeriod::Day), Just(QuotaPeriod::Week), Just(QuotaPeriod::Month)],
        gaps in prop::collection::vec(0i64..40_000, 1..300),
    ) {
        let policy = quota(count, per);
        let mut usage = Usage::default();
        let mut now = at("2026-11-24T08:00:00Z");
        let mut passed = std::collections::BTreeMap::<Timestamp, u64>::new();
        let mut asked = passed.clone();
        for gap in gaps {
            now += TimeDelta::seconds(gap);
            *asked.entry(end_of_window(per, now)).or_default() += 1;
            if let Ok(after) = usage.with_one_more(&policy, now) {
                usage = after;
                *passed.entry(end_of_window(per, now)).or_default() += 1;
            }
        }
        for (window, asked) in asked {
            prop_assert_eq!(passed.get(&window).copied().unwrap_or(0), asked.min(count));
        }
    }

    /// R26: whichever limit refuses, the other one has as much room as before.
    #[test]
    fn a_refusal_consumes_nothing(calls in prop::collection::vec(0i64..3_000_000, 1..200)) {
        let both = policy(
            Some(RateLimit { count: 3, per: RatePeriod::Second }),
            Some(Quota { count: 40, per: QuotaPeriod::Hour }),
        );
        let limits = MemoryLimits::default();
        let mut now = at("2026-11-24T08:00:00Z");
        let mut usage = Usage::default();
        for gap in calls {
            now += TimeDelta::microseconds(gap);
            let expected = usage.with_one_more(&both, now);
            prop_assert_eq!(limits.consume(client(1), &both, now), expected.map(|_| ()));
            // A refused call leaves the model as it was, and the limits must keep agreeing with it.
            usage = expected.unwrap_or(usage);
        }
    }
}

#[test]
fn a_silent_client_may_send_its_whole_count_at_once() {
    let (limits, policy, now) = (
        MemoryLimits::default(),
        rate(100, RatePeriod::Minute),
        at("2026-11-24T08:00:00Z"),
    );
    for _ in 0..100 {
        assert_eq!(limits.consume(client(1), &policy, now), Ok(()));
    }
    let full = limits.consume(client(1), &policy, now).unwrap_err();
    assert_eq!(
        (full.limit, full.count, full.retry_after_seconds),
        ("rate", 100, 1)
    );
    assert_eq!(
        limits.consume(client(2), &policy, now),
        Ok(()),
        "others have their own room"
    );
    let next = now + TimeDelta::milliseconds(600);
    assert_eq!(limits.consume(client(1), &policy, next), Ok(()));
    assert!(limits.consume(client(1), &policy, next).is_err());
}

#[test]
fn the_largest_count_does_not_overflow() {
    let policy = rate(u32::MAX, RatePeriod::Hour);
    let now = at("9999-12-31T23:59:59Z");
    assert!(Usage::default().with_one_more(&policy, now).is_ok());
    let policy = quota(u64::MAX, QuotaPeriod::Month);
    assert!(Usage::default().with_one_more(&policy, now).is_ok());
}

#[test]
fn a_clock_that_was_set_back_neither_locks_out_nor_gives_a_window_twice() {
    let now = at("2026-11-24T08:59:59Z");
    let earlier = now - TimeDelta::hours(3);
    let limits = MemoryLimits::default();
    let per_second = rate(1, RatePeriod::Second);
    assert!(limits.consume(client(1), &per_second, now).is_ok());
    let full = limits.consume(client(1), &per_second, earlier).unwrap_err();
    assert_eq!(full.retry_after_seconds, 1);

    let once = quota(1, QuotaPeriod::Hour);
    assert!(limits.consume(client(2), &once, now).is_ok());
    assert!(limits.consume(client(2), &once, earlier).is_err());
}

#[test]
fn windows_are_those_of_the_calendar() {
    for (per, now, end) in [
        (
            QuotaPeriod::Hour,
            "2026-11-24T08:59:59.999999Z",
            "2026-11-24T09:00:00Z",
        ),
        (
            QuotaPeriod::Day,
            "2026-11-24T00:00:00Z",
            "2026-11-25T00:00:00Z",
        ),
        (
            QuotaPeriod::Week,
            "2026-11-23T00:00:00Z",
            "2026-11-30T00:00:00Z",
        ),
        (
            QuotaPeriod::Week,
            "2026-11-29T23:59:59Z",
            "2026-11-30T00:00:00Z",
        ),
        (
            QuotaPeriod::Month,
            "2026-12-31T23:59:59Z",
            "2027-01-01T00:00:00Z",
        ),
        (
            QuotaPeriod::Month,
            "2028-02-29T12:00:00Z",
            "2028-03-01T00:00:00Z",
        ),
    ] {
        assert_eq!(end_of_window(per, at(now)), at(end), "{per:?} {now}");
    }
}

#[test]
fn a_new_version_of_the_policy_begins_with_all_its_room() {
    let (limits, now) = (MemoryLimits::default(), at("2026-11-24T08:00:00Z"));
    let mut policy = quota(1, QuotaPeriod::Day);
    assert!(limits.consume(client(1), &policy, now).is_ok());
    assert!(limits.consume(client(1), &policy, now).is_err());
    policy.version = policy.version.next();
    assert!(limits.consume(client(1), &policy, now).is_ok());
    assert_eq!(limits.entries(), 1, "the old version's entry is gone");
    limits.forget(client(1));
    assert_eq!(limits.entries(), 0);
}

#[test]
fn a_policy_without_limits_takes_no_memory() {
    let limits = MemoryLimits::default();
    let now = at("2026-11-24T08:00:00Z");
    assert!(limits.consume(client(1), &policy(None, None), now).is_ok());
    assert_eq!(limits.entries(), 0);
}

/// R26: exact with many threads at once.
#[test]
fn threads_together_get_no_more_than_one_alone() {
    let (limits, policy, now) = (
        MemoryLimits::default(),
        quota(1_000, QuotaPeriod::Day),
        at("2026-11-24T08:00:00Z"),
    );
    let passed: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    (0..500)
                        .filter(|_| limits.consume(client(1), &policy, now).is_ok())
                        .count()
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    assert_eq!(passed, 1_000);
}
