//! The ports that the operating system answers.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use async_trait::async_trait;
use chrono::SubsecRound;
use jit_domain::{
    console::Password,
    error::Source,
    ports::{Clock, PasswordHasher, Random},
    values::Timestamp,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::random;

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everybody else asks"
    )]
    fn now(&self) -> Timestamp {
        chrono::Utc::now().trunc_subsecs(6)
    }
}

/// The random numbers of this machine.
#[derive(Debug, Default)]
pub struct SystemRandom {
    /// The millisecond and the count within it of the id that was made last.
    last: AtomicU64,
}

/// How many bits of an id count within a millisecond.
const COUNT_BITS: u32 = 12;

impl Random for SystemRandom {
    /// Ids of one process ascend even within a millisecond (RFC 9562 section 6.2, method 1),
    /// so that lists and the audit log are in the order in which things happened.
    fn id(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let next = |last: u64| (last + 1).max(millis << COUNT_BITS);
        let last = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(next(last))
            });
        let this = next(last.unwrap_or_else(|last| last));
        let mut rest: [u8; 10] = random::bytes();
        [rest[1], rest[0]] = [this.to_le_bytes()[0], this.to_le_bytes()[1] & 0x0F];
        uuid::Builder::from_unix_timestamp_millis(this >> COUNT_BITS, &rest).into_uuid()
    }

    fn secret(&self) -> [u8; 20] {
        random::bytes()
    }
}

/// Argon2id (RFC 9106) with the default costs of the library: 19 MiB, two passes.
#[derive(Debug, Clone)]
pub struct Argon2Passwords {
    /// A hash takes 19 MiB for a while, so a flood of logins must not run side by side.
    at_once: Arc<Semaphore>,
}

impl Default for Argon2Passwords {
    fn default() -> Self {
        Self {
            at_once: Arc::new(Semaphore::new(2)),
        }
    }
}

/// The hash of a password that nobody has, so that an unknown address takes as long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy1pdA$GkTq2P5CWl4gPMIfQ3XK8dyUzt6ccl7T8J0cJ1a0l0Q";

impl Argon2Passwords {
    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Source> {
        let _permit = self.at_once.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

#[async_trait]
impl PasswordHasher for Argon2Passwords {
    async fn hash(&self, password: Password) -> Result<String, Source> {
        let hashed = self
            .slowly(move || Argon2::default().hash_password(password.reveal().as_bytes()))
            .await?;
        Ok(hashed.map_err(|error| error.to_string())?.to_string())
    }

    async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Source> {
        self.slowly(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let right = Argon2::default()
                .verify_password(password.as_bytes(), hash.as_str())
                .is_ok();
            right && known
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let passwords = Argon2Passwords::default();
        let password = || "correct horse battery".to_owned();
        let hash = passwords
            .hash(Password::parse(password()).unwrap())
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(
            passwords
                .verify(password(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("wrong".to_owned(), Some(hash))
                .await
                .unwrap()
        );
    }

    /// The stand-in must be a real hash, or unknown addresses would be answered faster.
    #[tokio::test]
    async fn the_hash_that_nobody_has_is_well_formed() {
        let parsed = argon2::password_hash::phc::PasswordHash::new(NOBODY).unwrap();
        assert_eq!(parsed.algorithm.as_str(), "argon2id");
        assert!(parsed.hash.is_some() && parsed.salt.is_some());
        assert!(
            !Argon2Passwords::default()
                .verify(String::new(), None)
                .await
                .unwrap()
        );
    }

    #[test]
    fn ids_ascend_within_a_millisecond_and_when_the_clock_stands_still() {
        let (random, now) = (SystemRandom::default(), SystemClock.now());
        let ids: Vec<_> = (0..10_000).map(|_| random.id(now)).collect();
        assert!(ids.is_sorted_by(|before, after| before < after));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        let later = random.id(now + chrono::Duration::seconds(60));
        assert!(later > ids[9_999]);
    }

    #[test]
    fn the_clock_shows_whole_microseconds() {
        use chrono::Timelike;
        assert_eq!(SystemClock.now().nanosecond() % 1000, 0);
    }
}
