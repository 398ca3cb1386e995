use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration};
use jit_domain::{ports::Clock, values::Timestamp};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct FixedClock {
    microseconds: AtomicI64,
}

impl FixedClock {
    /// A clock that shows that moment.
    pub fn at(moment: Timestamp) -> Self {
        Self {
            microseconds: AtomicI64::new(moment.timestamp_micros()),
        }
    }

    /// Moves the clock, backwards too, and gives the new moment.
    pub fn advance(&self, by: Duration) -> Timestamp {
        let by = by.num_microseconds().unwrap_or(i64::MAX);
        let before = self.microseconds.fetch_add(by, Ordering::SeqCst);
        moment(before.wrapping_add(by))
    }

    /// Sets the clock to that moment.
    pub fn set(&self, to: Timestamp) {
        self.microseconds
            .store(to.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Default for FixedClock {
    /// 2 January 2026, some minutes after three, with microseconds that are not whole milliseconds.
    fn default() -> Self {
        Self {
            microseconds: AtomicI64::new(1_767_323_045_678_901),
        }
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        moment(self.microseconds.load(Ordering::SeqCst))
    }
}

fn moment(microseconds: i64) -> Timestamp {
    DateTime::from_timestamp_micros(microseconds).unwrap_or(DateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_moves_only_when_told() {
        let clock = FixedClock::default();
        let start = clock.now();
        assert_eq!(clock.now(), start);
        let later = clock.advance(Duration::hours(8));
        assert_eq!((later - start, clock.now()), (Duration::hours(8), later));
        clock.set(start);
        assert_eq!(clock.now(), start);
    }
}
