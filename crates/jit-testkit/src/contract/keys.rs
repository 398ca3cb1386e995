//! Keys that only one may have, within a workspace.

use std::sync::Arc;

use jit_domain::{
    catalogue::Policy,
    change::Change,
    connections::IdpConnection,
    console::{Administrator, ApiToken, ConsoleSignIn, SetupLink},
    people::{EndUser, EndUserGroup},
    ports::Store,
    sessions::{Principal, Session},
    values::{EmailAddress, Version},
};

use super::world::World;
use crate::fixtures::{ClientParts, Fixtures};

/// R38: a command that names a workspace means one.
pub async fn a_workspace_slug_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let other = Fixtures::named("default", 2);
    let commit = other.put_all([other.workspace().into()]);
    world.commit(&commit).await.unwrap_err();
    world.assert_kept(&world.make.workspace().into()).await;
}

/// The slug is in the address that the provider posts to.
pub async fn a_connection_slug_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let first = world.make.connection("okta");
    let second = IdpConnection {
        idp: None,
        ..world.make.connection("okta")
    };
    world.put([first.into()]).await;
    world.refuse_put(second).await;
}

/// R11: one issuer is one connection, so that one set of keys verifies it.
pub async fn an_idp_entity_id_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let first = world.make.connection("okta");
    let second = world.make.connection("entra");
    world
        .put([first.clone().into(), second.clone().into()])
        .await;
    world
        .refuse_put(IdpConnection {
            version: Version(2),
            idp: first.idp,
            ..second
        })
        .await;
}

/// Connections are made before their providers are known, and several may wait for that.
pub async fn connections_without_a_provider_are_not_in_each_others_way(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let waiting = |slug| IdpConnection {
        idp: None,
        ..world.make.connection(slug)
    };
    let [first, second] = ["okta", "entra"].map(waiting);
    world
        .put([first.clone().into(), second.clone().into()])
        .await;
    let described = |connection: &IdpConnection| IdpConnection {
        version: Version(2),
        idp: Some(world.make.idp_description("okta")),
        ..connection.clone()
    };
    world.put([described(&first).into()]).await;
    world.refuse_put(described(&second)).await;
    world.assert_kept(&second.into()).await;
}

/// R13, R15: an identity signs in as one person, also one that was linked later.
pub async fn a_subject_belongs_to_one_person(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (make, connection) = (&world.make, world.make.connection("okta"));
    let dana = make.end_user("dana", &connection);
    let linked = EndUser {
        version: Version(2),
        subjects: ["dana", "dana.okafor"]
            .map(|id| make.subject(id, &connection))
            .into(),
        ..dana.clone()
    };
    world.put([connection.clone().into(), dana.into()]).await;
    world.refuse_put(make.end_user("dana", &connection)).await;
    world.put([linked.clone().into()]).await;
    world
        .refuse_put(make.end_user("dana.okafor", &connection))
        .await;
    world.assert_kept(&linked.into()).await;
}

/// Groups are told apart by name.
pub async fn a_group_name_is_taken_in_any_letter_case(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.put([world.make.group("Partners").into()]).await;
    world.refuse_put(world.make.group("Partners")).await;
    world.refuse_put(world.make.group("PARTNERS")).await;
}

/// Policies are told apart by name.
pub async fn a_policy_name_is_taken_in_any_letter_case(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.put([world.make.policy("Standard").into()]).await;
    world.refuse_put(world.make.policy("Standard")).await;
    world.refuse_put(world.make.policy("sTANDARD")).await;
}

/// A new name is checked like a first one, and one's own name is not in the way.
pub async fn a_rename_to_a_taken_name_is_refused(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (first, second) = (world.make.group("Partners"), world.make.group("Staff"));
    world
        .put([first.clone().into(), second.clone().into()])
        .await;
    let renamed = |name: &str| EndUserGroup {
        version: Version(2),
        name: world.make.group(name).name,
        ..second.clone()
    };
    world.refuse_put(renamed("partners")).await;
    world.put([renamed("STAFF").into()]).await;
    let standard = world.make.policy("Standard");
    world.put([standard.clone().into()]).await;
    let changed = Policy {
        version: Version(2),
        rate: None,
        ..standard
    };
    world.put([changed.into()]).await;
}

/// Removing or renaming gives a name back, in the same commit already.
pub async fn a_name_is_free_again_after_a_removal_or_a_change(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (first, second) = (world.make.group("Partners"), world.make.group("Staff"));
    world
        .put([first.clone().into(), second.clone().into()])
        .await;
    let renamed = EndUserGroup {
        version: Version(2),
        name: world.make.group("Employees").name,
        ..second
    };
    world
        .apply([
            Change::Remove(jit_domain::change::Ref::EndUserGroup(first.id), Version(1)),
            Change::put(world.make.group("Partners")),
            Change::put(renamed),
            Change::put(world.make.group("staff")),
        ])
        .await;
}

/// The slug is in the addresses of the gateway, whatever the version of the API.
pub async fn a_collection_slug_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.collection("orders").await;
    let second = jit_domain::catalogue::ApiCollection {
        api_version: world.make.collection("v2").slug,
        ..world.make.collection("orders")
    };
    world.refuse_put(second).await;
}

