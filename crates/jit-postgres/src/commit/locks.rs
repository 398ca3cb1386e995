//! What a commit relies on is locked first, in an order that all commits share, so that two that guard what
//! the other changes do not wait for each other for ever.

use std::collections::BTreeMap;

use jit_domain::{
    change::{Change, Commit, Ref},
    values::Version,
};

use super::{Batch, Done, refs};

/// How a row that is already there is used.
#[derive(Clone, Copy)]
enum Use {
    Guard(Version),
    Write,
}

pub(super) async fn take(batch: &mut Batch<'_>, commit: &Commit) -> Done {
    let uses = uses(commit);
    // A single write takes its lock by itself.
    let needs_order = uses.len() > 1;
    for (what, it) in uses {
        match it {
            Use::Guard(version) => refs::unchanged(batch, commit.workspace, what, version).await?,
            Use::Write if needs_order => refs::lock(batch, commit.workspace, what).await?,
            Use::Write => {}
        }
    }
    Ok(())
}

/// Whether the commit itself changes that row, so that the order of its guard matters.
pub(super) fn is_written(commit: &Commit, what: Ref) -> bool {
    commit.changes.iter().any(|change| match change {
        Change::Put(it) => it.reference() == what,
        Change::Remove(removed, _) => *removed == what,
        Change::Unchanged(..) | Change::SameEpoch(_) | Change::Accept(_) => false,
    })
}

fn uses(commit: &Commit) -> BTreeMap<Ref, Use> {
    let mut uses = BTreeMap::new();
    for change in &commit.changes {
        match change {
            Change::Put(it) if it.version() != Version::FIRST => {
                uses.insert(it.reference(), Use::Write);
            }
            // A login under way is consumed by whoever is first; nobody guards it.
            Change::Remove(Ref::AuthnRequest(_), _) => {}
            Change::Remove(what, _) => {
                uses.insert(*what, Use::Write);
            }
            Change::Unchanged(what, version) if !is_written(commit, *what) => {
                uses.insert(*what, Use::Guard(*version));
            }
            Change::Put(_) | Change::Unchanged(..) | Change::SameEpoch(_) | Change::Accept(_) => {}
        }
    }
    uses
}
