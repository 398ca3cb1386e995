//! Slows down those who guess passwords.

use std::{net::IpAddr, num::NonZeroU32};

use governor::{
    Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DashMapStateStore,
};

/// Counts failed and successful logins alike: ten at once, then one every six seconds,
/// for each address that they come from and for each account that they name.
pub struct Guesses {
    by_ip: Keyed<IpAddr>,
    by_account: Keyed<String>,
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock>;

impl Default for Guesses {
    fn default() -> Self {
        let quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(9));
        Self {
            by_ip: RateLimiter::keyed(quota),
            by_account: RateLimiter::keyed(quota),
        }
    }
}

impl Guesses {
    /// Takes one attempt, or says after how many seconds there is room again.
    pub fn attempt(&self, ip: Option<IpAddr>, account: &str) -> Result<(), u64> {
        // Memory stays bounded: whoever has been quiet for the whole period is forgotten.
        if self.by_ip.len() + self.by_account.len() > 10_000 {
            self.by_ip.retain_recent();
            self.by_account.retain_recent();
        }
        let account: String = account.trim().to_lowercase().chars().take(254).collect();
        let wait = |not_until: governor::NotUntil<_>| {
            not_until
                .wait_time_from(DefaultClock::default().now())
                .as_secs()
                + 1
        };
        if let Some(ip) = ip {
            self.by_ip.check_key(&ip).map_err(wait)?;
        }
        self.by_account.check_key(&account).map_err(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_guess_at_one_account_waits_whatever_its_address() {
        let guesses = Guesses::default();
        for n in 0..10u8 {
            let ip = IpAddr::from([192, 0, 2, n]);
            assert_eq!(guesses.attempt(Some(ip), "alex@acme.example"), Ok(()));
        }
        let wait = guesses.attempt(Some(IpAddr::from([192, 0, 2, 99])), " ALEX@acme.example");
        assert!(wait.is_err_and(|seconds| (1..=7).contains(&seconds)));
        assert_eq!(
            guesses.attempt(Some(IpAddr::from([192, 0, 2, 99])), "noor@acme.example"),
            Ok(())
        );
    }
}
