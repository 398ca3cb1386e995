//! Moments in messages, and what is too early or too late.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use jit_domain::values::Timestamp;
use roxmltree::Node;

use super::{
    nodes::attribute,
    refusal::{Reason, Refusal},
};

/// The attribute as a moment: `xs:dateTime`, and "in UTC form, with no time zone component" (core 1.3.3).
pub(super) fn moment(node: Node<'_, '_>, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
    attribute(node, name)
        .map(|text| parse(text, name))
        .transpose()
}

fn parse(text: &str, name: &str) -> Result<Timestamp, Refusal> {
    Some(text)
        .filter(|text| text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T'))
        .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
        .map(|moment| moment.with_timezone(&Utc).trunc_subsecs(6))
        .ok_or_else(|| {
            let expected = format!("{name} such as 2026-01-31T12:00:00Z");
            Refusal::new(Reason::TimestampInvalid, expected, text)
        })
}

/// Our clock, and how far the provider's may be from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) now: Timestamp,
    pub(super) skew: Duration,
}

impl Clock {
    /// Refuses what starts later than now.
    pub(super) fn require_started(self, what: &str, start: Timestamp) -> Result<(), Refusal> {
        if start <= self.now + self.skew {
            return Ok(());
        }
        Err(self.refuse(
            Reason::NotYetValid,
            &format!("{what} not later than"),
            start,
        ))
    }

    /// Refuses what has ended; the end itself no longer counts (core 2.5.1.2: "on or after").
    pub(super) fn require_not_ended(self, what: &str, end: Timestamp) -> Result<(), Refusal> {
        if self.now - self.skew < end {
            return Ok(());
        }
        Err(self.refuse(Reason::Expired, &format!("{what} later than"), end))
    }

    /// Refuses what is older than a login takes, however long its author lets it live.
    pub(super) fn require_fresh(self, issued: Timestamp, longest: Duration) -> Result<(), Refusal> {
        self.require_started("IssueInstant", issued)?;
        if self.now - self.skew <= issued + longest {
            return Ok(());
        }
        let expected = format!("IssueInstant at most {} s before", longest.num_seconds());
        Err(self.refuse(Reason::IssuedTooLongAgo, &expected, issued))
    }

    fn refuse(self, reason: Reason, expected: &str, found: Timestamp) -> Refusal {
        let expected = format!(
            "{expected} {} (give or take {} s)",
            self.now,
            self.skew.num_seconds()
        );
        Refusal::new(reason, expected, found.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_in_utc_and_says_so() {
        let read = |text| parse(text, "NotBefore").map_err(|refusal| refusal.code());
        let noon = DateTime::parse_from_rfc3339("2026-01-31T12:00:00Z")
            .unwrap()
            .to_utc();
        assert_eq!(read("2026-01-31T12:00:00Z"), Ok(noon));
        let finest = read("2026-01-31T12:00:00.1234567Z").unwrap();
        assert_eq!(finest - noon, Duration::microseconds(123_456));
        for odd in [
            "2026-01-31T12:00:00",
            "2026-01-31T13:00:00+01:00",
            "2026-01-31 12:00:00Z",
            "2026-02-30T12:00:00Z",
            "2026-01-31T12:00:00z",
            "Z",
            "",
            "ü026-01-31T12:00:00Z",
        ] {
            assert_eq!(read(odd), Err("timestamp_invalid"), "{odd}");
        }
    }

    #[test]
    fn skew_widens_both_ends_and_the_end_is_exclusive() {
        let now = DateTime::parse_from_rfc3339("2026-01-31T12:00:00Z")
            .unwrap()
            .to_utc();
        let clock = Clock {
            now,
            skew: Duration::seconds(120),
        };
        let second = Duration::seconds(1);
        assert!(clock.require_started("x", now + clock.skew).is_ok());
        assert!(
            clock
                .require_started("x", now + clock.skew + second)
                .is_err()
        );
        assert!(
            clock
                .require_not_ended("x", now - clock.skew + second)
                .is_ok()
        );
        assert!(clock.require_not_ended("x", now - clock.skew).is_err());
        let longest = Duration::seconds(600);
        assert!(
            clock
                .require_fresh(now - clock.skew - longest, longest)
                .is_ok()
        );
        let late = clock.require_fresh(now - clock.skew - longest - second, longest);
        assert_eq!(late.unwrap_err().code(), "issued_too_long_ago");
    }
}
