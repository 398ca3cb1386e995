//! References: what is named is there, and what is named stays (R8).

use std::sync::Arc;

use jit_domain::{
    access::{AccessRequest, Grant},
    catalogue::ApiCollection,
    change::{Aggregate, Change},
    people::{EndUser, MembershipSource},
    ports::Store,
    settings::JitSettings,
    values::Version,
};

use super::world::World;
use crate::fixtures::ClientParts;

/// R13: no client without a person.
pub async fn a_client_needs_its_owner(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let nobody = world.make.end_user("nobody", &connection);
    world.put([connection.into()]).await;
    world.refuse_put(world.make.client(&nobody)).await;
}

/// R8: a client is governed by a policy that exists.
pub async fn a_client_needs_its_policy(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let policy = world.make.policy("Standard");
    let governed = ClientParts {
        policy: Some(policy.id),
        ..ClientParts::next(&client)
    };
    let governed = governed.build();
    world.refuse_put(governed.clone()).await;
    world.put([policy.into(), governed.into()]).await;
}

/// R2: the policy of the settings exists at the moment of saving.
pub async fn settings_need_their_policy(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policy = world.make.policy("Standard");
    let settings = JitSettings {
        policy: Some(policy.id),
        ..world.make.settings()
    };
    world.refuse_put(settings.clone()).await;
    world.put([policy.into(), settings.into()]).await;
}

/// R2: so do the groups, every one of them.
pub async fn settings_need_their_groups(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (known, unknown) = (world.make.group("Partners"), world.make.group("Staff"));
    world.put([known.clone().into()]).await;
    let settings = JitSettings {
        groups: [known.id, unknown.id].into(),
        ..world.make.settings()
    };
    world.refuse_put(settings.clone()).await;
    world.put([unknown.into(), settings.into()]).await;
}

/// Otherwise a late write would bring back the membership of a removed group.
pub async fn a_membership_needs_its_group(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let group = world.make.group("Partners");
    let member = EndUser {
        version: Version(2),
        memberships: [world.make.membership(&group, MembershipSource::Manual)].into(),
        ..user
    };
    world.refuse_put(member.clone()).await;
    world.put([group.into(), member.into()]).await;
}

/// R20: one asks for something, on behalf of something.
pub async fn a_request_needs_its_client_and_its_collection(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let no_collection = world.make.collection("billing");
    let no_client = world.make.client(&user);
    world
        .refuse_put(world.make.request(&client, &no_collection))
        .await;
    world
        .refuse_put(world.make.request(&no_client, &collection))
        .await;
    world
        .put([world.make.request(&client, &collection).into()])
        .await;
}

/// R25: a grant is between something and something.
pub async fn a_grant_needs_its_client_and_its_collection(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let (request, grant) = world
        .make
        .approved(&world.make.request(&client, &collection));
    let request = AccessRequest {
        version: Version(1),
        ..request
    };
    world.put([request.into()]).await;
    let (client, collection) = (world.make.client(&user).id(), world.make.collection("x").id);
    world
        .refuse_put(Grant {
            client,
            ..grant.clone()
        })
        .await;
    world
        .refuse_put(Grant {
            collection,
            ..grant.clone()
        })
        .await;
    world.put([grant.into()]).await;
}

/// One is invited to set up something.
pub async fn a_setup_link_needs_its_connection(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let link = world.make.setup_link(&connection);
    world.refuse_put(link.clone()).await;
    world.put([connection.into(), link.into()]).await;
}

/// A response came to the address of something.
pub async fn an_attempt_needs_its_connection(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let attempt = world.make.sign_in_attempt(&connection);
    world.refuse_put(attempt.clone()).await;
    world.put([connection.into(), attempt.into()]).await;
}

/// R8: neither the settings nor a client lose their policy.
pub async fn a_policy_in_use_cannot_be_removed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let policy = world.make.policy("Standard");
    let named = JitSettings {
        policy: Some(policy.id),
        ..world.make.settings()
    };
    let unnamed = JitSettings {
        policy: None,
        version: Version(2),
        ..named.clone()
    };
    let governed = ClientParts {
        policy: Some(policy.id),
        ..ClientParts::next(&client)
    };
    let governed = governed.build();
    world.put([policy.clone().into(), named.into()]).await;
    cannot_be_removed(&world, policy.clone()).await;
    world.put([unnamed.into(), governed.clone().into()]).await;
    cannot_be_removed(&world, policy.clone()).await;
    let free = ClientParts {
        policy: None,
        ..ClientParts::next(&governed)
    };
    world.put([free.build().into()]).await;
    can_be_removed(&world, policy).await;
}

/// R8: the settings do not lose a group.
pub async fn a_group_of_the_settings_cannot_be_removed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let group = world.make.group("Partners");
    let named = JitSettings {
        groups: [group.id].into(),
        ..world.make.settings()
    };
    let unnamed = JitSettings {
        groups: [].into(),
        version: Version(2),
        ..named.clone()
    };
    world.put([group.clone().into(), named.into()]).await;
    cannot_be_removed(&world, group.clone()).await;
    world.put([unnamed.into()]).await;
    can_be_removed(&world, group).await;
}

/// A person leaves after the client.
pub async fn an_owner_cannot_be_removed(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    cannot_be_removed(&world, user.clone()).await;
    can_be_removed(&world, client).await;
    can_be_removed(&world, user).await;
}

/// R21: what was asked and decided stays readable, with the names of both sides.
pub async fn both_sides_of_a_request_stay(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let request = world.make.request(&client, &collection);
    world.put([request.clone().into()]).await;
    cannot_be_removed(&world, client.clone()).await;
    cannot_be_removed(&world, collection.clone()).await;
    let (request, grant) = world.make.approved(&request);
    world.put([request.into(), grant.into()]).await;
    cannot_be_removed(&world, client).await;
    cannot_be_removed(&world, collection).await;
}

