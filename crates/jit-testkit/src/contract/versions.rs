//! Versions: a change hits exactly what the decision has seen.

use std::sync::Arc;

use jit_domain::{
    change::{Aggregate, Change},
    ports::Store,
    settings::JitSettings,
    values::Version,
};

use super::world::World;
use crate::fixtures::at_version;

/// A put at version 1 inserts, whatever the kind.
pub async fn a_first_put_inserts(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for aggregate in &all {
        world.assert_kept(aggregate).await;
    }
}

/// A put at version 1 never overwrites.
pub async fn a_first_put_of_something_known_is_refused(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for aggregate in all {
        world.refuse_put(aggregate).await;
    }
}

/// A put at a later version never inserts.
pub async fn a_later_put_of_something_unknown_is_refused(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let [_workspace, rest @ ..] = &world.make.one_of_each()[..] else {
        unreachable!("there are more kinds than one")
    };
    for aggregate in rest {
        world.refuse_put(at_version(aggregate, Version(2))).await;
        assert_eq!(world.read(aggregate).await, None);
    }
}

/// A put at version n replaces version n - 1.
pub async fn a_put_replaces_the_version_before(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for aggregate in all.iter().filter(|it| can_change(it)) {
        for n in [2, 3] {
            let next = at_version(aggregate, Version(n));
            world.put([next.clone()]).await;
            world.assert_kept(&next).await;
        }
    }
}

/// R6, R13, R21: who decided on an older version is refused.
pub async fn a_stale_put_is_refused(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for aggregate in all.iter().filter(|it| can_change(it)) {
        let [second, third] = [2, 3].map(|n| at_version(aggregate, Version(n)));
        world.put([second.clone(), third.clone()]).await;
        world.refuse_put(second).await;
        world.refuse_put(third.clone()).await;
        world.assert_kept(&third).await;
    }
}

/// A put from the future is refused as well: nothing can have been read that is not there.
pub async fn a_put_that_skips_a_version_is_refused(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for aggregate in &all {
        world.refuse_put(at_version(aggregate, Version(3))).await;
        world.assert_kept(aggregate).await;
    }
}

/// A guard on what is there changes nothing.
pub async fn a_guard_on_the_present_version_passes(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    let guard = |it: &Aggregate| Change::Unchanged(it.reference(), it.version());
    world.apply(all.iter().map(guard)).await;
    for aggregate in &all {
        world.assert_kept(aggregate).await;
    }
}

/// R5, R6: a guard fails on an older version, on a later one, and on what is not there.
pub async fn a_guard_on_any_other_version_is_refused(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for it in all.iter().filter(|it| can_change(it)) {
        world
            .refuse([Change::Unchanged(it.reference(), Version(2))])
            .await;
        world.put([at_version(it, Version(2))]).await;
        world
            .refuse([Change::Unchanged(it.reference(), Version(1))])
            .await;
        world
            .refuse([Change::Unchanged(it.reference(), Version(3))])
            .await;
    }
    for unknown in world.make.one_of_each().iter().filter(|it| has_an_id(it)) {
        world
            .refuse([Change::Unchanged(unknown.reference(), Version(1))])
            .await;
    }
}

/// R6: a guard on the epoch of the settings passes at that epoch, whatever the version, and at no other.
pub async fn a_guard_on_the_epoch_of_the_settings_holds_at_that_epoch(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.refuse([Change::SameEpoch(Version(1))]).await;
    let first = world.make.settings();
    let saved = JitSettings {
        version: Version(2),
        ..first.clone()
    };
    let moved = JitSettings {
        version: Version(3),
        epoch: Version(2),
        ..first.clone()
    };
    for settings in [first, saved] {
        world.put([settings.into()]).await;
        world.apply([Change::SameEpoch(Version(1))]).await;
        world.refuse([Change::SameEpoch(Version(2))]).await;
    }
    world.put([moved.into()]).await;
    world.refuse([Change::SameEpoch(Version(1))]).await;
    world.apply([Change::SameEpoch(Version(2))]).await;
}

/// A removal removes exactly the version that the decision has seen, and the rest stays.
pub async fn a_removal_of_the_present_version_removes(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    // Back to front, so that nothing refers to what is removed; the workspace stays.
    for (index, it) in all.iter().enumerate().skip(1).rev() {
        world
            .apply([Change::Remove(it.reference(), it.version())])
            .await;
        assert_eq!(world.read(it).await, None);
        world.assert_kept(&all[index - 1]).await;
        world
            .refuse([Change::Remove(it.reference(), it.version())])
            .await;
        world
            .refuse([Change::Unchanged(it.reference(), it.version())])
            .await;
        world.refuse_put(at_version(it, Version(2))).await;
    }
}

/// A removal fails on an older version, on a later one, and on what is not there.
pub async fn a_removal_of_any_other_version_is_refused(store: Arc<dyn Store>) {
    let (world, all) = world_with_one_of_each(store).await;
    for it in all.iter().filter(|it| can_change(it)) {
        world
            .refuse([Change::Remove(it.reference(), Version(2))])
            .await;
        let second = at_version(it, Version(2));
        world.put([second.clone()]).await;
        world
            .refuse([Change::Remove(it.reference(), Version(1))])
            .await;
        world
            .refuse([Change::Remove(it.reference(), Version(3))])
            .await;
        world.assert_kept(&second).await;
    }
    for unknown in world.make.one_of_each().iter().filter(|it| has_an_id(it)) {
        world
            .refuse([Change::Remove(unknown.reference(), Version(1))])
            .await;
    }
}

/// A later change of a commit sees what an earlier one did.
pub async fn changes_are_applied_in_order(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let first: Aggregate = world.make.policy("Standard").into();
    let second = at_version(&first, Version(2));
    let (what, namesake) = (first.reference(), world.make.policy("standard"));
    world
        .apply([
            Change::Put(first.clone()),
            Change::Unchanged(what, Version(1)),
            Change::Put(second),
            Change::Unchanged(what, Version(2)),
            Change::Remove(what, Version(2)),
            Change::put(namesake.clone()),
        ])
        .await;
    assert_eq!(world.read(&first).await, None);
    world.assert_kept(&namesake.into()).await;
}

async fn world_with_one_of_each(store: Arc<dyn Store>) -> (World, Vec<Aggregate>) {
    let world = World::new(store).await;
    let all = world.make.one_of_each();
    world.put(all[1..].iter().cloned()).await;
    (world, all)
}

/// A login under way is only made and consumed.
fn can_change(aggregate: &Aggregate) -> bool {
    !matches!(aggregate, Aggregate::AuthnRequest(_))
}

/// The workspace and its settings share the id of the workspace, so a second one is no other.
fn has_an_id(aggregate: &Aggregate) -> bool {
    !matches!(
        aggregate,
        Aggregate::Workspace(_) | Aggregate::JitSettings(_)
    )
}
