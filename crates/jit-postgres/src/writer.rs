//! A transaction for each commit, repeated when somebody was in the way, and looked for when its answer was lost.

use std::{
    future::Future,
    hash::{BuildHasher, RandomState},
    time::{Duration, Instant},
};

use jit_domain::{change::Commit, error::StoreError};
use sqlx::PgPool;
use tokio::time::sleep;

use crate::{
    commit::{append_again, apply, is_applied},
    error::{Failure, PostgresError, is_transient, leaves_doubt},
};

/// How often something is repeated at most.
const REPEATS: u32 = 10;
/// The longest pause between two attempts; a server that was restarted is back before the last of them.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// A change that took longer from its number to the answer is written again. Readers of the changelog take
/// for settled what is twice as old (`reads/gateway.rs`).
const LATE: Duration = Duration::from_secs(1);

/// Why an attempt has no good end.
enum Broken {
    /// The decision relied on something that is not so.
    Conflict,
    /// It was rolled back; repeating helps.
    Transient(sqlx::Error),
    /// It was rolled back; repeating does not help.
    Applying(PostgresError),
    /// `COMMIT` was sent, and what became of it is not known.
    Unknown(sqlx::Error),
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflict => Self::Conflict,
            Failure::Transient(error) => Self::Transient(error),
            Failure::Other(error) => Self::Applying(error),
        }
    }
}

/// Answers when the commit is durable.
pub(crate) async fn commit(pool: &PgPool, commit: &Commit) -> Result<(), StoreError> {
    // Since when the first attempt that may have been applied for all we know had numbers in the changelog.
    let mut in_doubt = None;
    let mut attempt = 1;
    loop {
        let mut numbered = Instant::now();
        let broken = match transact(pool, commit, &mut numbered).await {
            Ok(()) => return announce(pool, commit, in_doubt.unwrap_or(numbered)).await,
            Err(broken) => broken,
        };
        if matches!(broken, Broken::Unknown(_)) {
            in_doubt.get_or_insert(numbered);
        }
        // Also after a conflict: it may be one with our own attempt, which came through only now.
        if let Some(since) = in_doubt
            && is_applied(pool, commit).await?
        {
            return announce(pool, commit, since).await;
        }
        match broken {
            Broken::Transient(error) | Broken::Unknown(error) if attempt <= REPEATS => {
                tracing::debug!(attempt, %error, "a commit is repeated");
            }
            Broken::Transient(error) | Broken::Unknown(error) => {
                return Err(PostgresError::from(error).into());
            }
            Broken::Applying(error) => return Err(error.into()),
            Broken::Conflict => return Err(StoreError::Conflict),
        }
        sleep(pause(attempt)).await;
        attempt += 1;
    }
}

async fn transact(pool: &PgPool, commit: &Commit, numbered: &mut Instant) -> Result<(), Broken> {
    let mut all = pool.begin().await.map_err(Failure::from)?;
    *numbered = apply(&mut all, commit).await?;
    match all.commit().await {
        Err(error) if leaves_doubt(&error) => Err(Broken::Unknown(error)),
        outcome => Ok(outcome.map_err(Failure::from)?),
    }
}

/// Makes sure that nobody who follows the changelog has gone past the numbers of the commit before they
/// could be seen.
async fn announce(pool: &PgPool, commit: &Commit, numbered: Instant) -> Result<(), StoreError> {
    let changes = commit.gateway_changes();
    let mut written = numbered;
    let mut attempt = 1;
    let mut failure = None;
    while !changes.is_empty() && written.elapsed() > LATE {
        if attempt > REPEATS {
            return Err(PostgresError::Unannounced(failure).into());
        }
        tracing::debug!(attempt, "a commit was slow; its changes are written again");
        let now = Instant::now();
        match append_again(pool, commit.workspace, &changes).await {
            Ok(()) => written = now,
            Err(error) => {
                failure = Some(error);
                sleep(pause(attempt)).await;
            }
        }
        attempt += 1;
    }
    Ok(())
}

/// Repeats what changes nothing.
pub(crate) async fn patiently<T, F>(read: impl Fn() -> F) -> Result<T, sqlx::Error>
where
    F: Future<Output = Result<T, sqlx::Error>>,
{
    let mut attempt = 1;
    loop {
        match read().await {
            Err(error) if is_transient(&error) && attempt <= REPEATS => {
                tracing::debug!(attempt, %error, "a read is repeated");
                sleep(pause(attempt)).await;
            }
            outcome => return outcome,
        }
        attempt += 1;
    }
}

/// Longer each time, and not the same for two that were in each other's way.
fn pause(attempt: u32) -> Duration {
    let longest = LONGEST_PAUSE.min(Duration::from_millis(1 << attempt.min(16)));
    let micros = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX);
    let jitter = RandomState::new().hash_one(attempt) % (micros / 2);
    Duration::from_micros(micros - jitter)
}

#[cfg(test)]
mod tests {
    use jit_domain::{
        change::{Change, GatewayChange},
        ports::{GatewayRepository, Store},
    };
    use jit_testkit::{
        fixtures::Fixtures,
        postgres_server::{Durability, PostgresServer},
    };

    use super::*;
    use crate::PostgresStore;

    /// R28: readers may have gone past the first number by the time that it could be seen.
    #[tokio::test]
    async fn the_changes_of_a_slow_commit_are_written_again_before_it_is_answered() {
        let server = PostgresServer::start(Durability::None).unwrap();
        server.create_database("portal", None).unwrap();
        let store = PostgresStore::open(&server.url("portal")).await.unwrap();
        let make = Fixtures::default();
        let policy = make.policy("Standard");
        let seen = GatewayChange::Policy(policy.id);
        let commit = make.commit([Change::put(policy)]);
        store.commit(&commit).await.unwrap();

        let (soon, late) = (
            Instant::now(),
            Instant::now().checked_sub(LATE * 2).unwrap(),
        );
        for (numbered, times) in [(soon, 1), (late, 2)] {
            announce(store.pool(), &commit, numbered).await.unwrap();
            let changes = store.list_gateway_changes(make.workspace_id(), 0).await;
            let changes = changes.unwrap().changes;
            assert!(changes.iter().all(|(_, change)| *change == seen));
            assert_eq!(changes.len(), times);
        }
        store.close().await;
    }

    #[test]
    fn pauses_become_longer_to_a_limit() {
        assert!(pause(1) <= Duration::from_millis(2));
        let last = pause(REPEATS);
        assert!(
            last <= LONGEST_PAUSE && last >= LONGEST_PAUSE / 2,
            "{last:?}"
        );
    }
}
