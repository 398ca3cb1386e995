use chrono::Duration;
use jit_domain::{
    connections::{ConnectionState, Switch},
    console::Origin,
    error::Rejection,
    portal::{LoginTarget, SignInOutcome},
    ports::{ApiClientRepository, EndUserRepository},
    settings::AuthMethod,
    views::{EndUserFilter, PageRequest},
};

use crate::world::{World, rejection};

pub(crate) async fn people(world: &World) -> usize {
    let filter = EndUserFilter::default();
    let page = world
        .store
        .list_end_users(world.workspace.id, &filter, &PageRequest::FIRST)
        .await;
    page.unwrap().items.len()
}

/// R3: before the settings are saved nobody signs in, and nothing is left behind.
#[tokio::test]
async fn nobody_signs_in_before_the_settings_are_saved() {
    let world = World::new().await;
    let before = world.actions().await;
    assert_eq!(
        rejection(world.sign_in("dana").await),
        Rejection::SettingsNotConfigured
    );
    // A response that comes without a login of ours is refused as well.
    let forced = world
        .portal
        .sign_in(
            world.workspace.id,
            &world.connection.slug,
            &world.assertion("dana"),
            None,
            &Origin::default(),
        )
        .await;
    assert_eq!(
        rejection(forced.map(|(now, _)| now)),
        Rejection::SettingsNotConfigured
    );
    let options = world.portal.list_sign_in_options(world.workspace.id);
    assert!(!options.await.unwrap().is_ready);
    assert_eq!(people(&world).await, 0);
    assert_eq!(
        world
            .store
            .count_jit_clients(world.workspace.id)
            .await
            .unwrap(),
        0
    );
    assert_eq!(world.actions().await, before);
}

/// R3: settings that vanish between the start and the response refuse the response too.
#[tokio::test]
async fn a_login_that_began_is_refused_when_nothing_is_configured() {
    let (configured, bare) = (World::configured().await, World::new().await);
    let begun = configured
        .portal
        .begin_sign_in(
            configured.workspace.id,
            &configured.connection.slug,
            LoginTarget::Portal,
            None,
        )
        .await
        .unwrap();
    let request = jit_domain::sessions::AuthnRequest {
        workspace: bare.workspace.id,
        connection: bare.connection.id,
        ..begun.request
    };
    let mut who = bare.assertion("dana");
    who.in_response_to = Some(request.id.to_string());
    bare.put(request).await;
    let answer = bare
        .portal
        .sign_in(
            bare.workspace.id,
            &bare.connection.slug,
            &who,
            None,
            &Origin::default(),
        )
        .await;
    assert_eq!(
        rejection(answer.map(|(now, _)| now)),
        Rejection::SettingsNotConfigured
    );
}

/// R13, R4: the first login makes one end user and one client; later ones make nothing.
#[tokio::test]
async fn the_first_login_makes_one_user_and_one_client() {
    let world = World::configured().await;
    let first = world.sign_in("dana").await.unwrap();
    assert_eq!(first.now.outcome, SignInOutcome::Created);
    let client = world
        .store
        .find_client_of(world.workspace.id, first.now.end_user.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(client.id(), first.now.client);
    assert_eq!(client.method(), AuthMethod::AuthToken);
    assert_eq!(
        client.credentials(),
        [],
        "a secret is made when its owner asks, not before"
    );
    let second = world.sign_in("dana").await.unwrap();
    assert_eq!(second.now.outcome, SignInOutcome::Known);
    assert_eq!(
        (second.now.end_user.id, second.now.client),
        (first.now.end_user.id, first.now.client)
    );
    assert_eq!(
        (
            people(&world).await,
            world
                .store
                .count_jit_clients(world.workspace.id)
                .await
                .unwrap()
        ),
        (1, 1)
    );
    let made = world.actions().await;
    for action in [
        "end_user.created",
        "api_client.created",
        "jit_settings.method_locked",
    ] {
        assert_eq!(made.iter().filter(|a| **a == action).count(), 1, "{action}");
    }
}

/// R13: however many logins of one person run at once, all succeed, with one user and one client.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn simultaneous_first_logins_of_one_person_all_succeed() {
    let world = std::sync::Arc::new(World::configured().await);
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { world.sign_in("dana").await.unwrap().now.client })
        })
        .collect();
    let mut clients = std::collections::BTreeSet::new();
    for task in tasks {
        clients.insert(task.await.unwrap());
    }
    assert_eq!((clients.len(), people(&world).await), (1, 1));
}

