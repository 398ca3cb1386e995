//! All or nothing: a refused commit leaves no trace.

use std::sync::Arc;

use jit_domain::{
    audit::Event,
    change::{Aggregate, Change, Commit},
    error::StoreError,
    ports::Store,
    values::Version,
    views::{AuditFilter, PageRequest},
};

use super::world::World;

/// R3, R13, R35: no row, no line of the log, no accepted assertion, nothing for the gateway.
pub async fn an_error_in_the_last_change_leaves_nothing_of_the_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let connection = make.connection("okta");
    world.put([connection.clone().into()]).await;
    let user = make.end_user("dana", &connection);
    let assertion = make.accepted("_a1", &connection);
    let client = make.client(&user);
    let before = traces(&world).await;

    let good = [
        Change::put(user.clone()),
        Change::put(client.clone()),
        Change::Accept(assertion.clone()),
    ];
    let bad = Change::put(make.connection("okta"));
    let mut commit = make.commit(good.iter().cloned().chain([bad]));
    commit.events = vec![make.event(Event::made("end_user.created", user.id))];
    world.commit(&commit).await.unwrap_err();

    assert_eq!(world.read(&user.clone().into()).await, None);
    assert_eq!(world.read(&client.into()).await, None);
    assert_eq!(traces(&world).await, before);
    let accepted = world.store.is_assertion_accepted(
        world.workspace(),
        &assertion.idp_entity_id,
        &assertion.assertion_id,
    );
    assert!(!accepted.await.unwrap());

    commit.changes = good.into();
    world.commit(&commit).await.unwrap();
    assert_eq!(traces(&world).await.0, before.0 + 1);
}

/// What an earlier change removed, or replaced, is there as before.
pub async fn an_error_in_the_last_change_brings_back_what_was_removed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let [group, policy]: [Aggregate; 2] = [
        world.make.group("Partners").into(),
        world.make.policy("Standard").into(),
    ];
    world.put([group.clone(), policy.clone()]).await;
    let changes = [
        Change::Remove(group.reference(), Version(1)),
        Change::Put(crate::fixtures::at_version(&policy, Version(2))),
        Change::Unchanged(policy.reference(), Version(1)),
    ];
    world.refuse(changes).await;
    world.assert_kept(&group).await;
    world.assert_kept(&policy).await;
}

/// R13: ids are chosen before a commit, so a second attempt meets the first and adds nothing.
pub async fn a_commit_whose_answer_was_lost_can_be_repeated_without_harm(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let user = world.make.end_user("dana", &connection);
    let mut commit: Commit = world.make.put_all([connection.into(), user.clone().into()]);
    commit.events = vec![world.make.event(Event::made("end_user.created", user.id))];
    world.commit(&commit).await.unwrap();
    let after = traces(&world).await;

    let again = world.commit(&commit).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(traces(&world).await, after);
    world.assert_kept(&user.into()).await;
}

/// R21: whoever lost the answer repeats the decision, is told of a conflict, reads again, and finds it done.
pub async fn a_decision_whose_answer_was_lost_is_found_done(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let pending = world
        .make
        .request(&client, &world.collection("orders").await);
    world.put([pending.clone().into()]).await;
    let (approved, grant) = world.make.approved(&pending);
    let decision = [Change::put(approved.clone()), Change::put(grant.clone())];
    world.apply(decision.clone()).await;

    world.refuse(decision).await;
    world.assert_kept(&approved.into()).await;
    let grants = world
        .store
        .list_grants_of_client(world.workspace(), client.id())
        .await;
    assert_eq!(grants.unwrap(), [grant]);
}

/// The lines of the audit log and the number of the latest change for the gateway.
async fn traces(world: &World) -> (usize, u64) {
    let (store, workspace) = (&world.store, world.workspace());
    let filter = AuditFilter::default();
    let log = store
        .list_audit_events(workspace, &filter, &PageRequest::FIRST)
        .await;
    let latest = store.find_latest_gateway_change(workspace).await;
    (log.unwrap().items.len(), latest.unwrap())
}
