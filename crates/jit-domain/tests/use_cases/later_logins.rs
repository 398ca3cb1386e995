use chrono::Duration;
use jit_domain::{
    connections::{ConnectionState, GroupRule, GroupSync, IdpConnection, Switch},
    console::Origin,
    error::Rejection,
    people::MembershipSource,
    portal::{Expected, LoginTarget, SignInOutcome},
    ports::EndUserRepository,
};
use jit_testkit::Fixtures;

use crate::{
    sign_in::people,
    world::{World, rejection},
};

/// R14: a later login refreshes name and address.
#[tokio::test]
async fn a_later_login_refreshes_name_and_address() {
    let world = World::configured().await;
    world.sign_in("dana").await.unwrap();
    let mut who = world.assertion("dana");
    who.attributes
        .insert("displayName".to_owned(), vec!["Dana Married".to_owned()]);
    who.attributes
        .insert("email".to_owned(), vec!["new@acme.example".to_owned()]);
    let user = world.sign_in_with(who, None).await.unwrap().now.end_user;
    let stored = world
        .store
        .find_end_user(world.workspace.id, user.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.display_name.as_str(), "Dana Married");
    assert_eq!(stored.email.unwrap().as_str(), "new@acme.example");
}

/// R14: an absent groups attribute changes nothing; an empty one removes all `idp` memberships and no other.
#[tokio::test]
async fn absent_groups_change_nothing_and_empty_groups_remove_only_idp_ones() {
    let mut world = World::configured().await;
    let (mapped, manual) = (
        world.group("Engineering").await,
        world.group("Friends").await,
    );
    let rule = GroupRule {
        value: "eng".to_owned(),
        group: mapped.id,
    };
    world
        .change_connection(|c| c.group_sync = GroupSync::On(vec![rule]))
        .await;
    let with = |groups: Option<Vec<&str>>| {
        let mut who = world.assertion("dana");
        if let Some(groups) = groups {
            who.attributes.insert(
                "groups".to_owned(),
                groups.into_iter().map(str::to_owned).collect(),
            );
        }
        who
    };
    let user = world
        .sign_in_with(with(Some(vec!["eng", "unmapped"])), None)
        .await
        .unwrap()
        .now
        .end_user;
    assert_eq!(user.groups(), [mapped.id].into());
    world
        .portal
        .set_manual_groups(&world.admin, user.id, Expected::Any, &[manual.id])
        .await
        .unwrap();
    let user = world
        .sign_in_with(with(None), None)
        .await
        .unwrap()
        .now
        .end_user;
    assert_eq!(user.groups(), [mapped.id, manual.id].into(), "absent");
    let user = world
        .sign_in_with(with(Some(vec![])), None)
        .await
        .unwrap()
        .now
        .end_user;
    assert_eq!(user.groups(), [manual.id].into(), "empty");
    assert!(
        user.memberships
            .iter()
            .all(|m| m.source == MembershipSource::Manual)
    );
}

/// R15: a known address makes no known person, unless the domain is enforced and linking is on.
#[tokio::test]
async fn the_same_address_is_linked_only_when_both_switches_say_so() {
    let mut world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap().now.end_user.id;
    let twin = |world: &World, name: &str| {
        let mut who = world.assertion(name);
        who.attributes
            .insert("email".to_owned(), vec!["DANA@acme.example".to_owned()]);
        who
    };
    world.change_connection(|c| c.linking = Switch::On).await;
    let other = world
        .sign_in_with(twin(&world, "dana2"), None)
        .await
        .unwrap()
        .now;
    assert_eq!(
        other.outcome,
        SignInOutcome::Created,
        "linking without an enforced domain"
    );
    assert_ne!(other.end_user.id, dana);

    let mut world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap().now.end_user.id;
    world
        .change_connection(|c| {
            c.linking = Switch::On;
            c.enforced_domains = ["acme.example".to_owned()].into();
        })
        .await;
    let linked = world
        .sign_in_with(twin(&world, "dana2"), None)
        .await
        .unwrap()
        .now;
    assert_eq!(
        (linked.outcome, linked.end_user.id),
        (SignInOutcome::Linked, dana)
    );
    assert_eq!(people(&world).await, 1);
    assert!(
        world.actions().await.contains(&"end_user.linked"),
        "never silently"
    );
    let again = world
        .sign_in_with(twin(&world, "dana2"), None)
        .await
        .unwrap()
        .now;
    assert_eq!(
        (again.outcome, again.end_user.id),
        (SignInOutcome::Known, dana)
    );
}

