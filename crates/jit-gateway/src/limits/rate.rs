//! The generic cell rate algorithm, exact in integers.

use jit_domain::{catalogue::RateLimit, gateway::LimitReached, values::Timestamp};

use super::usage::whole_seconds;

/// When the client would be as if it had been silent for ever, in microseconds times the limit's
/// count: in that unit one call takes exactly one period, whatever the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level(i128);

impl Default for Level {
    fn default() -> Self {
        Self(i128::MIN)
    }
}

impl Level {
    pub(super) fn with_one_more(
        self,
        limit: RateLimit,
        now: Timestamp,
    ) -> Result<Self, LimitReached> {
        let count = i128::from(limit.count.max(1));
        let one_call = i128::from(limit.per.seconds()) * 1_000_000;
        let now = i128::from(now.timestamp_micros()) * count;
        let full = now + one_call * count;
        // More than full means that the clock was set back; nobody waits for it to come round again.
        let level = self.0.clamp(now, full) + one_call;
        if level > full {
            let micros = (level - full + count - 1) / count;
            return Err(LimitReached {
                limit: "rate",
                count: u64::from(limit.count),
                retry_after_seconds: whole_seconds(micros),
            });
        }
        Ok(Self(level))
    }
}
