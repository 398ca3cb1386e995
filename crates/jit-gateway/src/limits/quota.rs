//! Calls in a window of the UTC calendar.

use chrono::{DateTime, Datelike, Days, Months, NaiveTime, TimeDelta, Timelike, Utc};
use jit_domain::{
    catalogue::{Quota, QuotaPeriod},
    gateway::LimitReached,
    values::Timestamp,
};

use super::usage::whole_seconds;

/// How many calls passed in which window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    window_ends: Timestamp,
    used: u64,
}

impl Count {
    pub(super) fn with_one_more(self, quota: Quota, now: Timestamp) -> Result<Self, LimitReached> {
        // The common call falls into the window that is known, and needs no calendar. A window
        // outlives a clock that was set back, so that nobody gets the same window twice.
        let Self { window_ends, used } = if now < self.window_ends {
            self
        } else {
            let window_ends = end_of_window(quota.per, now);
            Self {
                window_ends,
                used: 0,
            }
        };
        if used >= quota.count {
            let wait = (window_ends - now).num_microseconds().unwrap_or(i64::MAX);
            return Err(LimitReached {
                limit: "quota",
                count: quota.count,
                retry_after_seconds: whole_seconds(i128::from(wait)),
            });
        }
        Ok(Self {
            window_ends,
            used: used + 1,
        })
    }
}

/// When the window with that moment in it is over.
pub(super) fn end_of_window(period: QuotaPeriod, now: Timestamp) -> Timestamp {
    let date = now.date_naive();
    let begins = |date: Option<chrono::NaiveDate>| {
        date.map_or(DateTime::<Utc>::MAX_UTC, |date| {
            date.and_time(NaiveTime::MIN).and_utc()
        })
    };
    match period {
        QuotaPeriod::Hour => {
            let past = TimeDelta::seconds(i64::from(now.minute()) * 60 + i64::from(now.second()))
                + TimeDelta::nanoseconds(i64::from(now.nanosecond()));
            now - past + TimeDelta::hours(1)
        }
        QuotaPeriod::Day => begins(date.checked_add_days(Days::new(1))),
        QuotaPeriod::Week => {
            let past = u64::from(date.weekday().num_days_from_monday());
            begins(date.checked_add_days(Days::new(7 - past)))
        }
        QuotaPeriod::Month => begins(
            date.with_day(1)
                .and_then(|first| first.checked_add_months(Months::new(1))),
        ),
    }
}
