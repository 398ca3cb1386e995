//! What a client keeps for life, and how it is found.

use std::sync::Arc;

use jit_domain::{
    change::Change, ports::Store, settings::AuthMethod, values::Version, views::PageRequest,
};

use super::world::World;
use crate::fixtures::{ClientParts, at_version};

/// R4: no later version of a client has another authentication method.
pub async fn the_method_of_a_client_never_changes(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    for method in AuthMethod::ALL {
        if method != client.method() {
            let other = ClientParts {
                method,
                ..ClientParts::next(&client)
            };
            let commit = world.make.commit([Change::put(other.build())]);
            world.commit(&commit).await.unwrap_err();
        }
    }
    world.assert_kept(&client.clone().into()).await;
    world.put([ClientParts::next(&client).build().into()]).await;
}

/// R4: every method can be had from the beginning.
pub async fn a_client_is_made_with_any_method(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for method in AuthMethod::ALL {
        let connection = world.make.connection(&method.code().replace('_', "-"));
        let user = world.make.end_user("dana", &connection);
        let client = ClientParts {
            method,
            ..ClientParts::of(&world.make.client(&user))
        };
        let client = client.build();
        world
            .put([connection.into(), user.into(), client.clone().into()])
            .await;
        world.assert_kept(&client.into()).await;
    }
}

/// A client is found by its owner.
pub async fn a_client_is_found_by_its_owner(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (dana, client) = world.person("dana").await;
    let (emil, other) = world.person("emil").await;
    for (owner, theirs) in [(&dana, &client), (&emil, &other)] {
        let found = world
            .store
            .find_client_of(world.workspace(), owner.id)
            .await;
        assert_eq!(found.unwrap().as_ref(), Some(theirs));
    }
    let connection = world.make.connection("okta");
    let nobody = world.make.end_user("nobody", &connection);
    let found = world
        .store
        .find_client_of(world.workspace(), nobody.id)
        .await;
    assert_eq!(found.unwrap(), None);
}

/// R5, R7: how many clients a first login has made.
pub async fn jit_clients_are_counted(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let count = || async {
        world
            .store
            .count_jit_clients(world.workspace())
            .await
            .unwrap()
    };
    assert_eq!(count().await, 0);
    world.person("dana").await;
    let (_, client) = world.person("emil").await;
    assert_eq!(count().await, 2);
    let next = at_version(&client.into(), Version(2));
    world.put([next.clone()]).await;
    assert_eq!(count().await, 2);
    world
        .apply([Change::Remove(next.reference(), Version(2))])
        .await;
    assert_eq!(count().await, 1);
}

/// Credentials belong to the client: a put replaces them all, in their order.
pub async fn a_put_replaces_all_credentials(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let [a, b, c] = ["a", "b", "c"].map(|name| world.make.credential(name).0);
    let mut client = client;
    for credentials in [
        vec![a.clone(), b.clone()],
        vec![c.clone(), b, a],
        vec![c],
        vec![],
    ] {
        let next = ClientParts {
            credentials,
            ..ClientParts::next(&client)
        };
        client = next.build();
        world.put([client.clone().into()]).await;
        world.assert_kept(&client.clone().into()).await;
        let page = world
            .store
            .list_clients(world.workspace(), &PageRequest::FIRST)
            .await;
        assert_eq!(page.unwrap().items, [client.clone()]);
    }
}
