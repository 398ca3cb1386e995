//! Keeps the snapshot fresh, and says so when it is not.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jit_domain::{
    change::GatewayChange,
    error::StoreError,
    ids::WorkspaceId,
    ports::{Clock, Store},
    values::Timestamp,
};
use tokio::{
    sync::Mutex,
    task::JoinHandle,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::Snapshot;

/// Follows the changes of one workspace.
///
/// A change that another replica committed is in force here after at most one poll;
/// if polls fail, no call passes once the snapshot is older than the staleness allowed (R28).
pub struct Follower {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    workspace: WorkspaceId,
    snapshot: Snapshot,
    /// Whoever holds the lock reads and refreshes, one at a time, so that an older read never
    /// overwrites a newer one.
    position: Mutex<Position>,
    /// When the last successful look at the changes began, in microseconds.
    fresh_at: AtomicI64,
    max_staleness: i64,
}

/// Which changes the snapshot shows.
#[derive(Default)]
struct Position {
    /// All up to this number, and none that is greater will be missed by reading on from here.
    settled: u64,
    /// And these, all greater.
    seen: BTreeSet<u64>,
}

/// A moment so long ago that nothing is fresh.
const NEVER: i64 = i64::MIN;

impl Follower {
    /// How often to look for changes.
    pub const POLL_INTERVAL: Duration = Duration::from_millis(25);
    /// A look that takes longer hangs on something, and is better begun anew.
    pub const LONGEST_LOOK: Duration = Duration::from_secs(2);
    /// How old the snapshot may be unless somebody decides otherwise.
    pub const MAX_STALENESS: Duration = Duration::from_secs(1);

    /// Loads the snapshot. It stays fresh for as long as somebody calls [`Self::catch_up`];
    /// [`Self::keep_up`] does.
    pub async fn start(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        workspace: WorkspaceId,
        max_staleness: Duration,
    ) -> Result<Arc<Self>, StoreError> {
        // The number first: what is committed during the load is then looked at again.
        let latest = store.find_latest_gateway_change(workspace).await?;
        let position = Position {
            settled: store.list_gateway_changes(workspace, latest).await?.settled,
            seen: BTreeSet::new(),
        };
        let snapshot = Snapshot::load(store.as_ref(), workspace).await?;
        let follower = Self {
            store,
            clock,
            workspace,
            snapshot,
            position: Mutex::new(position),
            fresh_at: AtomicI64::new(NEVER),
            max_staleness: i64::try_from(max_staleness.as_micros()).unwrap_or(i64::MAX),
        };
        follower.catch_up().await?;
        Ok(Arc::new(follower))
    }

    /// What is known now.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Whether the snapshot is young enough to decide on.
    ///
    /// A clock that was set back counts like one that ran ahead: a snapshot of the future proves nothing.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        let fresh_at = self.fresh_at.load(Ordering::Acquire);
        let age = now.timestamp_micros().saturating_sub(fresh_at);
        age.saturating_abs() <= self.max_staleness
    }

    /// Looks for changes and refreshes what they name.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let mut position = self.position.lock().await;
        self.advance(&mut position).await
    }

    /// Like [`Self::catch_up`], after a commit of our own: if it fails, the snapshot shows what
    /// is known to be over, so no call passes until a later look succeeds.
    pub(crate) async fn catch_up_or_close(&self) {
        let mut position = self.position.lock().await;
        if let Err(error) = self.advance(&mut position).await {
            // Still under the lock: a look that began before the commit cannot undo this.
            self.fresh_at.store(NEVER, Ordering::Release);
            tracing::error!(%error, "a change was committed but could not be read back; the gateway lets no call pass until it can");
        }
    }

    /// Looks for changes every [`Self::POLL_INTERVAL`] until told to stop, or until nobody else
    /// holds the follower.
    pub fn keep_up(self: &Arc<Self>, stop: CancellationToken) -> JoinHandle<()> {
        let follower = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut ticks = interval(Self::POLL_INTERVAL);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut failing = false;
            while stop.run_until_cancelled(ticks.tick()).await.is_some() {
                let Some(follower) = follower.upgrade() else {
                    return;
                };
                let Some(result) = stop.run_until_cancelled(follower.catch_up()).await else {
                    return;
                };
                // One line when it begins and one when it ends, not forty a second.
                match (&result, failing) {
                    (Err(error), false) => {
                        tracing::error!(%error, "changes cannot be read; the gateway will let no call pass");
                    }
                    (Ok(()), true) => tracing::info!("changes can be read again"),
                    _ => {}
                }
                failing = result.is_err();
            }
        })
    }

    async fn advance(&self, position: &mut Position) -> Result<(), StoreError> {
        // What was read in pages before the time was up stays done.
        timeout(Self::LONGEST_LOOK, self.look(position))
            .await
            .unwrap_or_else(|elapsed| Err(StoreError::Unavailable(elapsed.into())))
    }

    async fn look(&self, position: &mut Position) -> Result<(), StoreError> {
        let began = self.clock.now().timestamp_micros();
        let store = self.store.as_ref();
        let mut after = position.settled;
        let mut settled = None;
        loop {
            let page = store.list_gateway_changes(self.workspace, after).await?;
            // What the first page says holds for all of them; a later page may be read after a change
            // has appeared among the earlier ones.
            let settled = *settled.get_or_insert(page.settled);
            let Some(&(last, _)) = page.changes.last() else {
                position.settle(settled);
                break;
            };
            let numbers: Vec<u64> = page.changes.iter().map(|(number, _)| *number).collect();
            let mut changes: Vec<GatewayChange> = page
                .changes
                .into_iter()
                .filter(|(number, _)| !position.seen.contains(number))
                .map(|(_, change)| change)
                .collect();
            // Policies and routes before the clients that refer to them, or a call in between would
            // find a client whose policy is not there yet.
            changes.sort_unstable_by_key(|change| (is_of_a_person(change), *change));
            changes.dedup();
            for change in changes {
                self.snapshot.refresh(store, self.workspace, change).await?;
            }
            position.seen.extend(numbers);
            position.settle(settled.min(last));
            after = last;
        }
        self.fresh_at.store(began, Ordering::Release);
        Ok(())
    }
}

impl Position {
    fn settle(&mut self, number: u64) {
        self.settled = self.settled.max(number);
        self.seen = self.seen.split_off(&(self.settled + 1));
    }
}

fn is_of_a_person(change: &GatewayChange) -> bool {
    matches!(change, GatewayChange::Client(_) | GatewayChange::EndUser(_))
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower")
            .field("workspace", &self.workspace)
            .finish_non_exhaustive()
    }
}
