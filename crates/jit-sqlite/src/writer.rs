//! One thread writes. Commits that wait while the disk works share the next transaction and the next flush.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::{Duration, Instant},
};

use jit_domain::{change::Commit, error::StoreError};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use crate::{
    commit::apply,
    error::{Failure, SqliteError},
};

/// Takes the write lock at once: a transaction that reads first could not get it later.
pub(crate) const BEGIN: &str = "BEGIN IMMEDIATE";

/// How many commits may wait; more wait to wait.
const QUEUE: usize = 1024;
/// How many commits share a transaction at most.
const BATCH: usize = 64;
/// How long a transaction takes in commits that came after its begin, besides those that waited for it.
const OPEN_FOR: Duration = Duration::from_millis(2);
/// How often a transaction is repeated because another process writes.
pub(crate) const REPEATS: u32 = 10;

type Verdict = Result<(), StoreError>;

/// Hands commits to the thread that writes. It ends when the last clone is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Writer(mpsc::Sender<Job>);

#[derive(Debug)]
struct Job {
    commit: Commit,
    answer: oneshot::Sender<Verdict>,
}

impl Writer {
    pub(crate) fn spawn(pool: SqlitePool) -> Self {
        let (sender, mut jobs) = mpsc::channel(QUEUE);
        let runtime = tokio::runtime::Handle::current();
        // A thread of its own saves half of the way to the thread of the connection and back.
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let mut batch = Vec::new();
                while jobs.recv_many(&mut batch, BATCH).await > 0 {
                    settle(&pool, std::mem::take(&mut batch), &mut jobs).await;
                }
            });
        });
        Self(sender)
    }

    /// Answers when the commit is durable. If the caller goes away meanwhile it may be applied all the same.
    pub(crate) async fn commit(&self, commit: Commit) -> Verdict {
        let (answer, verdict) = oneshot::channel();
        let job = Job { commit, answer };
        self.0
            .send(job)
            .await
            .map_err(|_| SqliteError::WriterEnded)?;
        verdict.await.map_err(|_| SqliteError::WriterEnded)?
    }
}

/// Why a whole transaction failed.
#[derive(Debug)]
enum Broken {
    /// One of its commits is in conflict.
    Conflict,
    /// Another process writes.
    Busy(SqliteError),
    /// It was rolled back before its end.
    Applying(SqliteError),
    /// Whether it is durable is not known.
    Flushing(SqliteError),
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflict => Self::Conflict,
            Failure::Busy(error) => Self::Busy(error),
            Failure::Other(error) => Self::Applying(error),
        }
    }
}

impl From<sqlx::Error> for Broken {
    fn from(error: sqlx::Error) -> Self {
        Failure::from(error).into()
    }
}

/// How the commits of a transaction stand beside each other.
#[derive(Clone, Copy)]
enum Together {
    /// A conflict of one takes back all. Cheap, and nearly always enough.
    AllOrNone,
    /// Each behind a savepoint: a conflict takes back that one alone.
    EachForItself,
}

/// Applies a batch and answers everybody in it.
async fn settle(pool: &SqlitePool, mut batch: Vec<Job>, jobs: &mut mpsc::Receiver<Job>) {
    let mut outcome = patiently(pool, &mut batch, Together::AllOrNone, Some(jobs)).await;
    if batch.len() > 1 && matches!(outcome, Err(Broken::Conflict)) {
        outcome = patiently(pool, &mut batch, Together::EachForItself, None).await;
    }
    if batch.len() > 1 && matches!(outcome, Err(Broken::Applying(_))) {
        // One of them cannot work: only that one fails.
        for job in batch {
            let mut alone = vec![job];
            let outcome = patiently(pool, &mut alone, Together::AllOrNone, None).await;
            answer(alone, outcome);
        }
    } else {
        answer(batch, outcome);
    }
}

fn answer(batch: Vec<Job>, outcome: Result<Vec<Verdict>, Broken>) {
    let verdicts = outcome.unwrap_or_else(|broken| match broken {
        Broken::Conflict => batch.iter().map(|_| Err(StoreError::Conflict)).collect(),
        Broken::Busy(why) | Broken::Applying(why) | Broken::Flushing(why) => {
            let why = Arc::new(why);
            let unavailable = |_| Err(StoreError::Unavailable(Arc::clone(&why).into()));
            batch.iter().map(unavailable).collect()
        }
    });
    for (job, verdict) in batch.into_iter().zip(verdicts) {
        // An error means that nobody waits for the answer any more.
        let _gone = job.answer.send(verdict);
    }
}

