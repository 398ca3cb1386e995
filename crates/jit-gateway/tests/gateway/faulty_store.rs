//! A store that can be told to fail its reads, to hold one back, or to show a change late.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use jit_domain::{
    change::{Commit, GatewayChanges},
    console::Workspace,
    error::StoreError,
    ids::WorkspaceId,
    ports::{self, Store, WorkspaceRepository},
    values::{Slug, Timestamp},
    views::{Page, PageRequest},
};
use jit_testkit::MemoryStore;
use tokio::sync::Notify;

#[derive(Default)]
pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<MemoryStore>,
    /// Reads fail; commits do not.
    pub(crate) is_down: AtomicBool,
    /// The next client that is read waits for `release` with what it has read.
    pub(crate) holds_next_client: AtomicBool,
    pub(crate) release: Notify,
    /// The change of that number cannot be read yet, though later ones can; 0 for none.
    pub(crate) hides_change: AtomicU64,
}

impl FaultyStore {
    async fn fault(&self, read: &str) -> Result<(), StoreError> {
        let is_client = read == "find_calling_client";
        if is_client && self.holds_next_client.swap(false, Ordering::SeqCst) {
            self.release.notified().await;
        }
        if self.is_down.load(Ordering::SeqCst) {
            return Err(StoreError::Unavailable("down".into()));
        }
        Ok(())
    }

    fn hide(&self, answer: &mut dyn Any) {
        let hidden = self.hides_change.load(Ordering::SeqCst);
        if let Some(read) = answer.downcast_mut::<GatewayChanges>()
            && hidden > 0
        {
            read.changes.retain(|(number, _)| *number != hidden);
            read.settled = read.settled.min(hidden - 1);
        }
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.inner.commit(commit).await
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.inner.forget_expired(before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

#[async_trait]
impl WorkspaceRepository for FaultyStore {
    async fn find_workspace(&self, slug: &Slug) -> Result<Option<Workspace>, StoreError> {
        self.inner.find_workspace(slug).await
    }
}

macro_rules! faulty {
    (() $($repository:ident {
        $($read:ident($($arg:ident: $of:ty),*) -> $answer:ty;)*
        $([$list:ident($($filter:ident: $by:ty),*) -> $row:ty;])?
    })*) => {$(
        #[async_trait]
        impl ports::$repository for FaultyStore {
            $(async fn $read(
                &self,
                workspace: WorkspaceId,
                $($arg: $of),*
            ) -> Result<$answer, StoreError> {
                let mut answer = ports::$repository::$read(&*self.inner, workspace, $($arg),*).await?;
                self.fault(stringify!($read)).await?;
                self.hide(&mut answer);
                Ok(answer)
            })*
            $(async fn $list(
                &self,
                workspace: WorkspaceId,
                $($filter: $by,)*
                page: &PageRequest,
            ) -> Result<Page<$row>, StoreError> {
                let answer = ports::$repository::$list(&*self.inner, workspace, $($filter,)* page).await?;
                self.fault(stringify!($list)).await?;
                Ok(answer)
            })?
        }
    )*};
}

jit_domain::for_each_read! { [faulty] () }
