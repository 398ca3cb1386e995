//! R17: a session ends at logout, also when the provider says so.

use jit_domain::{console::Origin, error::Rejection};

use crate::world::{Login, World, rejection};

/// A login of that person with that session index at the provider.
async fn sign_in(world: &World, person: &str, index: &str) -> Login {
    let mut who = world.assertion(person);
    who.session_index = Some(index.to_owned());
    world.sign_in_with(who, None).await.unwrap()
}

async fn end(world: &World, name_id: &str, indexes: &[&str]) -> usize {
    let indexes: Vec<_> = indexes.iter().map(|&it| it.to_owned()).collect();
    let (workspace, connection) = (world.workspace.id, world.connection.id);
    world
        .portal
        .end_sessions_for_provider(workspace, connection, name_id, &indexes, &Origin::default())
        .await
        .unwrap()
}

/// R17
#[tokio::test]
async fn a_logout_at_the_provider_ends_the_sessions_that_it_names_and_no_other() {
    let world = World::configured().await;
    let (first, second) = (
        sign_in(&world, "dana", "1").await,
        sign_in(&world, "dana", "2").await,
    );
    let emil = sign_in(&world, "emil", "1").await;
    assert_eq!(end(&world, "dana", &["1"]).await, 1);
    assert_eq!(world.signed_in(&first.session).await, None);
    assert!(world.signed_in(&second.session).await.is_some());
    assert!(world.signed_in(&emil.session).await.is_some());
    assert_eq!(end(&world, "dana", &["1"]).await, 0, "once is enough");
}

/// R17
#[tokio::test]
async fn a_logout_that_names_no_session_ends_all_of_the_person() {
    let world = World::configured().await;
    let logins = [
        sign_in(&world, "dana", "1").await,
        sign_in(&world, "dana", "2").await,
    ];
    assert_eq!(end(&world, "dana", &[]).await, 2);
    for login in logins {
        assert_eq!(world.signed_in(&login.session).await, None);
    }
    assert_eq!(end(&world, "DANA", &[]).await, 0, "names are byte for byte");
}

/// R17
#[tokio::test]
async fn a_sign_out_gives_back_what_the_provider_has_to_hear() {
    let world = World::configured().await;
    let login = sign_in(&world, "dana", "7").await;
    let origin = Origin::default();
    let sign_out = || {
        let (workspace, session) = (world.workspace.id, &login.session);
        world.portal.sign_out(workspace, session, &origin)
    };
    let saml = sign_out().await.unwrap().unwrap().saml.unwrap();
    assert_eq!(saml.name_id.value, "dana");
    assert_eq!(saml.session_index.as_deref(), Some("7"));
    assert_eq!(sign_out().await.unwrap(), None, "it is over already");
}

/// A login that began at the provider has no cookie of ours to show, so it must not replace somebody.
#[tokio::test]
async fn a_response_that_was_not_asked_for_makes_nobody_into_somebody_else() {
    let mut world = World::configured().await;
    let emil = world.sign_in("emil").await.unwrap();
    let (workspace, slug) = (world.workspace.id, world.connection.slug.clone());
    let origin = Origin::default();
    let who = world.assertion("dana");
    let refused = world
        .portal
        .sign_in(workspace, &slug, &who, None, &origin)
        .await;
    assert_eq!(rejection(refused), Rejection::UnsolicitedForbidden);

    let on = jit_domain::connections::Switch::On;
    world
        .change_connection(|it| it.saml.idp_initiated = on)
        .await;
    for (present, expected) in [
        (Some(emil.session.as_str()), Err(Rejection::OtherSignedIn)),
        (None, Ok("/apis/orders".to_owned())),
    ] {
        let who = world.assertion("dana");
        let (_, session) = world
            .portal
            .sign_in(workspace, &slug, &who, Some("/apis/orders"), &origin)
            .await
            .unwrap();
        let finished = world
            .portal
            .finish_sign_in(workspace, session.reveal(), None, present, &origin)
            .await;
        match expected {
            Ok(landing) => assert_eq!(finished.unwrap(), landing),
            Err(expected) => assert_eq!(rejection(finished), expected),
        }
    }
}

/// R11: what was asked for here is not accepted as something that was not asked for.
#[tokio::test]
async fn a_connection_that_may_begin_logins_still_refuses_answers_to_unknown_requests() {
    let mut world = World::configured().await;
    let on = jit_domain::connections::Switch::On;
    world
        .change_connection(|it| it.saml.idp_initiated = on)
        .await;
    let (workspace, slug) = (world.workspace.id, world.connection.slug.clone());
    let mut who = world.assertion("dana");
    who.in_response_to = Some("_00000000000000000000000000000001".to_owned());
    let origin = Origin::default();
    let refused = world
        .portal
        .sign_in(workspace, &slug, &who, None, &origin)
        .await;
    assert_eq!(rejection(refused), Rejection::LoginUnknown);
    // A link to another site goes nowhere.
    let who = world.assertion("dana");
    let (now, _) = world
        .portal
        .sign_in(
            workspace,
            &slug,
            &who,
            Some("https://evil.example/"),
            &origin,
        )
        .await
        .unwrap();
    assert_eq!(now.landing, "/discover");
}
