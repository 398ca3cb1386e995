//! A store that stands between a caller and another store: it sees every question and every commit.

use async_trait::async_trait;
use jit_domain::{
    change::Commit,
    error::StoreError,
    ids::WorkspaceId,
    ports::{Store, WorkspaceRepository},
    values::{Slug, Timestamp},
    views::{Page, PageRequest},
};

mod answer;
mod repositories;

pub(crate) use answer::Answer;
pub use repositories::READS;

pub(crate) type Read<T> = Result<T, StoreError>;

/// What a read gives when it is asked for a workspace.
pub(crate) type Ask<'a, T> = dyn Fn(WorkspaceId) -> Asked<'a, Read<T>> + Sync + 'a;

/// What a read of pages gives when it is asked for a workspace and a page.
pub(crate) type AskPage<'a, T> =
    dyn Fn(WorkspaceId, PageRequest) -> Asked<'a, Read<Page<T>>> + Sync + 'a;

pub(crate) type Asked<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A question as the watch sees it: the name of the read, and for which workspace.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(crate) read: &'static str,
    pub(crate) workspace: WorkspaceId,
}

/// Decides what becomes of each question and each commit.
#[async_trait]
pub(crate) trait Watch: Send + Sync {
    /// The store behind.
    fn behind(&self) -> &dyn Store;

    async fn commit(&self, commit: &Commit) -> Result<(), StoreError>;

    async fn read<T: Answer>(&self, question: Question, ask: &Ask<'_, T>) -> Read<T>;

    /// A read that gives pages; one read like any other unless the watch says otherwise.
    async fn page<T: Clone + Send + Sync>(
        &self,
        question: Question,
        page: &PageRequest,
        ask: &AskPage<'_, T>,
    ) -> Read<Page<T>> {
        let page = *page;
        self.read(question, &move |workspace| ask(workspace, page))
            .await
    }
}

/// The store in front, with a method for each of the port.
pub(crate) struct Between<W>(pub(crate) W);

#[async_trait]
impl<W: Watch> WorkspaceRepository for Between<W> {
    async fn find_workspace(&self, slug: &Slug) -> Read<Option<jit_domain::console::Workspace>> {
        self.0.behind().find_workspace(slug).await
    }
}

#[async_trait]
impl<W: Watch> Store for Between<W> {
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        self.0.commit(commit).await
    }

    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.0.behind().forget_expired(before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.0.behind().ping().await
    }
}
