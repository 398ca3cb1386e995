//! R13: a commit whose answer was lost is applied once, and the caller learns that it was.

use jit_domain::{
    audit::Event,
    change::{Aggregate, Change, Commit},
    error::StoreError,
    ports::{AuditRepository, PolicyRepository, Store},
    views::{AuditFilter, PageRequest},
};
use jit_postgres::PostgresStore;
use jit_testkit::fixtures::at_version;

use super::{
    proxy::{Fault, Proxy},
    world::World,
};

async fn behind_a_proxy() -> (World, Proxy, PostgresStore) {
    let world = World::new().await;
    world
        .commit(&world.make.put_all([world.make.workspace().into()]))
        .await;
    let proxy = Proxy::before(&world.database).await;
    let store = PostgresStore::open(&proxy.url()).await.unwrap();
    (world, proxy, store)
}

fn creation(world: &World) -> Commit {
    let policy = world.make.policy("Standard");
    let event = world.make.event(Event::made("policy.created", policy.id));
    let mut commit = world.make.commit([Change::put(policy)]);
    commit.events = vec![event];
    commit
}

async fn assert_applied_once(world: &World, commit: &Commit) {
    let workspace = world.make.workspace_id();
    let policies = world.store.list_policies(workspace).await.unwrap();
    assert_eq!(policies.len(), 1);
    let (filter, page) = (AuditFilter::default(), PageRequest::FIRST);
    let log = world.store.list_audit_events(workspace, &filter, &page);
    assert_eq!(log.await.unwrap().items, commit.events);
}

/// R13: whether it was lost on the way there, on the way back, or is only late.
#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_applied_once() {
    for fault in [Fault::LoseAnswer, Fault::LoseCommit, Fault::Delay] {
        let (world, proxy, store) = behind_a_proxy().await;
        let commit = creation(&world);
        proxy.next_commit(fault);
        store.commit(&commit).await.expect("applied");
        assert!(proxy.is_done(), "{fault:?}");
        assert_applied_once(&world, &commit).await;
    }
}

/// R13: without a line of the audit log, by what it has made.
#[tokio::test]
async fn a_commit_without_events_is_known_by_what_it_made() {
    for fault in [Fault::LoseAnswer, Fault::LoseCommit, Fault::Delay] {
        let (world, proxy, store) = behind_a_proxy().await;
        let commit = Commit {
            events: vec![],
            ..creation(&world)
        };
        proxy.next_commit(fault);
        store.commit(&commit).await.expect("applied");
        assert!(proxy.is_done(), "{fault:?}");
        assert_applied_once(&world, &commit).await;
    }
}

/// R13: somebody else could have made the same change, so nothing is claimed.
#[tokio::test]
async fn a_commit_that_leaves_no_trace_of_its_own_ends_in_doubt() {
    let (world, proxy, store) = behind_a_proxy().await;
    let policy: Aggregate = world.make.policy("Standard").into();
    world.commit(&world.make.put_all([policy.clone()])).await;
    let second = at_version(&policy, policy.version().next());
    proxy.next_commit(Fault::LoseAnswer);
    let change = world.make.commit([Change::Put(second)]);
    match store.commit(&change).await {
        Err(StoreError::Unavailable(why)) => {
            assert!(why.to_string().contains("cannot be found out"), "{why}");
        }
        other => panic!("expected doubt, got {other:?}"),
    }
}

/// R13: and a conflict stays a conflict, although an attempt before it was in doubt.
#[tokio::test]
async fn somebody_elses_key_is_a_conflict_all_the_same() {
    let (world, proxy, store) = behind_a_proxy().await;
    let commit = creation(&world);
    proxy.next_commit(Fault::Delay);
    let rival = creation(&world);
    let (ours, theirs) = tokio::join!(store.commit(&commit), store.commit(&rival));
    let outcomes = [ours, theirs];
    let won = outcomes.iter().filter(|it| it.is_ok()).count();
    assert_eq!(won, 1, "{outcomes:?}");
    assert!(
        outcomes
            .iter()
            .any(|it| matches!(it, Err(StoreError::Conflict))),
        "{outcomes:?}"
    );
}