/// R15: a lesser provider that states somebody's address can neither wait for them nor reach them once linked.
#[tokio::test]
async fn people_of_an_enforced_domain_come_through_its_provider_only() {
    let mut world = World::configured().await;
    let okta = world.connection.clone();
    let partner = IdpConnection {
        workspace: world.workspace.id,
        ..Fixtures::named("default", 9).connection("partner")
    };
    world.put(partner.clone()).await;
    world.connection = partner.clone();
    let before = world.sign_in("dana").await.unwrap().now.end_user.id;

    world.connection = okta.clone();
    let acme_is_ours = |c: &mut IdpConnection| {
        c.linking = Switch::On;
        c.enforced_domains = ["acme.example".to_owned()].into();
    };
    world.change_connection(acme_is_ours).await;
    let linked = world.sign_in("dana").await.unwrap().now;
    assert_eq!(
        (linked.outcome, linked.end_user.id),
        (SignInOutcome::Linked, before)
    );

    let here_only = Rejection::OtherProvider {
        name: okta.name.clone(),
    };
    let okta = std::mem::replace(&mut world.connection, partner.clone());
    assert_eq!(rejection(world.sign_in("noor").await), here_only);
    assert_eq!(rejection(world.sign_in("dana").await), here_only);
    let mut elsewhere = world.assertion("dana");
    elsewhere
        .attributes
        .insert("email".to_owned(), vec!["dana@partner.example".to_owned()]);
    let disguised = world.sign_in_with(elsewhere.clone(), None).await;
    assert_eq!(rejection(disguised), here_only);
    elsewhere.name_id = "somebody else".to_owned();
    let guest = world.sign_in_with(elsewhere, None).await.unwrap().now;
    assert_eq!(guest.outcome, SignInOutcome::Created);
    assert_eq!(people(&world).await, 2);

    world.connection = okta;
    world
        .change_connection(|c| c.state = ConnectionState::Inactive)
        .await;
    world.connection = partner;
    assert!(
        world.sign_in("noor").await.is_ok(),
        "what is switched off enforces nothing"
    );
}

/// R15: a connection for all domains leaves those to others that name them, and links nobody.
#[tokio::test]
async fn a_connection_for_all_domains_leaves_to_others_what_they_name() {
    let mut world = World::configured().await;
    let okta = world.connection.clone();
    let partner = IdpConnection {
        workspace: world.workspace.id,
        ..Fixtures::named("default", 9).connection("partner")
    };
    world.put(partner.clone()).await;
    let from = |world: &World, name: &str, domain: &str| {
        let mut who = world.assertion(name);
        let address = vec![format!("{name}@{domain}")];
        who.attributes.insert("email".to_owned(), address);
        who
    };
    world
        .change_connection(|c| {
            c.linking = Switch::On;
            c.enforced_domains = ["*".to_owned()].into();
        })
        .await;
    let everybody = std::mem::replace(&mut world.connection, partner);
    let refused = world.sign_in("dana").await;
    let name = okta.name.clone();
    assert_eq!(rejection(refused), Rejection::OtherProvider { name });

    world
        .change_connection(|c| c.enforced_domains = ["partner.example".to_owned()].into())
        .await;
    let noor = from(&world, "noor", "partner.example");
    let noor = world.sign_in_with(noor, None).await.unwrap().now;
    let partner = std::mem::replace(&mut world.connection, everybody);
    let taken = from(&world, "noor", "partner.example");
    let taken = world.sign_in_with(taken, None).await;
    let name = partner.name.clone();
    assert_eq!(rejection(taken), Rejection::OtherProvider { name });

    // Nobody has named this domain, so a known address there is no proof.
    let first = from(&world, "emil", "elsewhere.example");
    let first = world.sign_in_with(first, None).await.unwrap().now;
    let mut twin = from(&world, "emil", "elsewhere.example");
    twin.name_id = "emil2".to_owned();
    let twin = world.sign_in_with(twin, None).await.unwrap().now;
    assert_eq!(twin.outcome, SignInOutcome::Created);
    assert_ne!(twin.end_user.id, first.end_user.id);
    assert_ne!(noor.end_user.id, first.end_user.id);
}

