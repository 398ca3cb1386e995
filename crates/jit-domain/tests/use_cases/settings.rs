use std::collections::BTreeSet;

use jit_domain::{
    console::ConsoleRole,
    error::Rejection,
    ids::{EndUserGroupId, PolicyId},
    people::MembershipSource,
    portal::{Expected, PolicyDraft},
    ports::{ApiClientRepository, EndUserRepository},
    settings::{AuthMethod, JitSettingsDraft},
    values::Version,
};

use crate::world::{World, rejection};

fn token() -> JitSettingsDraft {
    JitSettingsDraft {
        method: Some(AuthMethod::AuthToken),
        ..JitSettingsDraft::default()
    }
}

async fn policy(world: &World, name: &str) -> PolicyId {
    let draft = PolicyDraft {
        name: name.to_owned(),
        ..PolicyDraft::default()
    };
    world
        .portal
        .create_policy(&world.admin, &draft)
        .await
        .unwrap()
        .id
}

/// R1: not configured is a state of its own, and only a save leaves it.
#[tokio::test]
async fn settings_start_as_not_configured() {
    let world = World::new().await;
    let before = world.portal.find_jit_settings(&world.admin).await.unwrap();
    assert_eq!((before.settings, before.clients), (None, 0));
    world.save(AuthMethod::AuthToken).await.unwrap();
    let after = world
        .portal
        .find_jit_settings(&world.admin)
        .await
        .unwrap()
        .settings
        .unwrap();
    assert_eq!(
        (after.version, after.method_locked_since),
        (Version(1), None)
    );
}

/// R2: a save needs a method; a policy and groups must exist in the workspace.
#[tokio::test]
async fn a_save_names_everything_that_is_wrong_at_once() {
    let world = World::new().await;
    let draft = JitSettingsDraft {
        method: None,
        policy: Some(PolicyId::new(uuid::Uuid::from_u128(1))),
        groups: [EndUserGroupId::new(uuid::Uuid::from_u128(2))].into(),
    };
    let Rejection::Invalid(problems) = rejection(world.save_draft(draft).await) else {
        panic!("expected invalid fields");
    };
    let fields: BTreeSet<_> = problems.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["auth_method", "groups", "policy"].into());
    assert_eq!(
        world
            .portal
            .find_jit_settings(&world.admin)
            .await
            .unwrap()
            .settings,
        None
    );
}

/// R2, R38: a policy of another workspace does not exist in this one.
#[tokio::test]
async fn a_policy_of_another_workspace_cannot_be_saved() {
    let (world, other) = (World::new().await, World::new().await);
    let foreign = policy(&other, "Standard").await;
    let draft = JitSettingsDraft {
        policy: Some(foreign),
        ..token()
    };
    assert_eq!(rejection(world.save_draft(draft).await).code(), "invalid");
}

/// R9: a method that the gateway does not check yet cannot be saved.
#[tokio::test]
async fn a_method_that_is_not_available_cannot_be_saved() {
    let world = World::new().await;
    for method in AuthMethod::ALL
        .into_iter()
        .filter(|method| !method.is_available())
    {
        let answer = rejection(world.save(method).await);
        assert_eq!(answer, Rejection::AuthMethodUnavailable { method });
    }
}

/// R5: from the first client on the method stays; the refusal says since when and how many.
#[tokio::test]
async fn the_first_client_locks_the_method() {
    let world = World::configured().await;
    let login = world.sign_in("dana").await.unwrap();
    world.sign_in("noor").await.unwrap();
    let settings = world.portal.find_jit_settings(&world.admin).await.unwrap();
    let client = world
        .store
        .find_client(world.workspace.id, login.now.client)
        .await
        .unwrap()
        .unwrap();
    let since = client.created_at();
    assert_eq!(settings.settings.unwrap().method_locked_since, Some(since));
    let locked = Rejection::AuthMethodLocked {
        method: AuthMethod::AuthToken,
        since,
        clients: 2,
    };
    for other in [AuthMethod::Oauth2, AuthMethod::Jwt] {
        assert_eq!(rejection(world.save(other).await), locked);
    }
}

/// R5: the same method with another policy, other groups or new parameters stays allowed.
#[tokio::test]
async fn policy_and_groups_change_after_the_lock() {
    let world = World::configured().await;
    world.sign_in("dana").await.unwrap();
    let (policy, group) = (
        policy(&world, "Standard").await,
        world.group("Engineering").await,
    );
    let draft = JitSettingsDraft {
        policy: Some(policy),
        groups: [group.id].into(),
        ..token()
    };
    let saved = world.save_draft(draft).await.unwrap();
    assert_eq!(saved.policy, Some(policy));
    assert!(
        saved.method_locked_since.is_some(),
        "a save does not take the lock away"
    );
}

