//! R28: numbers are given before commits can be seen.

use jit_domain::{
    change::{Change, GatewayChange},
    ids::PolicyId,
    ports::GatewayRepository,
};
use sqlx::{Connection, PgConnection};

use super::world::World;

/// R28: a change that becomes visible after one with a greater number is not missed.
#[tokio::test]
async fn a_change_that_is_visible_late_is_met_by_reading_on() {
    let world = World::new().await;
    world
        .commit(&world.make.put_all([world.make.workspace().into()]))
        .await;
    let (slow, fast) = (world.make.policy("Slow"), world.make.policy("Fast"));

    let mut other = world.sql().await;
    let mut transaction = other.begin().await.unwrap();
    let first = write(&mut transaction, &world, slow.id).await;
    world
        .commit(&world.make.commit([Change::put(fast.clone())]))
        .await;

    let before = look(&world, 0).await;
    assert_eq!(before.0, [GatewayChange::Policy(fast.id)]);
    assert!(before.1 < first, "{before:?}");

    transaction.commit().await.unwrap();
    let after = look(&world, before.1).await;
    let both = [slow.id, fast.id].map(GatewayChange::Policy);
    assert_eq!(after.0, both);
}

/// R28: otherwise readers would read everything for ever.
#[tokio::test]
async fn what_is_old_is_settled() {
    let (world, _) = World::full().await;
    let workspace = world.make.workspace_id();
    let latest = world.store.find_latest_gateway_change(workspace);
    let latest = latest.await.unwrap();
    assert_eq!(look(&world, latest).await.1, 0);
    let older = "UPDATE gateway_changes SET written_at = written_at - INTERVAL '3 seconds'";
    world.execute(older).await.unwrap();
    for after in [0, latest - 1, latest, latest + 1_000] {
        assert_eq!(look(&world, after).await.1, latest, "after {after}");
    }

    let policy = world.make.policy("New");
    let commit = world.make.commit([Change::put(policy.clone())]);
    world.commit(&commit).await;
    let news = (vec![GatewayChange::Policy(policy.id)], latest);
    assert_eq!(look(&world, latest).await, news);
}

/// Writes a change as a commit does, and gives its number.
async fn write(db: &mut PgConnection, world: &World, policy: PolicyId) -> u64 {
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO gateway_changes (workspace_id, kind, id, written_at)
         VALUES ($1, 'policy', $2, clock_timestamp()) RETURNING number",
    )
    .bind(world.make.workspace_id().uuid())
    .bind(policy.uuid())
    .fetch_one(db)
    .await
    .unwrap();
    number.try_into().unwrap()
}

async fn look(world: &World, after: u64) -> (Vec<GatewayChange>, u64) {
    let workspace = world.make.workspace_id();
    let seen = world.store.list_gateway_changes(workspace, after).await;
    let seen = seen.unwrap();
    let changes = seen.changes.into_iter().map(|(_, change)| change);
    (changes.collect(), seen.settled)
}
