//! Whose sessions are found, and by what a provider calls somebody.

use std::sync::Arc;

use jit_domain::{
    ids::{AdministratorId, EndUserId, SetupLinkId},
    ports::Store,
    sessions::{NameId, Principal, SamlSession, Session, SessionState},
    values::Version,
};
use uuid::Uuid;

use super::world::World;

/// R17: the sessions of somebody, newest first, ended ones too, and nobody else's of whatever kind.
pub async fn the_sessions_of_somebody_are_listed_newest_first(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    // One and the same number: what it is the number of tells people apart.
    let id = Uuid::from_u128(7);
    let everybody = [
        Principal::EndUser(EndUserId::new(id)),
        Principal::Administrator(AdministratorId::new(id)),
        Principal::SetupContact(SetupLinkId::new(id)),
        Principal::EndUser(EndUserId::new(Uuid::from_u128(8))),
    ];
    for principal in everybody {
        let listed = world.store.list_sessions_of(world.workspace(), principal);
        assert_eq!(listed.await.unwrap(), []);
    }
    let mut expected = Vec::new();
    for principal in everybody {
        let [first, second, third] = [(); 3].map(|()| world.make.session(principal));
        let ended = Session {
            version: Version(2),
            state: SessionState::Ended {
                at: world.make.now(),
            },
            ..first.clone()
        };
        expected.push(vec![third.clone(), second.clone(), ended.clone()]);
        world
            .put([first, second, third, ended].map(Into::into))
            .await;
    }
    for (principal, expected) in everybody.into_iter().zip(expected) {
        let listed = world.store.list_sessions_of(world.workspace(), principal);
        assert_eq!(listed.await.unwrap(), expected, "{principal:?}");
    }
}

/// A logout that begins at the provider ends the sessions of exactly that name there.
pub async fn sessions_are_found_by_the_name_at_the_provider_byte_for_byte(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (make, workspace) = (&world.make, world.workspace());
    let [okta, entra] = ["okta", "entra"].map(|slug| make.connection(slug));
    world.put([okta.clone().into(), entra.clone().into()]).await;
    let names = [
        "dana",
        "Dana",
        "DANA",
        "dana ",
        " dana",
        "dañ",
        "dan\u{303}",
        "ß",
        "ss",
        "ẞ",
        "007",
        "7",
        "7.0",
        "",
    ];
    let mut expected = Vec::new();
    for name in names {
        let first = make.saml_session(name, &okta);
        // Whatever the format, and whatever index the provider gave.
        let second = Session {
            saml: Some(SamlSession {
                connection: okta.id,
                name_id: NameId {
                    value: name.to_owned(),
                    format: Some(
                        "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned(),
                    ),
                },
                session_index: Some("_s1".to_owned()),
            }),
            ..make.saml_session(name, &okta)
        };
        let elsewhere = make.saml_session(name, &entra);
        let all = [first.clone(), elsewhere, second.clone()];
        world.put(all.map(Into::into)).await;
        expected.push(vec![second, first]);
    }
    let of_console = make.session(Principal::Administrator(make.id(AdministratorId::new)));
    world.put([of_console.into()]).await;
    let read = |name| {
        world
            .store
            .list_sessions_by_name_id(workspace, okta.id, name)
    };
    for (name, expected) in names.into_iter().zip(expected) {
        assert_eq!(read(name).await.unwrap(), expected, "{name:?}");
    }
    for unknown in ["dAna", "dan", "dana%", "_ana", "%"] {
        assert_eq!(read(unknown).await.unwrap(), [], "{unknown:?}");
    }
}

/// Nobody has so many; whoever has loses no memory for it.
pub async fn at_most_a_thousand_sessions_are_listed_the_newest_of_them(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (make, workspace) = (&world.make, world.workspace());
    let connection = make.connection("okta");
    world.put([connection.clone().into()]).await;
    let principal = Principal::EndUser(make.id(EndUserId::new));
    let session = || Session {
        principal,
        ..make.saml_session("dana", &connection)
    };
    let mut all: Vec<_> = (0..1_003).map(|_| session()).collect();
    world.put(all.iter().cloned().map(Into::into)).await;
    all.reverse();
    all.truncate(1_000);
    let store = &world.store;
    let of_somebody = store.list_sessions_of(workspace, principal).await.unwrap();
    assert!(of_somebody == all, "{} sessions", of_somebody.len());
    let named = store.list_sessions_by_name_id(workspace, connection.id, "dana");
    let named = named.await.unwrap();
    assert!(named == all, "{} sessions", named.len());
}
