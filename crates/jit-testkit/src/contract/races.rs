//! Races: many at once, and one wins.

use std::{future::Future, sync::Arc};

use jit_domain::{
    change::{Aggregate, Change, Commit, Ref},
    error::StoreError,
    ports::Store,
    settings::{AuthMethod, JitSettings},
    values::Version,
    views::{EndUserFilter, PageRequest},
};

use super::world::World;
use crate::fixtures::{Fixtures, at_version};

/// R13: eight first logins of one person leave one person and one client.
pub async fn of_eight_first_logins_of_one_person_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world
        .put([connection.clone().into(), world.make.settings().into()])
        .await;
    let login = |n: usize| {
        let user = world.make.end_user("dana", &connection);
        let client = world.make.client(&user);
        world.make.commit([
            Change::Unchanged(Ref::IdpConnection(connection.id), Version(1)),
            Change::Accept(world.make.accepted(&format!("_a{n}"), &connection)),
            Change::put(user),
            Change::put(client),
        ])
    };
    assert_eq!(winners(&world, (0..8).map(login)).await, 1);

    let (store, workspace) = (&world.store, world.workspace());
    assert_eq!(store.count_end_users(workspace).await.unwrap(), 1);
    assert_eq!(store.count_jit_clients(workspace).await.unwrap(), 1);
    let all = EndUserFilter::default();
    let people = store
        .list_end_users(workspace, &all, &PageRequest::FIRST)
        .await;
    let client = store
        .find_client_of(workspace, people.unwrap().items[0].id)
        .await;
    assert!(client.unwrap().is_some());
}

/// R13: eight people at once do not get into each other's way.
pub async fn eight_first_logins_of_eight_people_all_win(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world
        .put([connection.clone().into(), world.make.settings().into()])
        .await;
    let login = |n: usize| {
        let user = world.make.end_user(&format!("person-{n}"), &connection);
        let client = world.make.client(&user);
        world.make.commit([
            Change::Unchanged(Ref::IdpConnection(connection.id), Version(1)),
            Change::Unchanged(Ref::JitSettings(world.workspace()), Version(1)),
            Change::put(user),
            Change::put(client),
        ])
    };
    assert_eq!(winners(&world, (0..8).map(login)).await, 8);
    assert_eq!(
        world
            .store
            .count_jit_clients(world.workspace())
            .await
            .unwrap(),
        8
    );
}

/// R6: a guard holds until the commit is done, so of two that change each other's guard one wins.
pub async fn of_two_that_change_what_the_other_guards_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (policy, group) = (world.make.policy("Standard"), world.make.group("Partners"));
    let [mut left, mut right]: [Aggregate; 2] = [policy.into(), group.into()];
    world.put([left.clone(), right.clone()]).await;
    for round in 0..16 {
        let [next_left, next_right] = [&left, &right].map(next);
        let guard = |it: &Aggregate| Change::Unchanged(it.reference(), it.version());
        let one = world
            .make
            .commit([guard(&right), Change::Put(next_left.clone())]);
        let other = world
            .make
            .commit([guard(&left), Change::Put(next_right.clone())]);
        match all_at_once(&world, [one, other]).await[..] {
            [true, false] => left = next_left,
            [false, true] => right = next_right,
            ref done => panic!("exactly one wins, not {done:?} in round {round}"),
        }
    }
}

/// R5, R6: with the lock in the commit of the first client, exactly one of the two wins.
pub async fn a_save_and_the_lock_of_the_method_exclude_each_other(store: Arc<dyn Store>) {
    for round in 0..8u64 {
        // A workspace of its own each time: no store lets go of a lock.
        let make = Fixtures::named(&format!("round-{round}"), 100 + round);
        let world = World::with(store.clone(), make).await;
        let connection = world.make.connection("okta");
        let settings = world.make.settings();
        world
            .put([connection.clone().into(), settings.clone().into()])
            .await;
        let version = settings.version.next();
        let save = world.make.commit([Change::put(JitSettings {
            version,
            method: AuthMethod::Oauth2,
            ..settings.clone()
        })]);
        let user = world.make.end_user(&format!("person-{round}"), &connection);
        let client = world.make.client(&user);
        let login = world.make.commit([
            Change::put(JitSettings {
                version,
                method_locked_since: Some(world.make.now()),
                ..settings.clone()
            }),
            Change::put(user),
            Change::put(client.clone()),
        ]);
        let done = all_at_once(&world, [save, login]).await;
        assert_eq!(done.iter().filter(|won| **won).count(), 1, "round {round}");
        let made = world.read(&client.into()).await.is_some();
        assert_eq!(made, done[1], "round {round}");
        let after = world
            .store
            .find_jit_settings(world.workspace())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(after.method_locked_since.is_some(), made, "round {round}");
    }
}

/// R21: eight approvers press at the same time, and one of them has decided.
pub async fn of_eight_decisions_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let request = world
        .make
        .request(&client, &world.collection("orders").await);
    world.put([request.clone().into()]).await;
    let decide = |n: usize| {
        if n.is_multiple_of(2) {
            return world
                .make
                .commit([Change::put(world.make.rejected(&request))]);
        }
        let (approved, grant) = world.make.approved(&request);
        world
            .make
            .commit([Change::put(approved), Change::put(grant)])
    };
    assert_eq!(winners(&world, (0..8).map(decide)).await, 1);
    let grants = world
        .store
        .list_grants_of_client(world.workspace(), client.id())
        .await;
    assert!(grants.unwrap().len() <= 1);
}

/// R20: eight clicks on one button make one request.
pub async fn of_eight_requests_for_one_collection_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let ask = |_| {
        world
            .make
            .commit([Change::put(world.make.request(&client, &collection))])
    };
    assert_eq!(winners(&world, (0..8).map(ask)).await, 1);
}

/// R11: one response posted eight times signs in once.
pub async fn of_eight_uses_of_one_assertion_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let assertion = world.make.accepted("_a1", &world.make.connection("okta"));
    let accept = |_| world.make.commit([Change::Accept(assertion.clone())]);
    assert_eq!(winners(&world, (0..8).map(accept)).await, 1);
}

/// Nobody's change is lost: of eight that decided on one version, one is stored.
pub async fn of_eight_changes_of_one_version_one_wins(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policy = world.make.policy("Standard");
    world.put([policy.clone().into()]).await;
    for version in 2..6 {
        let next = at_version(&policy.clone().into(), Version(version));
        let change = |_| world.make.commit([Change::Put(next.clone())]);
        assert_eq!(winners(&world, (0..8).map(change)).await, 1);
        world.assert_kept(&next).await;
    }
}

fn next(aggregate: &Aggregate) -> Aggregate {
    at_version(aggregate, aggregate.version().next())
}

/// How many of the commits went through.
async fn winners(world: &World, commits: impl IntoIterator<Item = Commit>) -> usize {
    let done = all_at_once(world, commits).await;
    done.into_iter().filter(|won| *won).count()
}

/// Commits all of them at the same time; a loser is told of a conflict and of nothing else.
fn all_at_once(
    world: &World,
    commits: impl IntoIterator<Item = Commit>,
) -> impl Future<Output = Vec<bool>> {
    let start = |commit: Commit| {
        let store = Arc::clone(&world.store);
        tokio::spawn(async move { store.commit(&commit).await })
    };
    let tasks: Vec<_> = commits.into_iter().map(start).collect();
    async move {
        let mut done = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => done.push(true),
                Err(StoreError::Conflict) => done.push(false),
                Err(other) => panic!("a race is no reason for {other:?}"),
            }
        }
        done
    }
}
