//! What is committed is in force: here on the next call, elsewhere after a poll, or no call passes.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use chrono::TimeDelta;
use jit_domain::{
    catalogue::{ApiCollection, Policy, Publication},
    change::{Change, Ref},
    clients::{ClientState, IpNetwork},
    gateway::GatewayView,
    people::{EndUser, HoldSource},
    ports::{GatewayRepository, Store},
    values::Version,
};
use jit_gateway::Follower;
use jit_testkit::fixtures::ClientParts;
use tokio_util::sync::CancellationToken;

use crate::{scene::Scene, world::World};

fn next_user(world: &World) -> EndUser {
    let user = world.scene.user.clone();
    let version = user.version.next();
    EndUser { version, ..user }
}

fn next_client(world: &World) -> ClientParts {
    ClientParts::next(&world.scene.client.clone().build())
}

fn next_collection(world: &World) -> ApiCollection {
    let collection = world.scene.collection.clone();
    let version = collection.version.next();
    ApiCollection {
        version,
        ..collection
    }
}

fn next_policy(world: &World) -> Policy {
    let policy = world.scene.policy.clone();
    let version = policy.version.next();
    Policy { version, ..policy }
}

async fn open() -> World {
    let world = Scene::new().await.open().await;
    assert_eq!(world.outcome().await, "allowed");
    world
}

/// R28: on the replica that took it, a revocation is in force on the next call.
#[tokio::test]
async fn a_revoked_grant_is_gone_on_the_next_call() {
    let world = open().await;
    let grant = world.scene.grant.clone().unwrap();
    world.commit_here(world.scene.make.revoked(&grant)).await;
    assert_eq!(world.outcome().await, "no_grant");
}

/// R28, R29: a credential that is revoked now is gone on the next call.
#[tokio::test]
async fn a_revoked_credential_is_gone_on_the_next_call() {
    let world = open().await;
    let mut client = next_client(&world);
    client.credentials[0].revoked_at = Some(world.scene.make.now());
    world.commit_here(client.build()).await;
    assert_eq!(world.outcome().await, "credential_invalid");
}

/// R28: a credential that was dropped from its client leaves the map.
#[tokio::test]
async fn a_dropped_credential_is_gone_and_a_new_one_is_there_on_the_next_call() {
    let mut world = open().await;
    let mut client = next_client(&world);
    let (credential, secret) = world.scene.make.credential("desk");
    client.credentials = vec![credential];
    world.commit_here(client.build()).await;
    assert_eq!(world.outcome().await, "credential_invalid");
    secret.reveal().clone_into(&mut world.scene.secret);
    assert_eq!(world.outcome().await, "allowed");
}

/// R28, R30: a hold on the owner stops the client, and its end lets it call again.
#[tokio::test]
async fn a_hold_is_in_force_on_the_next_call() {
    let world = open().await;
    let mut user = next_user(&world);
    user.holds.push(world.scene.make.hold(HoldSource::Admin));
    world.commit_here(user.clone()).await;
    assert_eq!(world.outcome().await, "suspended");
    user.holds.clear();
    user.version = user.version.next();
    world.commit_here(user).await;
    assert_eq!(world.outcome().await, "allowed");
}

/// R28: everything else that a decision reads.
#[tokio::test]
async fn a_client_policy_or_collection_is_new_on_the_next_call() {
    let world = open().await;
    let mut client = next_client(&world);
    client.state = ClientState::Disabled;
    world.commit_here(client.build()).await;
    assert_eq!(world.outcome().await, "suspended");

    let world = open().await;
    let mut policy = next_policy(&world);
    policy.ip_rules.deny = vec![IpNetwork::parse("deny", "192.0.2.0/24").unwrap()];
    world.commit_here(policy).await;
    assert_eq!(world.outcome().await, "ip_denied");

    let world = open().await;
    let mut collection = next_collection(&world);
    collection.publication = Publication::Draft;
    world.commit_here(collection).await;
    assert_eq!(world.outcome().await, "unknown_path");
}