/// Repeats while another process writes.
async fn patiently(
    pool: &SqlitePool,
    batch: &mut Vec<Job>,
    together: Together,
    mut jobs: Option<&mut mpsc::Receiver<Job>>,
) -> Result<Vec<Verdict>, Broken> {
    let mut attempt = 1;
    loop {
        match transact(pool, batch, together, jobs.as_deref_mut()).await {
            Err(Broken::Busy(error)) if attempt <= REPEATS => {
                tracing::debug!(attempt, %error, "another process writes");
                // The thread has nothing else to do.
                std::thread::sleep(pause(attempt));
            }
            outcome => return outcome,
        }
        attempt += 1;
    }
}

async fn transact(
    pool: &SqlitePool,
    batch: &mut Vec<Job>,
    together: Together,
    mut jobs: Option<&mut mpsc::Receiver<Job>>,
) -> Result<Vec<Verdict>, Broken> {
    let mut all = pool.begin_with(BEGIN).await?;
    let begun = Instant::now();
    let mut verdicts = Vec::new();
    loop {
        while let Some(job) = batch.get(verdicts.len()) {
            verdicts.push(match together {
                Together::AllOrNone => Ok(apply(&mut all, &job.commit).await?),
                Together::EachForItself => apply_alone(&mut all, &job.commit).await?,
            });
        }
        if batch.len() >= BATCH || begun.elapsed() > OPEN_FOR {
            break;
        }
        match jobs.as_deref_mut().and_then(|jobs| jobs.try_recv().ok()) {
            Some(job) => batch.push(job),
            None => break,
        }
    }
    match all.commit().await.map_err(Broken::from) {
        Ok(()) => Ok(verdicts),
        Err(Broken::Applying(error)) => Err(Broken::Flushing(error)),
        Err(broken) => Err(broken),
    }
}

async fn apply_alone(all: &mut SqliteConnection, commit: &Commit) -> Result<Verdict, Broken> {
    let mut one = all.begin().await?;
    match apply(&mut one, commit).await {
        Ok(()) => {
            one.commit().await?;
            Ok(Ok(()))
        }
        Err(Failure::Conflict) => {
            one.rollback().await?;
            Ok(Err(StoreError::Conflict))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Longer each time, and not the same for two processes.
pub(crate) fn pause(attempt: u32) -> Duration {
    let jitter = u32::try_from(RandomState::new().hash_one(attempt) % 1_000).unwrap_or_default();
    Duration::from_micros(u64::from(attempt * (500 + jitter)))
}

#[cfg(test)]
mod tests {
    use jit_domain::change::{Change, Ref};
    use jit_domain::{ids::WorkspaceId, values::Version};
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
    use uuid::Uuid;

    use super::*;

    fn commit(changes: Vec<Change>) -> Commit {
        Commit {
            workspace: WorkspaceId::new(Uuid::max()),
            changes,
            events: vec![],
        }
    }

    #[tokio::test]
    async fn a_database_that_stays_busy_is_given_up_and_the_next_commit_tried() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("portal.db"))
            .create_if_missing(true)
            .busy_timeout(Duration::ZERO);
        let pool = || {
            SqlitePoolOptions::new()
                .max_connections(1)
                .connect_with(options.clone())
        };
        let (ours, other) = (pool().await.unwrap(), pool().await.unwrap());
        let writer = Writer::spawn(ours);

        let lock = other.begin_with(BEGIN).await.unwrap();
        let refusal = writer.commit(commit(vec![])).await.unwrap_err();
        assert!(matches!(refusal, StoreError::Unavailable(_)), "{refusal:?}");

        lock.rollback().await.unwrap();
        writer.commit(commit(vec![])).await.unwrap();
    }

    /// R13: whoever shares a transaction with a commit that cannot work gets an answer of their own.
    #[tokio::test]
    async fn a_commit_that_breaks_the_transaction_fails_alone() {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        let no_such_table = Ref::JitSettings(WorkspaceId::new(Uuid::max()));
        let bad = commit(vec![Change::Unchanged(no_such_table, Version(1))]);
        let (sender, mut jobs) = mpsc::channel(9);
        let mut verdicts = Vec::new();
        for commit in [commit(vec![]), bad, commit(vec![])] {
            let (answer, verdict) = oneshot::channel();
            sender.send(Job { commit, answer }).await.unwrap();
            verdicts.push(verdict);
        }
        drop(sender);
        while let Some(first) = jobs.recv().await {
            settle(&pool, vec![first], &mut jobs).await;
        }
        let mut applied = Vec::new();
        for verdict in verdicts {
            applied.push(verdict.await.unwrap().is_ok());
        }
        assert_eq!(applied, [true, false, true]);
    }
}
