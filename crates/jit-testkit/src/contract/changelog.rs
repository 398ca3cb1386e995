//! The changelog that gateways follow (R28).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jit_domain::{
    change::{Change, GatewayChange, Ref},
    people::{EndUser, HoldSource},
    ports::Store,
    values::Version,
};

use super::world::World;
use crate::fixtures::{ClientParts, at_version};

/// R28: what the commit says of itself is what a gateway reads, and nothing more.
pub async fn a_gateway_reads_exactly_what_commits_have_changed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let policy = world.make.policy("Standard");
    let request = world.make.request(&client, &collection);
    let (approved, grant) = world.make.approved(&request);
    let held = EndUser {
        version: Version(2),
        holds: vec![world.make.hold(HoldSource::Admin)],
        ..user.clone()
    };
    let of_client = GatewayChange::Client(client.id());
    for (changes, expected) in [
        (
            vec![Change::put(policy.clone())],
            vec![GatewayChange::Policy(policy.id)],
        ),
        (vec![Change::put(request)], vec![]),
        (
            vec![Change::put(approved), Change::put(grant.clone())],
            vec![of_client],
        ),
        (
            vec![Change::put(world.make.revoked(&grant))],
            vec![of_client],
        ),
        (
            vec![Change::put(ClientParts::next(&client).build())],
            vec![of_client],
        ),
        (
            vec![Change::put(held)],
            vec![GatewayChange::EndUser(user.id)],
        ),
        (
            vec![Change::Put(at_version(
                &collection.clone().into(),
                Version(2),
            ))],
            vec![GatewayChange::Collection(collection.id)],
        ),
        (
            vec![Change::Unchanged(Ref::Policy(policy.id), Version(1))],
            vec![],
        ),
        (
            vec![Change::Remove(Ref::Policy(policy.id), Version(1))],
            vec![GatewayChange::Policy(policy.id)],
        ),
        (vec![Change::put(world.make.administrator("ada"))], vec![]),
    ] {
        let before = latest(&world).await;
        let commit = world.make.commit(changes);
        assert_eq!(commit.gateway_changes(), expected);
        world.commit(&commit).await.unwrap();
        let told = different(&after(&world, before).await);
        assert_eq!(told, expected, "{commit:?}");
    }
}

/// R28: every change has a number of its own, greater than all before, and the last is the latest.
pub async fn numbers_of_changes_grow(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    assert_eq!(latest(&world).await, 0);
    assert_eq!(after(&world, 0).await, []);
    for n in 0..5 {
        world.person(&format!("person-{n}")).await;
        world.collection(&format!("api-{n}")).await;
    }
    let all = after(&world, 0).await;
    assert_eq!(different(&all).len(), 15);
    assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0), "{all:?}");
    assert!(all[0].0 > 0);
    assert_eq!(all.last().unwrap().0, latest(&world).await);
    for (index, (number, _)) in all.iter().enumerate() {
        assert_eq!(after(&world, *number).await, all[index + 1..]);
    }
    assert_eq!(after(&world, u64::from(u32::MAX)).await, []);
}

/// R28: a gateway that was away for long reads on in parts, and misses nothing.
pub async fn a_long_changelog_is_read_in_parts(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let collections = (0..1_003).map(|n| world.make.collection(&format!("api-{n}")));
    let commit = world.make.commit(collections.map(Change::put));
    world.commit(&commit).await.unwrap();
    let mut part = after(&world, 0).await;
    assert_eq!(part.len(), 1_000);
    let mut all = part.clone();
    while let Some((last, _)) = part.last() {
        part = after(&world, *last).await;
        assert!(part.len() <= 1_000);
        all.extend(part.clone());
    }
    assert_eq!(different(&all), commit.gateway_changes());
}

/// R28: writers at the same time hide no change from who follows the numbers afterwards.
pub async fn changes_of_many_writers_are_all_there(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut tasks = Vec::new();
    for n in 0..16 {
        let policy = world.make.policy(&format!("policy-{n}"));
        let commit = world.make.commit([Change::put(policy)]);
        let store = Arc::clone(&world.store);
        tasks.push(tokio::spawn(async move { store.commit(&commit).await }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let all = after(&world, 0).await;
    assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0), "{all:?}");
    assert_eq!(different(&all).len(), 16);
}

/// R28: whoever reads on from what is settled, while many write, misses nothing.
pub async fn reading_on_from_what_is_settled_misses_no_change(store: Arc<dyn Store>) {
    const WRITERS: usize = 16;
    let world = World::new(store).await;
    let mut tasks = Vec::new();
    for n in 0..WRITERS {
        let policy = world.make.policy(&format!("policy-{n}"));
        let commit = world.make.commit([Change::put(policy)]);
        let store = Arc::clone(&world.store);
        tasks.push(tokio::spawn(async move { store.commit(&commit).await }));
    }
    let (mut seen, mut settled) = (BTreeMap::new(), 0);
    let mut all_written = false;
    while !all_written {
        all_written = tasks.iter().all(tokio::task::JoinHandle::is_finished);
        let store = &world.store;
        let read = store.list_gateway_changes(world.workspace(), settled).await;
        let read = read.unwrap();
        assert!(read.settled >= settled, "{read:?}");
        for (number, change) in read.changes {
            assert_eq!(*seen.entry(number).or_insert(change), change);
        }
        settled = read.settled;
        tokio::task::yield_now().await;
    }
    // The last look began when everything was written.
    let different: BTreeSet<_> = seen.values().collect();
    assert_eq!(different.len(), WRITERS, "{seen:?}");
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

async fn latest(world: &World) -> u64 {
    let latest = world
        .store
        .find_latest_gateway_change(world.workspace())
        .await;
    latest.unwrap()
}

async fn after(world: &World, number: u64) -> Vec<(u64, GatewayChange)> {
    let changes = world
        .store
        .list_gateway_changes(world.workspace(), number)
        .await;
    changes.unwrap().changes
}

/// A store may tell of a change more than once; it may not leave one out.
fn different(changes: &[(u64, GatewayChange)]) -> Vec<GatewayChange> {
    let set: BTreeSet<_> = changes.iter().map(|(_, change)| *change).collect();
    set.into_iter().collect()
}