/// R25, R28: a collection or client that is removed is gone on the next call, and what it used with it.
#[tokio::test]
async fn what_is_removed_is_gone_on_the_next_call() {
    for (removed, outcome, entries) in [
        (Removed::Collection, "unknown_path", 1),
        (Removed::Client, "credential_invalid", 0),
    ] {
        let world = open().await;
        let scene = &world.scene;
        let grant = scene.grant.clone().unwrap();
        let last = match removed {
            Removed::Collection => Ref::ApiCollection(scene.collection.id),
            Removed::Client => Ref::ApiClient(scene.client.id),
        };
        let all = [
            Ref::Grant(grant.id),
            Ref::AccessRequest(grant.request),
            last,
        ];
        let all = all.map(|what| Change::Remove(what, Version::FIRST));
        world
            .followed
            .commit(&scene.make.commit(all))
            .await
            .unwrap();
        assert_eq!(world.outcome().await, outcome);
        assert_eq!(world.follower.snapshot().limits().entries(), entries);
    }
}

enum Removed {
    Collection,
    Client,
}

/// R28: what another replica commits is in force after a look at the changes.
#[tokio::test]
async fn a_commit_elsewhere_is_in_force_after_the_next_look() {
    let world = open().await;
    let grant = world.scene.grant.clone().unwrap();
    world
        .commit_elsewhere(world.scene.make.revoked(&grant))
        .await;
    assert_eq!(world.outcome().await, "allowed", "nobody has looked yet");
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "no_grant");
}

/// R28: looking is somebody's job, and it ends when it should.
#[tokio::test(start_paused = true)]
async fn the_follower_looks_by_itself_until_it_is_told_to_stop() {
    let world = open().await;
    let stop = CancellationToken::new();
    let following = world.follower.keep_up(stop.clone());
    let grant = world.scene.grant.clone().unwrap();
    world
        .commit_elsewhere(world.scene.make.revoked(&grant))
        .await;
    tokio::time::sleep(Follower::POLL_INTERVAL * 2).await;
    assert_eq!(world.outcome().await, "no_grant");
    stop.cancel();
    following.await.unwrap();

    let World {
        follower,
        gateway,
        followed,
        ..
    } = world;
    let following = follower.keep_up(CancellationToken::new());
    drop((follower, gateway, followed));
    following.await.unwrap();
}

/// R28: a replica that cannot see changes lets nothing pass once its picture is too old.
#[tokio::test]
async fn a_stale_snapshot_fails_closed() {
    let world = open().await;
    world.store.is_down.store(true, Ordering::SeqCst);
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(world.outcome().await, "allowed", "one second is allowed");
    world.clock.advance(TimeDelta::microseconds(1));
    assert!(world.follower.catch_up().await.is_err());
    let refused = world.get("/gateway/orders/v1/a").await;
    assert_eq!(
        (refused.parts.status.as_u16(), refused.code().as_str()),
        (503, "stale")
    );
    assert_eq!(refused.header("retry-after"), Some("1"));
    world.store.is_down.store(false, Ordering::SeqCst);
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "allowed");
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_make_a_snapshot_fresh_for_long() {
    let mut scene = Scene::new().await;
    scene.policy.rate = None;
    let world = scene.open().await;
    world.clock.advance(TimeDelta::seconds(-2));
    assert_eq!(world.outcome().await, "stale");
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "allowed");
}

/// R28: a revocation that was committed and cannot be read back stops every call, not none.
#[tokio::test]
async fn a_commit_that_cannot_be_read_back_is_a_commit_and_fails_closed() {
    let world = open().await;
    world.store.is_down.store(true, Ordering::SeqCst);
    let grant = world.scene.grant.clone().unwrap();
    world.commit_here(world.scene.make.revoked(&grant)).await;
    assert_eq!(world.outcome().await, "stale");
    world.store.is_down.store(false, Ordering::SeqCst);
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "no_grant");
}