/// R13: a person has one JIT client.
pub async fn a_person_has_one_jit_client(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    world.refuse_put(world.make.client(&user)).await;
    let found = world.store.find_client_of(world.workspace(), user.id).await;
    assert_eq!(found.unwrap(), Some(client));
}

/// R26: a secret is one credential of one client.
pub async fn a_credential_hash_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let (credential, _) = world.make.credential("ci");
    let (mut twin, _) = world.make.credential("laptop");
    twin.hash = credential.hash;
    let with = |client, credentials| ClientParts {
        credentials,
        ..ClientParts::next(client)
    };
    let both = vec![credential.clone(), twin.clone()];
    world.refuse_put(with(&dana, both).build()).await;
    let first = with(&dana, vec![credential]).build();
    world.put([first.clone().into()]).await;
    world
        .refuse_put(with(&emil, vec![twin.clone()]).build())
        .await;
    // The secret is known by another name now, and the first is still no other client's.
    world.put([with(&first, vec![twin]).build().into()]).await;
}

/// A token means one row.
pub async fn an_api_token_hash_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let first = world.make.api_token("scripts");
    let twin = ApiToken {
        hash: first.hash,
        ..world.make.api_token("other scripts")
    };
    world.put([first.into()]).await;
    world.refuse_put(twin).await;
}

/// A cookie means one session.
pub async fn a_session_hash_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let first = world.make.session(Principal::EndUser(user.id));
    let twin = Session {
        hash: first.hash,
        ..world.make.session(Principal::EndUser(user.id))
    };
    world.put([first.into()]).await;
    world.refuse_put(twin).await;
}

/// A link means one invitation.
pub async fn a_setup_link_hash_is_taken_once(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connections = ["okta", "entra"].map(|slug| world.make.connection(slug));
    let first = world.make.setup_link(&connections[0]);
    let twin = SetupLink {
        hash: first.hash,
        ..world.make.setup_link(&connections[1])
    };
    world.put(connections.map(Into::into)).await;
    world.put([first.into()]).await;
    world.refuse_put(twin).await;
}

/// An administrator with a password signs in with the address.
pub async fn the_address_of_an_administrator_is_taken_in_any_letter_case(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let first = world.make.administrator("ada");
    let twin = Administrator {
        email: EmailAddress::restore("ADA@Example.com".to_owned()),
        ..world.make.administrator("other ada")
    };
    world.put([first.into()]).await;
    world.refuse_put(twin).await;
}

/// Whoever comes through a provider is known by the subject there, and the address is an attribute.
pub async fn the_address_is_a_key_only_of_administrators_with_a_password(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let through_provider = |name| Administrator {
        email: world.make.administrator("ada").email,
        ..world.make.sso_administrator(name, &connection)
    };
    let ada = world.make.administrator("ada");
    let (first, second) = (through_provider("ada"), through_provider("other ada"));
    world
        .put([
            first.clone().into(),
            ada.clone().into(),
            second.clone().into(),
        ])
        .await;
    let (store, workspace) = (&world.store, world.workspace());
    let found = store.find_administrator_by_email(workspace, &ada.email);
    assert_eq!(found.await.unwrap().as_ref(), Some(&ada));
    let with_password = Administrator {
        version: Version(2),
        sign_in: ada.sign_in.clone(),
        ..second
    };
    world.refuse_put(with_password).await;
    let gone = Change::Remove(jit_domain::change::Ref::Administrator(ada.id), ada.version);
    world.apply([gone]).await;
    let found = store.find_administrator_by_email(workspace, &ada.email);
    assert_eq!(found.await.unwrap(), None);
}

/// A subject signs in to the console as one administrator, whatever connection it came through before.
pub async fn a_subject_belongs_to_one_administrator(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let connection = make.connection("okta");
    world.put([connection.clone().into()]).await;
    let first = make.sso_administrator("ada", &connection);
    let twin = Administrator {
        email: make.administrator("other ada").email,
        sign_in: ConsoleSignIn::Sso {
            connection: make.id(jit_domain::ids::IdpConnectionId::new),
            subject: make.subject("ada", &connection),
        },
        ..make.sso_administrator("ada", &connection)
    };
    world.put([first.clone().into()]).await;
    world.refuse_put(twin).await;
    // The same name at another provider is somebody else, and so is the end user of that name.
    let elsewhere = make.connection("entra");
    let other = make.sso_administrator("ada", &elsewhere);
    let end_user = make.end_user("ada", &connection);
    world
        .put([elsewhere.into(), other.into(), end_user.into()])
        .await;
    world.assert_kept(&first.into()).await;
}

/// R15: an address is an attribute, and two people may have the same.
pub async fn the_address_of_a_person_is_not_a_key(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (dana, _) = world.person("dana").await;
    let (emil, _) = world.person("emil").await;
    let same = EndUser {
        version: Version(2),
        email: dana.email,
        ..emil
    };
    world.put([same.clone().into()]).await;
    world.assert_kept(&same.into()).await;
}
