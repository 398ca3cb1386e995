//! Forgetting what ended.

use std::sync::Arc;

use chrono::Duration;
use jit_domain::{
    change::{AcceptedAssertion, Aggregate, Change},
    console::SetupLink,
    ports::Store,
    sessions::{AuthnRequest, Principal, Session},
    sign_in_log::SignInAttempt,
};

use super::world::World;

/// R11, R17: sessions, logins, assertions, links and attempts that ended go, and what may still be used stays.
pub async fn only_what_ended_is_forgotten(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    let user = world.make.end_user("dana", &connection);
    let now = world.make.now();
    let [past, future] = [-1, 1].map(|n| now + Duration::microseconds(n));
    let session = |expires_at| Session {
        expires_at,
        ..world.make.session(Principal::EndUser(user.id))
    };
    let login = |expires_at| AuthnRequest {
        expires_at,
        ..world.make.authn_request(&connection)
    };
    let assertion = |id, valid_until| AcceptedAssertion {
        valid_until,
        ..world.make.accepted(id, &connection)
    };
    let link = |expires_at| SetupLink {
        expires_at,
        ..world.make.setup_link(&connection)
    };
    let attempt = |expires_at| SignInAttempt {
        expires_at,
        ..world.make.sign_in_attempt(&connection)
    };
    let gone: [Aggregate; 4] = [
        session(past).into(),
        login(past).into(),
        link(past).into(),
        attempt(past).into(),
    ];
    let stays: [Aggregate; 6] = [
        connection.clone().into(),
        user.clone().into(),
        session(future).into(),
        login(future).into(),
        link(future).into(),
        attempt(future).into(),
    ];
    let [old, fresh] = [assertion("_old", past), assertion("_fresh", future)];
    world.put(stays.clone()).await;
    world.put(gone.clone()).await;
    world
        .apply([Change::Accept(old.clone()), Change::Accept(fresh.clone())])
        .await;

    assert_eq!(world.store.forget_expired(now).await.unwrap(), 5);
    for it in &gone {
        assert_eq!(world.read(it).await, None);
    }
    for it in &stays {
        world.assert_kept(it).await;
    }
    world.refuse([Change::Accept(fresh)]).await;
    world.apply([Change::Accept(old)]).await;
    assert_eq!(world.store.forget_expired(past).await.unwrap(), 0);
}

/// Forgetting is no decision: people, clients, grants and tokens stay, whatever their end.
pub async fn forgetting_leaves_everything_else_alone(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let all = world.make.one_of_each();
    world.put(all[1..].iter().cloned()).await;
    let far = world.make.now() + Duration::days(36_500);
    world.store.forget_expired(far).await.unwrap();
    for it in &all {
        match it {
            Aggregate::Session(_)
            | Aggregate::AuthnRequest(_)
            | Aggregate::SetupLink(_)
            | Aggregate::SignInAttempt(_) => {
                assert_eq!(world.read(it).await, None);
            }
            other => world.assert_kept(other).await,
        }
    }
}
