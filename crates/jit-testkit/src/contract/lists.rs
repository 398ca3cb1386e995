//! Short lists and counts.

use std::sync::Arc;

use jit_domain::{
    catalogue::ApiCollection,
    connections::IdpConnection,
    people::{EndUser, EndUserGroup, MembershipSource},
    ports::Store,
    values::{EmailAddress, Name, Version},
};

use super::world::World;
use crate::fixtures::ClientParts;

const NAMES: [&str; 3] = ["Gamma", "Alpha", "Beta"];
const SORTED: [&str; 3] = ["Alpha", "Beta", "Gamma"];

/// Connections are listed by name.
pub async fn connections_are_listed_by_name(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for (name, slug) in NAMES.into_iter().zip(["a", "b", "c"]) {
        let name = Name::restore(name.to_owned());
        let connection = world.make.connection(slug);
        world
            .put([IdpConnection { name, ..connection }.into()])
            .await;
    }
    let listed = world
        .store
        .list_connections(world.workspace())
        .await
        .unwrap();
    let names: Vec<_> = listed.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, SORTED);
}

/// Groups are listed by name, each person counted once.
pub async fn groups_are_listed_by_name_with_their_members(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let groups = NAMES.map(|name| world.make.group(name));
    world.put(groups.clone().map(Into::into)).await;
    let [gamma, alpha, _] = &groups;
    for name in ["dana", "emil"] {
        let (user, _) = world.person(name).await;
        let of = |group: &EndUserGroup, source| world.make.membership(group, source);
        let memberships = [
            of(alpha, MembershipSource::Jit),
            of(alpha, MembershipSource::Manual),
        ];
        let mut member = EndUser {
            version: Version(2),
            memberships: memberships.into(),
            ..user
        };
        if name == "emil" {
            member.memberships.insert(of(gamma, MembershipSource::Idp));
        }
        world.put([member.into()]).await;
    }
    let listed = world.store.list_groups(world.workspace()).await.unwrap();
    let rows: Vec<_> = listed
        .iter()
        .map(|it| (it.group.name.as_str(), it.members))
        .collect();
    assert_eq!(rows, [("Alpha", 2), ("Beta", 0), ("Gamma", 1)]);
}

/// Policies are listed by name, each with the number of clients that it governs.
pub async fn policies_are_listed_by_name_with_their_clients(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policies = NAMES.map(|name| world.make.policy(name));
    world.put(policies.clone().map(Into::into)).await;
    let [gamma, alpha, _] = &policies;
    for (name, policy) in [("dana", alpha), ("emil", alpha), ("fay", gamma)] {
        let (_, client) = world.person(name).await;
        let governed = ClientParts {
            policy: Some(policy.id),
            ..ClientParts::next(&client)
        };
        world.put([governed.build().into()]).await;
    }
    let listed = world.store.list_policies(world.workspace()).await.unwrap();
    let rows: Vec<_> = listed
        .iter()
        .map(|it| (it.policy.name.as_str(), it.clients))
        .collect();
    assert_eq!(rows, [("Alpha", 2), ("Beta", 0), ("Gamma", 1)]);
}

/// R19: collections are listed by name, and the list carries no documents.
pub async fn collections_are_listed_by_name_without_documents(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut expected = Vec::new();
    for (name, slug) in NAMES.into_iter().zip(["a", "b", "c"]) {
        let collection = ApiCollection {
            name: Name::restore(name.to_owned()),
            ..world.make.collection(slug)
        };
        world.put([collection.clone().into()]).await;
        let document = String::new();
        expected.push(ApiCollection {
            document,
            ..collection
        });
    }
    expected.sort_by(|a, b| a.name.cmp(&b.name));
    let listed = world.store.list_collections(world.workspace()).await;
    assert_eq!(listed.unwrap(), expected);
}

/// R19: one collection is read with its document, by id and by slug.
pub async fn a_collection_is_read_with_its_document(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let collection = world.collection("orders").await;
    world.collection("billing").await;
    let by_id = world
        .store
        .find_collection(world.workspace(), collection.id)
        .await;
    let by_slug = world
        .store
        .find_collection_by_slug(world.workspace(), &collection.slug)
        .await;
    assert_eq!(by_id.unwrap().as_ref(), Some(&collection));
    assert_eq!(by_slug.unwrap(), Some(collection));
}

/// A connection is found by the slug in our addresses.
pub async fn a_connection_is_found_by_its_slug(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let all = ["okta", "entra"].map(|slug| world.make.connection(slug));
    world.put(all.clone().map(Into::into)).await;
    for connection in all {
        let found = world
            .store
            .find_connection_by_slug(world.workspace(), &connection.slug);
        assert_eq!(found.await.unwrap(), Some(connection));
    }
    let unknown = world.make.connection("google").slug;
    let found = world
        .store
        .find_connection_by_slug(world.workspace(), &unknown)
        .await;
    assert_eq!(found.unwrap(), None);
}