/// R7: a change is for later clients; existing ones change only by an explicit action that counts first.
#[tokio::test]
async fn existing_clients_change_only_when_the_settings_are_applied() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let (policy, group) = (
        policy(&world, "Standard").await,
        world.group("Engineering").await,
    );
    let draft = JitSettingsDraft {
        policy: Some(policy),
        groups: [group.id].into(),
        ..token()
    };
    world.save_draft(draft).await.unwrap();
    let noor = world.sign_in("noor").await.unwrap();

    let ws = world.workspace.id;
    let policies = async || {
        let of = async |login: &crate::world::Login| {
            world
                .store
                .find_client(ws, login.now.client)
                .await
                .unwrap()
                .unwrap()
                .policy
        };
        [of(&dana).await, of(&noor).await]
    };
    assert_eq!(policies().await, [None, Some(policy)]);
    let would = world
        .portal
        .count_unapplied_clients(&world.admin)
        .await
        .unwrap();
    assert_eq!((would.differing, would.clients), (1, 2));
    let did = world.portal.apply_jit_settings(&world.admin).await.unwrap();
    assert_eq!(did, would);
    assert_eq!(policies().await, [Some(policy), Some(policy)]);
    let user = world
        .store
        .find_end_user(ws, dana.now.end_user.id)
        .await
        .unwrap()
        .unwrap();
    assert!(
        user.memberships
            .iter()
            .any(|m| m.group == group.id && m.source == MembershipSource::Jit)
    );
    assert_eq!(
        world
            .portal
            .apply_jit_settings(&world.admin)
            .await
            .unwrap()
            .differing,
        0
    );
}

/// R8: what the settings or a client refer to cannot be deleted, and the refusal names them.
#[tokio::test]
async fn what_is_in_use_cannot_be_deleted() {
    let world = World::new().await;
    let (policy, group) = (
        policy(&world, "Standard").await,
        world.group("Engineering").await,
    );
    let draft = JitSettingsDraft {
        policy: Some(policy),
        groups: [group.id].into(),
        ..token()
    };
    world.save_draft(draft).await.unwrap();
    world.sign_in("dana").await.unwrap();

    let Rejection::InUse { by } = rejection(world.portal.delete_policy(&world.admin, policy).await)
    else {
        panic!("expected in use");
    };
    assert_eq!(
        by.iter()
            .map(|reference| reference.count)
            .collect::<Vec<_>>(),
        [1, 1]
    );
    let refusal = rejection(world.portal.delete_group(&world.admin, group.id).await);
    assert!(
        refusal.to_string().contains("JIT user settings"),
        "{refusal}"
    );

    world.save_draft(token()).await.unwrap();
    world.portal.apply_jit_settings(&world.admin).await.unwrap();
    world
        .portal
        .delete_policy(&world.admin, policy)
        .await
        .unwrap();
    world
        .portal
        .delete_group(&world.admin, group.id)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_second_of_two_administrators_sees_that_the_first_was_faster() {
    let world = World::configured().await;
    let seen = Expected::Version(Version(1));
    world
        .portal
        .save_jit_settings(&world.admin, seen, &token())
        .await
        .unwrap();
    let late = world
        .portal
        .save_jit_settings(&world.admin, seen, &token())
        .await;
    assert_eq!(
        rejection(late),
        Rejection::Stale {
            current: Version(2)
        }
    );
    let first = world
        .portal
        .save_jit_settings(&world.admin, Expected::NotConfigured, &token())
        .await;
    assert_eq!(rejection(first).code(), "stale_version");
}

#[tokio::test]
async fn only_administrators_save_and_only_readers_read() {
    let world = World::new().await;
    let auditor = world.colleague(ConsoleRole::Auditor);
    world.portal.find_jit_settings(&auditor).await.unwrap();
    let save = world
        .portal
        .save_jit_settings(&auditor, Expected::Any, &token())
        .await;
    assert_eq!(rejection(save).code(), "role_missing");
}

/// R35: a save is in the audit log with the versions before and after.
#[tokio::test]
async fn a_save_is_in_the_audit_log() {
    let world = World::configured().await;
    world.save(AuthMethod::AuthToken).await.unwrap();
    let filter = jit_domain::views::AuditFilter {
        action: Some("jit_settings.saved".to_owned()),
        target: None,
    };
    let page = jit_domain::views::PageRequest::FIRST;
    let lines = world
        .portal
        .list_audit_events(&world.admin, &filter, &page)
        .await
        .unwrap()
        .items;
    let versions: Vec<_> = lines
        .iter()
        .map(|line| (line.event.before, line.event.after))
        .collect();
    assert_eq!(
        versions,
        [
            (Some(Version(1)), Some(Version(2))),
            (None, Some(Version(1)))
        ]
    );
}