/// R6: saves and first logins that race never give clients of two methods, and all succeed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn saves_and_first_logins_that_race_all_succeed() {
    let world = std::sync::Arc::new(World::configured().await);
    let saving = {
        let world = world.clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                world.save(AuthMethod::AuthToken).await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let world = world.clone();
            tokio::spawn(async move { world.sign_in(&format!("person{n}")).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    saving.await.unwrap();
    assert_eq!(
        world
            .store
            .count_jit_clients(world.workspace.id)
            .await
            .unwrap(),
        16
    );
}

/// R11: an assertion counts once, and so does the login that it answers.
#[tokio::test]
async fn a_response_counts_once() {
    let world = World::configured().await;
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let begun = world
        .portal
        .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
        .await
        .unwrap();
    let mut who = world.assertion("dana");
    who.in_response_to = Some(begun.request.id.to_string());
    let origin = Origin::default();
    world
        .portal
        .sign_in(workspace, slug, &who, None, &origin)
        .await
        .unwrap();
    let again = world
        .portal
        .sign_in(workspace, slug, &who, None, &origin)
        .await;
    assert_eq!(
        rejection(again.map(|(now, _)| now)),
        Rejection::AssertionReplayed
    );
    who.assertion_id.push('x');
    let same_request = world
        .portal
        .sign_in(workspace, slug, &who, None, &origin)
        .await;
    assert_eq!(
        rejection(same_request.map(|(now, _)| now)),
        Rejection::LoginUnknown
    );
}

/// R11: a response to a login that began too long ago, or at another connection, does not count.
#[tokio::test]
async fn a_late_response_is_refused() {
    let world = World::configured().await;
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let begun = world
        .portal
        .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
        .await
        .unwrap();
    world.clock.advance(Duration::minutes(16));
    let mut who = world.assertion("dana");
    who.in_response_to = Some(begun.request.id.to_string());
    let late = world
        .portal
        .sign_in(workspace, slug, &who, None, &Origin::default())
        .await;
    assert_eq!(rejection(late.map(|(now, _)| now)), Rejection::LoginUnknown);
}

/// R13, R17: two machines never show the same time. A login where the clock is behind counts like any other.
#[tokio::test]
async fn a_login_counts_although_the_clock_is_behind_that_of_the_login_before() {
    let world = World::configured().await;
    world.sign_in("dana").await.unwrap();
    world.clock.advance(Duration::seconds(-1));
    let login = world.sign_in("dana").await.unwrap();
    assert!(world.signed_in(&login.session).await.is_some());
}

/// R12: with JIT switched off an unknown person is refused and a known one signs in.
#[tokio::test]
async fn with_jit_off_only_known_people_sign_in() {
    let mut world = World::configured().await;
    world.sign_in("dana").await.unwrap();
    world.change_connection(|c| c.jit = Switch::Off).await;
    assert_eq!(
        rejection(world.sign_in("noor").await),
        Rejection::JitDisabled
    );
    assert_eq!(
        world.sign_in("dana").await.unwrap().now.outcome,
        SignInOutcome::Known
    );
    assert_eq!(people(&world).await, 1);
}

#[tokio::test]
async fn a_connection_that_is_off_lets_nobody_in() {
    let mut world = World::configured().await;
    world
        .change_connection(|c| c.state = ConnectionState::Inactive)
        .await;
    assert_eq!(
        rejection(world.sign_in("dana").await),
        Rejection::ConnectionInactive
    );
}

/// The name that counts may come from an attribute; without it nobody is made under a lesser name.
#[tokio::test]
async fn an_attribute_may_name_the_person_and_then_has_to_be_there() {
    let mut world = World::configured().await;
    let name = "employeeNumber";
    world
        .change_connection(|it| it.saml.subject = Some(name.to_owned()))
        .await;
    let missing = world.sign_in("dana").await;
    let attribute = name.to_owned();
    assert_eq!(rejection(missing), Rejection::SubjectMissing { attribute });
    assert_eq!(people(&world).await, 0);

    let with_number = |mut who: jit_domain::assertion::Assertion, number: &str| {
        who.attributes
            .insert(name.to_owned(), vec![number.to_owned()]);
        who
    };
    let first = with_number(world.assertion("dana"), "4711");
    let first = world.sign_in_with(first, None).await.unwrap();
    // Married: another NameID, the same number, the same person.
    let later = with_number(world.assertion("dana.married"), "4711");
    let later = world.sign_in_with(later, None).await.unwrap();
    assert_eq!(first.now.end_user.id, later.now.end_user.id);
    assert_eq!(people(&world).await, 1);
}

#[tokio::test]
async fn a_name_that_no_store_can_look_for_is_refused() {
    let world = World::configured().await;
    let mut who = world.assertion("dana");
    who.name_id = "x".repeat(1025);
    let refused = world.sign_in_with(who, None).await;
    let limit = 1024;
    assert_eq!(rejection(refused), Rejection::SubjectTooLong { limit });
    let mut who = world.assertion("dana");
    who.name_id = "x".repeat(1024);
    assert!(world.sign_in_with(who, None).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_sends_first_and_last_name_gives_a_whole_name() {
    let world = World::configured().await;
    let mut who = world.assertion("dana");
    who.attributes.remove("displayName");
    for (name, value) in [("firstName", "Dana"), ("lastName", "Okafor")] {
        who.attributes
            .insert(name.to_owned(), vec![value.to_owned()]);
    }
    let mut half = who.clone();
    half.attributes.remove("lastName");
    half.assertion_id.push('2');
    let user = world.sign_in_with(who, None).await.unwrap().now.end_user;
    assert_eq!(user.display_name.as_str(), "Dana Okafor");
    let user = world.sign_in_with(half, None).await.unwrap().now.end_user;
    assert_eq!(user.display_name.as_str(), "dana@acme.example");
}

#[tokio::test]
async fn the_sign_in_page_offers_what_is_switched_on() {
    let mut world = World::configured().await;
    let offered = async |world: &World| {
        let options = world.portal.list_sign_in_options(world.workspace.id).await;
        options.unwrap().connections
    };
    assert_eq!(offered(&world).await, [world.connection.clone()]);
    let off = jit_domain::connections::ConnectionState::Inactive;
    world.change_connection(|it| it.state = off).await;
    assert_eq!(offered(&world).await, []);
}
