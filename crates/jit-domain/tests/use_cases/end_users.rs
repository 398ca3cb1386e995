use jit_domain::{
    console::{Origin, Setup},
    error::Rejection,
    people::HoldSource,
    portal::{AdministratorDraft, decide_clear_hold, decide_open_hold},
    ports::EndUserRepository,
};
use proptest::prelude::*;

use crate::world::{PASSWORD, World, rejection};

/// R17, R30: a hold ends sessions at once and refuses logins; clearing it lets the person in again.
#[tokio::test]
async fn a_hold_ends_sessions_and_refuses_logins() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let id = dana.now.end_user.id;
    world
        .portal
        .open_hold(&world.admin, id, Some("left the project"))
        .await
        .unwrap();
    assert!(world.signed_in(&dana.session).await.is_none());
    assert_eq!(rejection(world.sign_in("dana").await), Rejection::Suspended);
    assert_eq!(
        rejection(world.portal.discover(&dana.caller()).await.map(|_| ())),
        Rejection::Suspended
    );
    world.portal.clear_hold(&world.admin, id).await.unwrap();
    assert!(
        world.signed_in(&dana.session).await.is_none(),
        "the old session stays over"
    );
    world.sign_in("dana").await.unwrap();
}

/// R35: opening a hold twice is one event, and so is clearing it.
#[tokio::test]
async fn a_hold_that_is_open_is_not_opened_again() {
    let world = World::configured().await;
    let id = world.sign_in("dana").await.unwrap().now.end_user.id;
    for _ in 0..2 {
        world
            .portal
            .open_hold(&world.admin, id, None)
            .await
            .unwrap();
    }
    for _ in 0..2 {
        world.portal.clear_hold(&world.admin, id).await.unwrap();
    }
    let actions = world.actions().await;
    let count = |action| actions.iter().filter(|a| **a == action).count();
    assert_eq!(
        (
            count("end_user.hold_opened"),
            count("end_user.hold_cleared")
        ),
        (1, 1)
    );
    let stored = world
        .store
        .find_end_user(world.workspace.id, id)
        .await
        .unwrap()
        .unwrap();
    assert!(stored.is_usable());
}

const SOURCES: [HoldSource; 6] = [
    HoldSource::Admin,
    HoldSource::ScimInactive,
    HoldSource::IdpSuspended,
    HoldSource::IdpDeactivated,
    HoldSource::AppUnassigned,
    HoldSource::Risk,
];

proptest! {
    /// Each source opens and clears only its own hold; a person is usable iff none is open.
    #[test]
    fn holds_of_different_sources_do_not_touch_each_other(steps in prop::collection::vec((0usize..6, any::<bool>()), 0..40)) {
        let make = jit_testkit::Fixtures::default();
        let mut user = make.end_user("dana", &make.connection("okta"));
        let mut open = std::collections::BTreeSet::new();
        for (source, opens) in steps {
            let source = SOURCES[source];
            let before = user.version;
            let decided = if opens {
                decide_open_hold(&user, source, None, make.now())
            } else {
                decide_clear_hold(&user, source)
            };
            let changed = if opens { open.insert(source) } else { open.remove(&source) };
            user = decided.result;
            prop_assert_eq!(user.version == before, !changed);
            prop_assert_eq!(decided.changes.is_empty(), !changed);
            prop_assert_eq!(user.is_usable(), open.is_empty());
        }
    }
}

#[tokio::test]
async fn the_setup_link_makes_one_administrator_and_only_once() {
    let world = World::new().await;
    assert_eq!(world.workspace.setup, Setup::Done);
    let slug = &world.workspace.slug;
    assert!(
        world
            .portal
            .invite_first_administrator(slug)
            .await
            .unwrap()
            .is_none()
    );
    let draft = AdministratorDraft {
        email: "mallory@evil.example".to_owned(),
        name: "Mallory".to_owned(),
        password: PASSWORD.to_owned(),
    };
    let origin = Origin::default();
    let late = world
        .portal
        .create_first_administrator(slug, "jsu_nonsense", draft, &origin);
    assert_eq!(rejection(late.await), Rejection::SetupClosed);
}

#[tokio::test]
async fn the_password_of_an_administrator_has_twelve_characters() {
    use jit_domain::console::Password;
    assert!(Password::parse("eleven char".to_owned()).is_err());
    assert!(Password::parse("twelve chars".to_owned()).is_ok());
    assert!(Password::parse("x".repeat(201)).is_err());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let world = World::new().await;
    let sign_in = async |email: &str, password: &str| {
        let workspace = world.workspace.id;
        let origin = Origin::default();
        world
            .portal
            .sign_in_to_console(workspace, email, password.to_owned(), &origin)
            .await
    };
    for (email, password) in [
        ("alex@acme.example", "wrong"),
        ("noor@acme.example", PASSWORD),
        ("x", ""),
    ] {
        assert_eq!(
            rejection(sign_in(email, password).await.map(|_| ())),
            Rejection::WrongPassword
        );
    }
    let (_, session) = sign_in("ALEX@acme.example", PASSWORD).await.unwrap();
    let signed_in = world.signed_in(session.reveal()).await.unwrap();
    assert!(signed_in.console_caller(Origin::default()).is_some());
    assert!(signed_in.end_user_caller(Origin::default()).is_none());
}