/// R16: Discover the first time, My APIs once there is a grant, and a deep link wins if it is ours.
#[tokio::test]
async fn the_landing_follows_what_the_person_can_do() {
    let world = World::configured().await;
    let first = world.sign_in("dana").await.unwrap();
    assert_eq!(first.now.landing, "/discover");
    assert_eq!(
        world.sign_in("dana").await.unwrap().now.landing,
        "/discover"
    );
    let orders = world.collection("Orders").await;
    let request = world.request(&first, &orders).await.unwrap();
    world.approve(&request).await.unwrap();
    assert_eq!(world.sign_in("dana").await.unwrap().now.landing, "/apis");
    let deep = world
        .sign_in_with(world.assertion("dana"), Some("/apis/orders"))
        .await
        .unwrap();
    assert_eq!(deep.now.landing, "/apis/orders");
    let foreign = world
        .sign_in_with(world.assertion("dana"), Some("//evil.example"))
        .await
        .unwrap();
    assert_eq!(foreign.now.landing, "/apis");
}

/// R17: a session ends after 8 hours, at the provider's end if earlier, and at logout.
#[tokio::test]
async fn a_session_ends_in_time() {
    let world = World::configured().await;
    let long = world.sign_in("dana").await.unwrap();
    assert!(world.signed_in(&long.session).await.is_some());
    world.clock.advance(Duration::hours(8));
    assert!(world.signed_in(&long.session).await.is_none());

    let mut who = world.assertion("dana");
    who.session_not_on_or_after = Some(world.now() + Duration::hours(1));
    let short = world.sign_in_with(who, None).await.unwrap();
    world.clock.advance(Duration::hours(1));
    assert!(world.signed_in(&short.session).await.is_none());

    let left = world.sign_in("dana").await.unwrap();
    world
        .portal
        .sign_out(world.workspace.id, &left.session, &Origin::default())
        .await
        .unwrap();
    assert!(world.signed_in(&left.session).await.is_none());
}

/// A response that was made for an attacker's login does not sign the victim's browser in.
#[tokio::test]
async fn another_browser_does_not_get_the_session() {
    let world = World::configured().await;
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let origin = Origin::default();
    let attacker = world
        .portal
        .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
        .await
        .unwrap();
    let victim = world
        .portal
        .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
        .await
        .unwrap();
    let mut who = world.assertion("mallory");
    who.in_response_to = Some(attacker.request.id.to_string());
    let (_, session) = world
        .portal
        .sign_in(workspace, slug, &who, None, &origin)
        .await
        .unwrap();
    let session = session.reveal();
    assert!(
        world.signed_in(session).await.is_none(),
        "unfinished sessions do not count"
    );
    for browser in [None, Some(victim.browser.reveal()), Some("nonsense")] {
        let finish = world
            .portal
            .finish_sign_in(workspace, session, browser, None, &origin)
            .await;
        assert_eq!(rejection(finish), Rejection::OtherBrowser);
    }
    assert!(world.signed_in(session).await.is_none());
    let right = Some(attacker.browser.reveal());
    world
        .portal
        .finish_sign_in(workspace, session, right, None, &origin)
        .await
        .unwrap();
    let twice = world
        .portal
        .finish_sign_in(workspace, session, right, None, &origin)
        .await;
    assert_eq!(rejection(twice), Rejection::OtherBrowser);
}
