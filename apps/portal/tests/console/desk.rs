//! People of the console, signed in.

use chrono::Duration;
use jit_domain::{
    console::{Administrator, ConsoleRole},
    ids::{EndUserGroupId, PolicyId},
    portal::{GroupDraft, PolicyDraft},
    ports::Clock,
    sessions::{Principal, Session},
    tokens::SecretKind,
    values::{EmailAddress, Name},
};
use jit_testkit::Fixtures;

use crate::{browser::Browser, world::World};

/// A browser of the administrator who set the world up.
pub(crate) async fn administrator(world: &World) -> Browser {
    let jit_domain::access::Decider::Administrator(id) = world.admin.identity else {
        panic!("the world has no administrator");
    };
    session(world, Principal::Administrator(id), 70).await
}

/// A browser of somebody else in the console.
pub(crate) async fn colleague(world: &World, name: &str, role: ConsoleRole) -> Browser {
    let seed: u64 = name.bytes().map(u64::from).sum();
    let make = Fixtures::named("default", 1000 + seed);
    let person = Administrator {
        workspace: world.app.workspace,
        role,
        name: Name::restore(name.to_owned()),
        email: EmailAddress::restore(format!("{name}@acme.example")),
        ..make.administrator(name)
    };
    world.put(person.clone()).await;
    session(world, Principal::Administrator(person.id), 2000 + seed).await
}

async fn session(world: &World, principal: Principal, seed: u64) -> Browser {
    let make = Fixtures::named("default", seed);
    let secret = make.secret(SecretKind::Session);
    let now = world.clock.now();
    let session = Session {
        workspace: world.app.workspace,
        hash: secret.hash(),
        created_at: now,
        expires_at: now + Duration::hours(8),
        ..make.session(principal)
    };
    world.put(session).await;
    world.browser(secret.reveal())
}

pub(crate) async fn policy(world: &World, name: &str) -> PolicyId {
    let draft = PolicyDraft {
        name: name.to_owned(),
        ..PolicyDraft::default()
    };
    world
        .app
        .portal
        .create_policy(&world.admin, &draft)
        .await
        .unwrap()
        .id
}

pub(crate) async fn group(world: &World, name: &str) -> EndUserGroupId {
    let draft = GroupDraft {
        name: name.to_owned(),
        ..GroupDraft::default()
    };
    world
        .app
        .portal
        .create_group(&world.admin, &draft)
        .await
        .unwrap()
        .id
}
