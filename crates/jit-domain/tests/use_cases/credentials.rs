use chrono::Duration;
use jit_domain::{
    clients::ApiClient,
    console::ConsoleRole,
    error::Rejection,
    portal::{Caller, CredentialDraft, Overlap},
    ports::ApiClientRepository,
    tokens::SecretKind,
};

use crate::world::{Login, World, rejection};

fn draft(name: &str) -> CredentialDraft {
    CredentialDraft {
        name: name.to_owned(),
        ..CredentialDraft::default()
    }
}

async fn client(world: &World, login: &Login) -> ApiClient {
    world
        .store
        .find_client(world.workspace.id, login.now.client)
        .await
        .unwrap()
        .unwrap()
}

/// R29: a secret is in one answer; the store keeps its hash, and the audit log nothing of it.
#[tokio::test]
async fn a_secret_is_shown_once_and_kept_as_a_hash() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let caller = Caller::EndUser(dana.caller());
    let made = world
        .portal
        .create_credential(&caller, dana.now.client, &draft("laptop"))
        .await
        .unwrap();
    assert!(
        made.secret
            .reveal()
            .starts_with(SecretKind::AuthToken.prefix())
    );
    let stored = client(&world, &dana).await;
    assert_eq!(stored.credentials()[0].hash, made.secret.hash());
    let page = jit_domain::views::PageRequest::FIRST;
    let filter = jit_domain::views::AuditFilter::default();
    let log = world.portal.list_audit_events(&world.admin, &filter, &page);
    let log = format!("{:?} {stored:?}", log.await.unwrap());
    assert!(!log.contains(made.secret.reveal()));
}

/// R29: after a rotation both secrets live for the overlap, then only the new one; without overlap at once.
#[tokio::test]
async fn a_rotation_keeps_the_old_secret_for_the_overlap() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let caller = Caller::EndUser(dana.caller());
    let id = dana.now.client;
    let first = world
        .portal
        .create_credential(&caller, id, &draft("laptop"))
        .await
        .unwrap();
    let second = world
        .portal
        .rotate_credential(&caller, id, first.credential.id, Overlap::DEFAULT)
        .await
        .unwrap();
    let usable = async || -> Vec<bool> {
        let stored = client(&world, &dana).await;
        stored
            .credentials()
            .iter()
            .map(|c| c.is_usable(world.now()))
            .collect()
    };
    assert_eq!(usable().await, [true, true]);
    world.clock.advance(Duration::hours(24));
    assert_eq!(usable().await, [false, true]);
    let old = world
        .portal
        .rotate_credential(&caller, id, first.credential.id, Overlap::NONE)
        .await;
    assert_eq!(rejection(old.map(|_| ())), Rejection::CredentialSpent);
    world
        .portal
        .rotate_credential(&caller, id, second.credential.id, Overlap::NONE)
        .await
        .unwrap();
    assert_eq!(usable().await, [false, false, true]);
    assert!(Overlap::parse(-1).is_err() && Overlap::parse(30 * 86_400 + 1).is_err());
}

/// R29: *revoke now* has no overlap.
#[tokio::test]
async fn a_revoked_credential_ends_at_once() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let caller = Caller::EndUser(dana.caller());
    let made = world
        .portal
        .create_credential(&caller, dana.now.client, &draft("laptop"))
        .await
        .unwrap();
    let id = made.credential.id;
    world
        .portal
        .revoke_credential(&caller, dana.now.client, id)
        .await
        .unwrap();
    assert!(!client(&world, &dana).await.credentials()[0].is_usable(world.now()));
    let twice = world
        .portal
        .revoke_credential(&caller, dana.now.client, id)
        .await;
    assert_eq!(
        rejection(twice),
        Rejection::AlreadyEnded { what: "credential" }
    );
}

#[tokio::test]
async fn a_client_has_at_most_twenty_usable_credentials() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let caller = Caller::EndUser(dana.caller());
    let id = dana.now.client;
    let mut made = vec![];
    for n in 0..ApiClient::MAX_CREDENTIALS {
        made.push(
            world
                .portal
                .create_credential(&caller, id, &draft(&format!("key {n}")))
                .await
                .unwrap(),
        );
    }
    let full = world
        .portal
        .create_credential(&caller, id, &draft("one more"))
        .await;
    assert_eq!(
        rejection(full.map(|_| ())),
        Rejection::TooManyCredentials { limit: 20 }
    );
    world
        .portal
        .revoke_credential(&caller, id, made[3].credential.id)
        .await
        .unwrap();
    world
        .portal
        .create_credential(&caller, id, &draft("one more"))
        .await
        .unwrap();
    let stored = client(&world, &dana).await;
    assert_eq!(stored.credentials().len(), 20);
    assert_eq!(
        stored.find_credential(made[3].credential.id),
        None,
        "the spent one made room"
    );
}

#[tokio::test]
async fn a_client_of_somebody_else_does_not_exist() {
    let world = World::configured().await;
    let (dana, noor) = (
        world.sign_in("dana").await.unwrap(),
        world.sign_in("noor").await.unwrap(),
    );
    let caller = Caller::EndUser(noor.caller());
    let made = world
        .portal
        .create_credential(&caller, dana.now.client, &draft("mine now"))
        .await;
    assert_eq!(rejection(made.map(|_| ())).code(), "not_found");
    let auditor = Caller::Console(world.colleague(ConsoleRole::Auditor));
    let made = world
        .portal
        .create_credential(&auditor, dana.now.client, &draft("read only"))
        .await;
    assert_eq!(rejection(made.map(|_| ())).code(), "role_missing");
    let admin = Caller::Console(world.admin.clone());
    world
        .portal
        .create_credential(&admin, dana.now.client, &draft("for dana"))
        .await
        .unwrap();
}