/// R28: of two reads of one client, the older one never undoes what the newer one has promised.
#[tokio::test]
async fn an_older_read_does_not_overwrite_a_newer_one() {
    let world = open().await;
    let store = Arc::clone(&world.store);
    let hold_next = || store.holds_next_client.store(true, Ordering::SeqCst);
    let is_held = || !store.holds_next_client.load(Ordering::SeqCst);
    let look = || {
        let follower = Arc::clone(&world.follower);
        tokio::spawn(async move { follower.catch_up().await })
    };
    hold_next();
    world.commit_elsewhere(next_client(&world).build()).await;
    let older = look();
    until(is_held).await;
    let grant = world.scene.grant.clone().unwrap();
    world
        .commit_elsewhere(world.scene.make.revoked(&grant))
        .await;
    let newer = look();
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    // The older look writes what it has read, and is held again before it reads anew.
    hold_next();
    store.release.notify_one();
    until(is_held).await;
    if newer.is_finished() {
        assert_eq!(world.outcome().await, "no_grant");
    }
    store.release.notify_one();
    older.await.unwrap().unwrap();
    newer.await.unwrap().unwrap();
    assert_eq!(world.outcome().await, "no_grant");
}

/// R28: numbers are not always in the order of commits; what appears behind later changes is met too.
#[tokio::test]
async fn a_change_that_appears_behind_later_ones_is_not_missed() {
    let world = open().await;
    let workspace = world.scene.make.workspace_id();
    let latest = world.store.find_latest_gateway_change(workspace).await;
    let late = latest.unwrap() + 1;
    world.store.hides_change.store(late, Ordering::SeqCst);
    let grant = world.scene.grant.clone().unwrap();
    world
        .commit_elsewhere(world.scene.make.revoked(&grant))
        .await;
    world.commit_elsewhere(next_policy(&world)).await;
    world.follower.catch_up().await.unwrap();
    assert_eq!(
        world.outcome().await,
        "allowed",
        "the late change is hidden"
    );
    world.store.hides_change.store(0, Ordering::SeqCst);
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "no_grant");
}

async fn until(is_so: impl Fn() -> bool) {
    while !is_so() {
        tokio::task::yield_now().await;
    }
}

/// A client that gets a new policy is governed by the old one or by the new one, never by none.
#[tokio::test]
async fn a_new_policy_is_there_before_the_client_that_it_governs() {
    let world = open().await;
    let policy = world.scene.make.policy("Other");
    let mut client = next_client(&world);
    client.policy = Some(policy.id);
    let new = policy.id;
    let both = [policy.into(), client.build().into()];
    world
        .store
        .commit(&world.scene.make.put_all(both))
        .await
        .unwrap();
    world.store.holds_next_client.store(true, Ordering::SeqCst);
    let follower = Arc::clone(&world.follower);
    let look = tokio::spawn(async move { follower.catch_up().await });
    until(|| !world.store.holds_next_client.load(Ordering::SeqCst)).await;
    assert!(world.follower.snapshot().find_policy(new).is_some());
    world.store.release.notify_one();
    look.await.unwrap().unwrap();
    assert_eq!(world.outcome().await, "allowed");
}

/// R28: one read that hangs does not keep the gateway from seeing what comes after.
#[tokio::test(start_paused = true)]
async fn a_look_that_hangs_is_given_up() {
    let world = open().await;
    let grant = world.scene.grant.clone().unwrap();
    world.store.holds_next_client.store(true, Ordering::SeqCst);
    world
        .commit_elsewhere(world.scene.make.revoked(&grant))
        .await;
    assert!(world.follower.catch_up().await.is_err());
    world.follower.catch_up().await.unwrap();
    assert_eq!(world.outcome().await, "no_grant");
}

/// A store with more clients than one page is loaded as a whole.
#[tokio::test]
async fn every_page_of_clients_is_loaded() {
    let mut scene = Scene::new().await;
    scene.policy.rate = None;
    let world = scene.open().await;
    let make = &world.scene.make;
    let connection = make.connection("okta");
    let mut last = None;
    let mut all = Vec::new();
    for n in 0..1_500 {
        let user = make.end_user(&format!("user-{n}"), &connection);
        let (credential, secret) = make.credential("laptop");
        let mut client = ClientParts::of(&make.client(&user));
        client.credentials = vec![credential];
        last = Some(secret);
        all.extend([user.into(), client.build().into()]);
    }
    world.store.commit(&make.put_all(all)).await.unwrap();
    let follower = Follower::start(
        Arc::clone(&world.store) as Arc<dyn Store>,
        Arc::clone(&world.clock) as _,
        make.workspace_id(),
        Duration::from_secs(1),
    )
    .await
    .unwrap();
    let found = follower.snapshot().find_client(&last.unwrap().hash());
    assert!(found.is_some());
}
