//! What the gateway knows of clients and routes (R26).

use std::{collections::BTreeSet, sync::Arc};

use jit_domain::{
    access::Grant,
    catalogue::{ApiCollection, Audience, Publication},
    clients::{ApiClient, ClientState},
    gateway::{CallingClient, Route},
    people::{EndUser, HoldSource, MembershipSource},
    ports::Store,
    values::Version,
};

use super::world::World;
use crate::fixtures::ClientParts;

/// R26: everything that a decision needs: groups, policy, credentials, grants.
pub async fn a_calling_client_has_all_that_a_decision_needs(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let plain = calling(&world, &client).await;
    let groups = ["Partners", "Staff"].map(|name| world.make.group(name));
    let policy = world.make.policy("Standard");
    let mut memberships = BTreeSet::new();
    for group in &groups {
        memberships.insert(world.make.membership(group, MembershipSource::Idp));
        memberships.insert(world.make.membership(group, MembershipSource::Manual));
    }
    let member = EndUser {
        version: Version(2),
        memberships,
        ..user.clone()
    };
    let [a, b] = ["a", "b"].map(|name| world.make.credential(name).0);
    let changed = ClientParts {
        policy: Some(policy.id),
        state: ClientState::Disabled,
        credentials: vec![a.clone(), b.clone()],
        ..ClientParts::next(&client)
    };
    world.put(groups.clone().map(Into::into)).await;
    world
        .put([policy.clone().into(), member.into(), changed.build().into()])
        .await;

    let expected = CallingClient {
        id: client.id(),
        owner: user.id,
        owner_is_usable: true,
        groups: [].into(),
        method: client.method(),
        state: ClientState::Active,
        policy: None,
        credentials: vec![],
        grants: vec![],
    };
    assert_eq!(plain, expected);
    let expected = CallingClient {
        groups: groups.iter().map(|it| it.id).collect(),
        state: ClientState::Disabled,
        policy: Some(policy.id),
        credentials: vec![a, b],
        ..expected
    };
    assert_eq!(calling(&world, &client).await, expected);
}

/// R26, R30: whether the owner may act follows the holds.
pub async fn a_calling_client_knows_whether_its_owner_may_act(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let holds = [HoldSource::Admin, HoldSource::IdpSuspended].map(|it| world.make.hold(it));
    let held = |version, holds: &[_]| EndUser {
        version: Version(version),
        holds: holds.to_vec(),
        ..user.clone()
    };
    for (version, holds) in [(2, &holds[..]), (3, &holds[1..]), (4, &[])] {
        world.put([held(version, holds).into()]).await;
        let usable = calling(&world, &client).await.owner_is_usable;
        assert_eq!(usable, holds.is_empty(), "{holds:?}");
    }
}

/// R25, R26: grants of this client, expired ones too, for expiry is checked at use; no revoked ones.
pub async fn a_calling_client_has_only_grants_that_are_not_revoked(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let mut grants = Vec::new();
    for (slug, client) in [("a", &dana), ("b", &dana), ("c", &dana), ("d", &emil)] {
        let request = world.make.request(client, &world.collection(slug).await);
        let (approved, grant) = world.make.approved(&request);
        let grant = Grant {
            expires_at: (slug == "b").then_some(grant.granted_at),
            ..grant
        };
        world
            .put([request.into(), approved.into(), grant.clone().into()])
            .await;
        grants.push(grant);
    }
    world.put([world.make.revoked(&grants[0]).into()]).await;
    let mut found = calling(&world, &dana).await.grants;
    found.sort_by_key(|grant| grant.id);
    assert_eq!(found, grants[1..3]);
    assert_eq!(calling(&world, &emil).await.grants, grants[3..]);
}

/// R28: a gateway that starts reads all clients, each as it would be read alone, in order of id.
pub async fn all_calling_clients_are_listed_in_order(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut clients = Vec::new();
    for n in 0..5 {
        let (_, client) = world.person(&format!("person-{n}")).await;
        let collection = world.collection(&format!("api-{n}")).await;
        let request = world.make.request(&client, &collection);
        let (approved, grant) = world.make.approved(&request);
        let with_credential = ClientParts {
            credentials: vec![world.make.credential("ci").0],
            ..ClientParts::next(&client)
        };
        let client = with_credential.build();
        world
            .put([
                client.clone().into(),
                request.into(),
                approved.into(),
                grant.into(),
            ])
            .await;
        clients.push(client);
    }
    let mut expected = Vec::new();
    for client in &clients {
        expected.push(calling(&world, client).await);
    }
    let (store, workspace) = (&world.store, world.workspace());
    assert_eq!(
        store.list_calling_clients(workspace, None).await.unwrap(),
        expected
    );
    for (index, client) in clients.iter().enumerate() {
        let rest = store
            .list_calling_clients(workspace, Some(client.id()))
            .await;
        assert_eq!(rest.unwrap(), expected[index + 1..]);
    }
}

/// R28: many clients are read in parts of 1,000.
pub async fn many_calling_clients_are_read_in_parts(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let mut all = vec![connection.clone().into()];
    for n in 0..1_003 {
        let user = world.make.end_user(&format!("person-{n}"), &connection);
        let client = world.make.client(&user);
        all.extend([user.into(), client.into()]);
    }
    world.put(all).await;
    let (store, workspace) = (&world.store, world.workspace());
    let first = store.list_calling_clients(workspace, None).await.unwrap();
    assert_eq!(first.len(), 1_000);
    let rest = store
        .list_calling_clients(workspace, Some(first[999].id))
        .await
        .unwrap();
    assert_eq!(rest.len(), 3);
    assert!(
        first
            .iter()
            .chain(&rest)
            .is_sorted_by_key(|client| client.id)
    );
}

/// A client that is not there is no error: the gateway forgets it.
pub async fn an_unknown_calling_client_is_none(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let unknown = world.make.client(&user).id();
    let found = world
        .store
        .find_calling_client(world.workspace(), unknown)
        .await;
    assert_eq!(found.unwrap(), None);
}

/// R26: every collection is a route, drafts too, for the gateway decides what passes.
pub async fn every_collection_is_a_route(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let group = world.make.group("Partners");
    world.put([group.clone().into()]).await;
    let collections = [
        world.make.collection("orders"),
        ApiCollection {
            publication: Publication::Draft,
            api_version: world.make.collection("v2.1").slug,
            ..world.make.collection("billing")
        },
        ApiCollection {
            audience: Audience::Groups([group.id].into()),
            ..world.make.collection("stock")
        },
        ApiCollection {
            publication: Publication::Deleted,
            ..world.make.collection("gone")
        },
    ];
    world.put(collections.clone().map(Into::into)).await;
    let route = |it: ApiCollection| Route {
        collection: it.id,
        slug: it.slug,
        api_version: it.api_version,
        upstream: it.upstream,
        publication: it.publication,
        audience: it.audience,
    };
    let mut routes = world.store.list_routes(world.workspace()).await.unwrap();
    routes.sort_by_key(|route| route.collection);
    assert_eq!(routes, collections.map(route));
}

async fn calling(world: &World, client: &ApiClient) -> CallingClient {
    let found = world
        .store
        .find_calling_client(world.workspace(), client.id())
        .await;
    found.unwrap().unwrap()
}
