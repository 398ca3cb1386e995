//! Slows down those who guess passwords, and those who begin logins that they never finish.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use jit_domain::ids::IdpConnectionId;

use governor::{
    Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, clock::QuantaInstant,
    state::keyed::DashMapStateStore,
};

/// Counts failed and successful logins alike: ten at once, then one every six seconds,
/// for each address that they come from and for each account that they name.
pub struct Guesses {
    by_ip: Keyed<IpAddr>,
    by_account: Keyed<String>,
    logins: Keyed<IpAddr>,
    responses: Keyed<IpAddr>,
    refreshes: Keyed<IdpConnectionId>,
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock>;

impl Default for Guesses {
    fn default() -> Self {
        let quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(9));
        Self {
            by_ip: RateLimiter::keyed(quota),
            by_account: RateLimiter::keyed(quota),
            logins: RateLimiter::keyed(logins()),
            responses: RateLimiter::keyed(logins()),
            refreshes: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
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
        if let Some(ip) = ip {
            self.by_ip.check_key(&ip).map_err(wait)?;
        }
        self.by_account.check_key(&account).map_err(wait)
    }

    /// Takes one begin of a login at an identity provider, or says after how many seconds there is room again.
    ///
    /// Each begin is stored for a quarter of an hour, and anybody may begin one: without a limit one stranger
    /// fills the disk. There is room for an office full of people behind one address.
    pub fn login(&self, ip: Option<IpAddr>) -> Result<(), u64> {
        by_network(&self.logins, ip)
    }

    /// Takes one answer of an identity provider: each leaves a line in the log of sign-ins, whoever wrote it.
    pub fn response(&self, ip: Option<IpAddr>) -> Result<(), u64> {
        by_network(&self.responses, ip)
    }

    /// Whether the metadata of a connection may be read because a signature was made with an unknown key:
    /// once a minute, for anybody may write such a signature.
    pub fn refresh(&self, connection: IdpConnectionId) -> bool {
        self.refreshes.check_key(&connection).is_ok()
    }
}

fn by_network(limiter: &Keyed<IpAddr>, ip: Option<IpAddr>) -> Result<(), u64> {
    let Some(ip) = ip else { return Ok(()) };
    if limiter.len() > 10_000 {
        limiter.retain_recent();
    }
    limiter.check_key(&network(ip)).map_err(wait)
}

/// A thousand at once, then two a second.
fn logins() -> Quota {
    let (at_once, a_second) = (
        NonZeroU32::MIN.saturating_add(999),
        NonZeroU32::MIN.saturating_add(1),
    );
    Quota::per_second(a_second).allow_burst(at_once)
}

/// One subscriber has a whole /64 of IPv6 addresses.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.into(),
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

fn wait(not_until: governor::NotUntil<QuantaInstant>) -> u64 {
    not_until
        .wait_time_from(DefaultClock::default().now())
        .as_secs()
        + 1
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

    #[test]
    fn one_subscriber_begins_a_thousand_logins_and_then_waits() {
        let guesses = Guesses::default();
        let ip = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]));
        for n in 0..1000 {
            assert_eq!(guesses.login(ip(n)), Ok(()));
        }
        assert_eq!(guesses.login(ip(1000)), Err(1));
        assert_eq!(guesses.login(Some(IpAddr::from([192, 0, 2, 1]))), Ok(()));
    }
}