/// The memberships of a removed group go with it, whatever their source, and nothing else does.
pub async fn a_removed_group_takes_its_memberships_with_it(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let (gone, stays) = (world.make.group("Partners"), world.make.group("Staff"));
    let of = |group, source| world.make.membership(group, source);
    let kept = of(&stays, MembershipSource::Idp);
    let member = EndUser {
        version: Version(2),
        memberships: [
            of(&gone, MembershipSource::Idp),
            of(&gone, MembershipSource::Manual),
            kept,
        ]
        .into(),
        ..user
    };
    world
        .put([gone.clone().into(), stays.into(), member.clone().into()])
        .await;
    can_be_removed(&world, gone).await;
    let after = EndUser {
        memberships: [kept].into(),
        ..member
    };
    world.assert_kept(&after.into()).await;
}

/// Its links and attempts say nothing without it, and those of other connections stay.
pub async fn a_removed_connection_takes_its_links_and_attempts_with_it(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let make = &world.make;
    let [gone, stays] = ["okta", "entra"].map(|slug| make.connection(slug));
    world.put([gone.clone().into(), stays.clone().into()]).await;
    let of = |connection| -> [Aggregate; 3] {
        [
            make.setup_link(connection).into(),
            make.sign_in_attempt(connection).into(),
            make.refused_attempt(connection).into(),
        ]
    };
    let (theirs, others) = (of(&gone), of(&stays));
    world.put(theirs.clone()).await;
    world.put(others.clone()).await;
    let (person, administrator) = (
        make.end_user("dana", &gone),
        make.sso_administrator("dana", &gone),
    );
    world
        .put([person.clone().into(), administrator.clone().into()])
        .await;
    can_be_removed(&world, gone).await;
    for it in theirs {
        assert_eq!(world.read(&it).await, None);
    }
    for it in others {
        world.assert_kept(&it).await;
    }
    // People stay, and cannot come that way.
    world.assert_kept(&person.into()).await;
    world.assert_kept(&administrator.into()).await;
}

/// R8: what a person reads when a group cannot be deleted.
pub async fn references_to_a_group_are_counted_by_kind(store: Arc<dyn Store>) {
    use jit_domain::{
        catalogue::Audience,
        connections::{GroupRule, GroupSync, IdpConnection},
    };
    let world = World::new(store).await;
    let (make, group) = (&world.make, world.make.group("Partners"));
    world.put([group.clone().into()]).await;
    assert_eq!(references_to_group(&world, &group).await, []);

    let rule = GroupRule {
        value: "partners".to_owned(),
        group: group.id,
    };
    let connection = IdpConnection {
        group_sync: GroupSync::On(vec![rule]),
        ..make.connection("okta")
    };
    let settings = JitSettings {
        groups: [group.id].into(),
        ..make.settings()
    };
    let restricted = |slug| ApiCollection {
        audience: Audience::Groups([group.id].into()),
        ..make.collection(slug)
    };
    let member = |name, source| EndUser {
        memberships: [make.membership(&group, source)].into(),
        ..make.end_user(name, &connection)
    };
    let all: [Aggregate; 9] = [
        connection.clone().into(),
        settings.into(),
        restricted("orders").into(),
        restricted("billing").into(),
        make.collection("stock").into(),
        member("dana", MembershipSource::Jit).into(),
        member("emil", MembershipSource::Jit).into(),
        member("fay", MembershipSource::Jit).into(),
        member("gus", MembershipSource::Idp).into(),
    ];
    world.put(all).await;
    let expected = [
        ("JIT user settings", 1),
        ("API collections", 2),
        ("identity providers", 1),
        ("end users", 3),
    ];
    assert_eq!(references_to_group(&world, &group).await, expected);
}

/// R8: what a person reads when a policy cannot be deleted.
pub async fn references_to_a_policy_are_counted_by_kind(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let policy = world.make.policy("Standard");
    world.put([policy.clone().into()]).await;
    let read = || async {
        let found = world
            .store
            .list_references_to_policy(world.workspace(), policy.id);
        counted(found.await.unwrap())
    };
    assert_eq!(read().await, []);
    for name in ["dana", "emil"] {
        let (_, client) = world.person(name).await;
        let governed = ClientParts {
            policy: Some(policy.id),
            ..ClientParts::next(&client)
        };
        world.put([governed.build().into()]).await;
    }
    world.person("fay").await;
    assert_eq!(read().await, [("API clients", 2)]);
    let settings = JitSettings {
        policy: Some(policy.id),
        ..world.make.settings()
    };
    world.put([settings.into()]).await;
    assert_eq!(read().await, [("JIT user settings", 1), ("API clients", 2)]);
}

async fn references_to_group(
    world: &World,
    group: &jit_domain::people::EndUserGroup,
) -> Vec<(&'static str, u64)> {
    let found = world
        .store
        .list_references_to_group(world.workspace(), group.id);
    counted(found.await.unwrap())
}

fn counted(references: Vec<jit_domain::error::Reference>) -> Vec<(&'static str, u64)> {
    references.into_iter().map(|it| (it.by, it.count)).collect()
}

async fn cannot_be_removed(world: &World, what: impl Into<Aggregate>) {
    let what = what.into();
    world
        .refuse([Change::Remove(what.reference(), what.version())])
        .await;
    world.assert_kept(&what).await;
}

async fn can_be_removed(world: &World, what: impl Into<Aggregate>) {
    let what = what.into();
    world
        .apply([Change::Remove(what.reference(), what.version())])
        .await;
    assert_eq!(world.read(&what).await, None);
}
