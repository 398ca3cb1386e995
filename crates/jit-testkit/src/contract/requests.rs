//! Access requests: one at a time, and all of them on record.

use std::sync::Arc;

use jit_domain::{ports::Store, values::Version};

use super::world::World;
use crate::fixtures::at_version;

/// R20: a second request for the same collection waits for the end of the first.
pub async fn a_client_has_one_pending_request_for_a_collection(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let first = world.make.request(&client, &collection);
    world.put([first.clone().into()]).await;
    world
        .refuse_put(world.make.request(&client, &collection))
        .await;
    world.put([at_version(&first.into(), Version(2))]).await;
}

/// R20: others may ask for the same, and the same client for something else.
pub async fn other_clients_and_other_collections_are_not_in_the_way(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let orders = world.collection("orders").await;
    let billing = world.collection("billing").await;
    let all = [(&dana, &orders), (&dana, &billing), (&emil, &orders)];
    let all = all.map(|(client, collection)| world.make.request(client, collection));
    world.put(all.clone().map(Into::into)).await;
    for request in all {
        world.assert_kept(&request.into()).await;
    }
}

/// R23: one may ask again after any end of a request, in the same commit even.
pub async fn one_may_ask_again_after_a_request_ended(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let ask = || world.make.request(&client, &collection);
    let [first, second, third, fourth] = [ask(), ask(), ask(), ask()];
    let (approved, grant) = world.make.approved(&third);
    world.put([first.clone().into()]).await;
    world
        .put([world.make.rejected(&first).into(), second.clone().into()])
        .await;
    world
        .put([world.make.withdrawn(&second).into(), third.into()])
        .await;
    world.put([approved.into(), grant.into()]).await;
    world.put([fourth.clone().into()]).await;
    world.refuse_put(ask()).await;

    let (store, workspace) = (&world.store, world.workspace());
    let all = store
        .list_requests_of_client(workspace, client.id())
        .await
        .unwrap();
    assert_eq!(all.len(), 4);
    let pending = store
        .list_pending_requests_for(workspace, collection.id)
        .await;
    assert_eq!(pending.unwrap(), [fourth]);
}

/// R21: everything that a client ever asked is listed, newest first.
pub async fn the_requests_of_a_client_are_listed_newest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let mut theirs = Vec::new();
    for slug in ["a", "b", "c"] {
        let collection = world.collection(slug).await;
        let request = world.make.request(&dana, &collection);
        let other = world.make.request(&emil, &collection);
        world.put([request.clone().into(), other.into()]).await;
        theirs.insert(0, request);
    }
    let listed = world
        .store
        .list_requests_of_client(world.workspace(), dana.id())
        .await;
    assert_eq!(listed.unwrap(), theirs);
}

/// R23: what to cancel when a collection goes away.
pub async fn only_pending_requests_for_that_collection_are_listed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let (_, fay) = world.person("fay").await;
    let orders = world.collection("orders").await;
    let billing = world.collection("billing").await;
    let [first, second] = [&dana, &emil].map(|client| world.make.request(client, &orders));
    let ended = world.make.request(&fay, &orders);
    let elsewhere = world.make.request(&dana, &billing);
    world
        .put([&first, &second, &ended, &elsewhere].map(|it| it.clone().into()))
        .await;
    world.put([world.make.rejected(&ended).into()]).await;
    let listed = world
        .store
        .list_pending_requests_for(world.workspace(), orders.id)
        .await;
    let mut listed = listed.unwrap();
    listed.sort_by_key(|request| request.id);
    assert_eq!(listed, [first, second]);
}

/// R25: every grant of a client is listed, newest first, those that ended too.
pub async fn the_grants_of_a_client_are_listed_newest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let mut theirs = Vec::new();
    for slug in ["a", "b", "c"] {
        let collection = world.collection(slug).await;
        for client in [&dana, &emil] {
            let asked = world.make.request(client, &collection);
            let (approved, grant) = world.make.approved(&asked);
            world
                .put([asked.into(), approved.into(), grant.clone().into()])
                .await;
            if client.id() == dana.id() {
                theirs.insert(0, grant);
            }
        }
    }
    theirs[1] = world.make.revoked(&theirs[1]);
    world.put([theirs[1].clone().into()]).await;
    let listed = world
        .store
        .list_grants_of_client(world.workspace(), dana.id())
        .await;
    assert_eq!(listed.unwrap(), theirs);
}
