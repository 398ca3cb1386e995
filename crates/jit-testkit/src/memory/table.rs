use std::{collections::BTreeMap, sync::Arc};

use jit_domain::{
    error::StoreError,
    ids::WorkspaceId,
    values::Version,
    views::{Page, PageRequest},
};
use uuid::Uuid;

/// Something with an id and a version that belongs to a workspace.
pub(super) trait Row: Clone {
    type Id: Copy + Ord;

    fn id(&self) -> Self::Id;
    fn uuid(id: Self::Id) -> Uuid;
    fn version(&self) -> Version;
    fn workspace(&self) -> WorkspaceId;
}

/// The rows of one kind, of every workspace, in order of id. Shared with the copies that commits make.
#[derive(Debug, Clone)]
pub(super) struct Table<T: Row>(BTreeMap<T::Id, Arc<T>>);

impl<T: Row> Default for Table<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Row> Table<T> {
    pub(super) fn find(&self, workspace: WorkspaceId, id: T::Id) -> Option<&T> {
        let row = self.0.get(&id).map(|row| &**row);
        row.filter(|row| row.workspace() == workspace)
    }

    /// The first row of a workspace that fits, by id.
    pub(super) fn find_by(&self, workspace: WorkspaceId, fits: impl Fn(&T) -> bool) -> Option<T> {
        self.of(workspace).find(|row| fits(row)).cloned()
    }

    /// The rows of a workspace, oldest first.
    pub(super) fn of(&self, workspace: WorkspaceId) -> impl DoubleEndedIterator<Item = &T> {
        let rows = self.0.values().map(|row| &**row);
        rows.filter(move |row| row.workspace() == workspace)
    }

    /// The rows of every workspace, for what is unique among all of them.
    pub(super) fn of_all(&self) -> impl Iterator<Item = &T> {
        self.0.values().map(|row| &**row)
    }

    /// A page of the rows that fit, newest first, each as `show` wants it; left out if that is `None`.
    pub(super) fn page<V>(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
        show: impl Fn(&T) -> Option<V>,
        id: impl Fn(&V) -> T::Id,
    ) -> Page<V> {
        let not_seen = |row: &&T| page.after.is_none_or(|last| T::uuid(row.id()) < last.0);
        let rows = self.of(workspace).rev().filter(not_seen).filter_map(show);
        let items = rows.take(page.limit.rows() + 1).collect();
        Page::from_rows(items, page.limit, |item| T::uuid(id(item)))
    }

    /// Refuses unless exactly that version is there.
    pub(super) fn expect(
        &self,
        workspace: WorkspaceId,
        id: T::Id,
        version: Version,
    ) -> Result<(), StoreError> {
        match self.find(workspace, id) {
            Some(row) if row.version() == version => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Inserts at version 1, replaces the version before at any other.
    pub(super) fn put(&mut self, row: T) -> Result<(), StoreError> {
        let id = row.id();
        match row.version() {
            Version::FIRST if self.0.contains_key(&id) => return Err(StoreError::Conflict),
            Version::FIRST => {}
            Version(n) => self.expect(row.workspace(), id, Version(n.saturating_sub(1)))?,
        }
        self.overwrite(row);
        Ok(())
    }

    pub(super) fn overwrite(&mut self, row: T) {
        self.0.insert(row.id(), Arc::new(row));
    }

    pub(super) fn remove(
        &mut self,
        workspace: WorkspaceId,
        id: T::Id,
        version: Version,
    ) -> Result<(), StoreError> {
        self.expect(workspace, id, version)?;
        self.0.remove(&id);
        Ok(())
    }

    /// Removes the rows that do not fit, and gives their number.
    pub(super) fn keep(&mut self, fits: impl Fn(&T) -> bool) -> usize {
        let before = self.0.len();
        self.0.retain(|_, row| fits(row));
        before - self.0.len()
    }

    pub(super) fn for_each(&mut self, mut change: impl FnMut(&mut T)) {
        for row in self.0.values_mut() {
            change(Arc::make_mut(row));
        }
    }
}
