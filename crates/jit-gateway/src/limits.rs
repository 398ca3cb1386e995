//! Counts calls, for one node, in memory.

use std::sync::{Mutex, PoisonError};

use jit_domain::{
    catalogue::Policy,
    gateway::{LimitReached, Limits},
    ids::{ApiClientId, PolicyId},
    values::{Timestamp, Version},
};
use papaya::HashMap;

mod quota;
mod rate;
mod usage;

use usage::Usage;

/// What each client has used of its policy.
///
/// - Rate: a client that was silent for a period may send all `count` calls at once; from then on
///   room for one call comes back every `period / count`. So in any stretch of time `t` at most
///   `count + t * count / period` calls pass (GCRA, as in ITU-T I.371, with a burst of `count`).
/// - Quota: at most `count` calls in each hour, day, week or month of the UTC calendar.
/// - A call that either refuses takes nothing from the other.
///
/// Only clients that called under a policy take up memory, one small entry each, until they go away.
/// Another policy, or another version of it, begins with all its room.
#[derive(Debug, Default)]
pub struct MemoryLimits {
    meters: HashMap<ApiClientId, Meter>,
}

/// Rate and quota must move together or not at all. A lock that is held for some nanoseconds does
/// that as cheaply as two atomic words, without a moment in which one is taken and the other not.
type Meter = Mutex<Metered>;

#[derive(Debug)]
struct Metered {
    policy: (PolicyId, Version),
    usage: Usage,
}

impl Limits for MemoryLimits {
    fn consume(
        &self,
        client: ApiClientId,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(), LimitReached> {
        if policy.rate.is_none() && policy.quota.is_none() {
            return Ok(());
        }
        let key = (policy.id, policy.version);
        let meters = self.meters.pin();
        let meter = meters.get_or_insert_with(client, || {
            let usage = Usage::default();
            Mutex::new(Metered { policy: key, usage })
        });
        // Nothing panics under the lock; and if it did, the counts would still be counts.
        let mut metered = meter.lock().unwrap_or_else(PoisonError::into_inner);
        if metered.policy != key {
            let usage = Usage::default();
            *metered = Metered { policy: key, usage };
        }
        metered.usage = metered.usage.with_one_more(policy, now)?;
        Ok(())
    }
}

impl MemoryLimits {
    /// Lets go of what a client has used, because the client is gone.
    pub(crate) fn forget(&self, client: ApiClientId) {
        self.meters.pin().remove(&client);
    }

    /// How many clients have an entry.
    pub fn entries(&self) -> usize {
        self.meters.len()
    }
}

#[cfg(test)]
mod tests;
