use std::{collections::BTreeSet, sync::Mutex};

use async_trait::async_trait;
use jit_domain::{
    change::Commit,
    error::StoreError,
    ids::WorkspaceId,
    ports::Store,
    views::{Cursor, Page, PageLimit, PageRequest},
};
use uuid::Uuid;

use super::Fault;
use crate::{
    MemoryStore,
    between::{Answer, Ask, AskPage, Question, Read, Watch},
};

/// Stands before a sound store and spoils one thing.
pub(super) struct Broken {
    pub(super) fault: Fault,
    pub(super) memory: MemoryStore,
    /// Those that a commit has named.
    pub(super) workspaces: Mutex<BTreeSet<WorkspaceId>>,
}

impl Broken {
    pub(super) fn workspaces_but(&self, own: WorkspaceId) -> Vec<WorkspaceId> {
        let known = self.workspaces.lock();
        let others = known.iter().flat_map(|known| known.iter().copied());
        others.filter(|other| *other != own).collect()
    }
}

#[async_trait]
impl Watch for Broken {
    fn behind(&self) -> &dyn Store {
        &self.memory
    }

    async fn commit(&self, commit: &Commit) -> Result<(), StoreError> {
        if let Ok(mut known) = self.workspaces.lock() {
            known.insert(commit.workspace);
        }
        self.spoiled(commit).await
    }

    async fn read<T: Answer>(&self, question: Question, ask: &Ask<'_, T>) -> Read<T> {
        let mut answer = ask(question.workspace).await?;
        match self.fault {
            Fault::Hides(read) if read == question.read => Ok(T::nothing()),
            Fault::Reverses(read) if read == question.read => Ok(answer.reversed()),
            Fault::Leaks(read) if read == question.read => {
                for other in self.workspaces_but(question.workspace) {
                    answer.also(ask(other).await?);
                }
                Ok(answer)
            }
            Fault::ForgetsReplays if question.read == "is_assertion_accepted" => Ok(T::nothing()),
            _ => Ok(answer),
        }
    }

    async fn page<T: Clone + Send + Sync>(
        &self,
        question: Question,
        page: &PageRequest,
        ask: &AskPage<'_, T>,
    ) -> Read<Page<T>> {
        if self.fault != Fault::PagesByOffset(question.read) {
            let page = *page;
            let ask = &move |workspace| ask(workspace, page);
            return self.read(question, ask).await;
        }
        let all = PageRequest {
            after: None,
            limit: PageLimit::clamped(100),
        };
        let all = ask(question.workspace, all).await?.items;
        let offset = page.after.map_or(0, |cursor| cursor.0.as_u128());
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let end = offset.saturating_add(page.limit.rows());
        let rows = all.iter().skip(offset).take(page.limit.rows());
        Ok(Page {
            items: rows.cloned().collect(),
            next: (end < all.len()).then(|| Cursor(Uuid::from_u128(end as u128))),
        })
    }
}