/// Keys are listed newest first: the first one signs, the others still decrypt.
pub async fn saml_keys_are_listed_newest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let mut all = [(); 3].map(|()| world.make.saml_key());
    world.put(all.clone().map(Into::into)).await;
    all.reverse();
    let listed = world.store.list_saml_keys(world.workspace()).await;
    assert_eq!(listed.unwrap(), all);
}

/// The invitations for a connection are listed newest first, and found by the hash of what is in the link.
pub async fn setup_links_are_listed_newest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let [okta, entra] = ["okta", "entra"].map(|slug| world.make.connection(slug));
    world.put([okta.clone().into(), entra.clone().into()]).await;
    let mut all = [(); 3].map(|()| world.make.setup_link(&okta));
    let elsewhere = world.make.setup_link(&entra);
    world.put(all.clone().map(Into::into)).await;
    world.put([elsewhere.clone().into()]).await;
    let (store, workspace) = (&world.store, world.workspace());
    for it in all.iter().chain([&elsewhere]) {
        let found = store.find_setup_link_by_hash(workspace, &it.hash).await;
        assert_eq!(found.unwrap().as_ref(), Some(it));
    }
    all.reverse();
    let listed = store.list_setup_links(workspace, okta.id).await;
    assert_eq!(listed.unwrap(), all);
    let listed = store.list_setup_links(workspace, entra.id).await;
    assert_eq!(listed.unwrap(), [elsewhere]);
    let unknown = world.make.hash();
    let found = store.find_setup_link_by_hash(workspace, &unknown).await;
    assert_eq!(found.unwrap(), None);
}

/// Administrators are listed oldest first, and found by address.
pub async fn administrators_are_listed_oldest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let all = ["zoe", "ada", "mia"].map(|name| world.make.administrator(name));
    world.put(all.clone().map(Into::into)).await;
    let listed = world.store.list_administrators(world.workspace()).await;
    assert_eq!(listed.unwrap(), all);
    let found = world
        .store
        .find_administrator_by_email(world.workspace(), &all[1].email)
        .await;
    assert_eq!(found.unwrap().as_ref(), Some(&all[1]));
}

/// Tokens are listed oldest first, and found by the hash of what a script sends.
pub async fn api_tokens_are_listed_oldest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let all = ["z", "a", "m"].map(|name| world.make.api_token(name));
    world.put(all.clone().map(Into::into)).await;
    let listed = world.store.list_api_tokens(world.workspace()).await;
    assert_eq!(listed.unwrap(), all);
    let found = world
        .store
        .find_api_token_by_hash(world.workspace(), &all[1].hash)
        .await;
    assert_eq!(found.unwrap().as_ref(), Some(&all[1]));
    let unknown = world.make.hash();
    let found = world
        .store
        .find_api_token_by_hash(world.workspace(), &unknown)
        .await;
    assert_eq!(found.unwrap(), None);
}

/// R15: everybody with an address is listed, oldest first, whoever sent it in whatever letter case.
pub async fn people_of_one_address_are_listed_oldest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let spelled = |text: &str| EmailAddress::restore(text.to_owned());
    let mut expected = Vec::new();
    for (name, email) in [
        ("zoe", Some("Shared@Example.com")),
        ("ada", None),
        ("mia", Some("shared@example.com")),
        ("eve", Some("not-shared@example.com")),
        ("bob", Some("SHARED@EXAMPLE.COM")),
    ] {
        let connection = world.make.connection(name);
        let user = EndUser {
            email: email.map(spelled),
            ..world.make.end_user(name, &connection)
        };
        world.put([connection.into(), user.clone().into()]).await;
        if ["zoe", "mia", "bob"].contains(&name) {
            expected.push(user);
        }
    }
    let email = spelled("sHARED@example.com");
    let listed = world
        .store
        .list_end_users_by_email(world.workspace(), &email)
        .await;
    assert_eq!(listed.unwrap(), expected);
}

/// People are counted, each once.
pub async fn people_are_counted(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let count = || async {
        world
            .store
            .count_end_users(world.workspace())
            .await
            .unwrap()
    };
    assert_eq!(count().await, 0);
    for name in ["dana", "emil", "fay"] {
        world.person(name).await;
    }
    assert_eq!(count().await, 3);
}

/// A store that can be read says so.
pub async fn a_store_answers_a_ping(store: Arc<dyn Store>) {
    store.ping().await.unwrap();
}
