//! Assertions count once (R11).

use std::sync::Arc;

use jit_domain::{
    change::{AcceptedAssertion, Change},
    ports::Store,
};

use super::world::World;

/// R11: accepted once, and never again.
pub async fn an_assertion_is_accepted_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let assertion = world.make.accepted("_a1", &connection);
    assert!(!is_accepted(&world, &assertion).await);
    world.apply([Change::Accept(assertion.clone())]).await;
    assert!(is_accepted(&world, &assertion).await);
    world.refuse([Change::Accept(assertion.clone())]).await;
    let later = AcceptedAssertion {
        valid_until: world.make.now(),
        ..assertion
    };
    world
        .refuse([Change::put(connection), Change::Accept(later)])
        .await;
}

/// R11: not twice in one commit either.
pub async fn an_assertion_is_accepted_once_in_a_commit(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let assertion = world.make.accepted("_a1", &world.make.connection("okta"));
    let twice = [&assertion, &assertion].map(|it| Change::Accept(it.clone()));
    world.refuse(twice).await;
    assert!(!is_accepted(&world, &assertion).await);
}

/// R11: an id says something only together with its provider, and in its letter case.
pub async fn another_provider_or_another_id_is_another_assertion(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (okta, entra) = (
        world.make.connection("okta"),
        world.make.connection("entra"),
    );
    let all = [
        ("_a1", &okta),
        ("_a2", &okta),
        ("_A1", &okta),
        ("_a1", &entra),
    ];
    for (id, connection) in all {
        let assertion = world.make.accepted(id, connection);
        assert!(!is_accepted(&world, &assertion).await);
        world.apply([Change::Accept(assertion)]).await;
    }
}

async fn is_accepted(world: &World, assertion: &AcceptedAssertion) -> bool {
    let (provider, id) = (&assertion.idp_entity_id, &assertion.assertion_id);
    let accepted = world
        .store
        .is_assertion_accepted(world.workspace(), provider, id);
    accepted.await.unwrap()
}
