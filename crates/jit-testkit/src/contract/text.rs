//! Text beyond ASCII, letter case, and moments to the microsecond.

use std::sync::Arc;

use chrono::DateTime;
use jit_domain::{
    access::AccessRequest,
    console::Administrator,
    people::{EndUser, EndUserGroup, Subject},
    ports::Store,
    values::{EmailAddress, Name, Reason, Timestamp, Version},
};

use super::world::World;

/// R20: what people write comes back to the last character.
pub async fn text_beyond_ascii_comes_back(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    for (n, text) in [
        "Zoë Grünwald-Øster",
        "日本語の名前",
        "مرحبا بالعالم",
        "👩🏽‍💻 🦀 𝕏",
        "e\u{301} is not é",
        "a 'quoted' \"text\" with \\ and % and _ and ; -- and {}",
        "two\nlines\r\nand\ta tab",
    ]
    .into_iter()
    .enumerate()
    {
        let collection = world.collection(&format!("api-{n}")).await;
        let request = AccessRequest {
            reason: Reason::restore(text.to_owned()),
            ..world.make.request(&client, &collection)
        };
        let group = EndUserGroup {
            description: text.to_owned(),
            ..world.make.group(text)
        };
        world
            .put([request.clone().into(), group.clone().into()])
            .await;
        world.assert_kept(&request.into()).await;
        world.assert_kept(&group.into()).await;
    }
}

/// A reason of 2,000 characters of four bytes each fits (R20).
pub async fn the_longest_text_comes_back(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, client) = world.person("dana").await;
    let request = AccessRequest {
        reason: Reason::restore("🦀".repeat(2_000)),
        ..world
            .make
            .request(&client, &world.collection("orders").await)
    };
    world.put([request.clone().into()]).await;
    world.assert_kept(&request.into()).await;
}

/// R13: providers tell people apart by every byte of a `NameID`, and so does the store.
pub async fn subjects_are_compared_byte_for_byte(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let mut people = Vec::new();
    for name_id in [
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
    ] {
        let user = EndUser {
            subjects: [world.make.subject(name_id, &connection)].into(),
            ..world.make.end_user("dana", &connection)
        };
        world.put([user.clone().into()]).await;
        people.push(user);
    }
    for user in people {
        for subject in &user.subjects {
            assert_eq!(
                by_subject(&world, subject).await.as_ref(),
                Some(&user),
                "{subject:?}"
            );
        }
    }
    let unknown = world.make.subject("dAna", &connection);
    assert_eq!(by_subject(&world, &unknown).await, None);
    let elsewhere = Subject {
        idp_entity_id: "HTTPS://IDP.EXAMPLE/OKTA".to_owned(),
        name_id: "dana".to_owned(),
    };
    assert_eq!(by_subject(&world, &elsewhere).await, None);
}

/// Letter case is more than A to Z.
pub async fn names_beyond_ascii_are_taken_in_any_letter_case(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.put([world.make.group("Ärzte Łódź ΩΣ").into()]).await;
    world.refuse_put(world.make.group("ÄRZTE łÓDŹ ωΣ")).await;
    world.put([world.make.group("Arzte Lodz").into()]).await;
    world.put([world.make.policy("Für alle").into()]).await;
    world.refuse_put(world.make.policy("FÜR ALLE")).await;
}

/// An address is found in any letter case and comes back as it was written.
pub async fn addresses_are_found_in_any_letter_case_and_kept_as_written(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let spelled = |text: &str| EmailAddress::restore(text.to_owned());
    let connection = world.make.connection("okta");
    let user = EndUser {
        email: Some(spelled("Zoë.GRÜN@Example.com")),
        ..world.make.end_user("zoe", &connection)
    };
    let administrator = Administrator {
        email: spelled("Zoë.GRÜN@Example.com"),
        ..world.make.administrator("zoe")
    };
    world
        .put([
            connection.into(),
            user.clone().into(),
            administrator.clone().into(),
        ])
        .await;
    world.assert_kept(&user.clone().into()).await;
    world.assert_kept(&administrator.clone().into()).await;

    let (store, workspace) = (&world.store, world.workspace());
    for text in [
        "zoë.grün@example.com",
        "ZOË.GRÜN@EXAMPLE.COM",
        "Zoë.GRÜN@Example.com",
    ] {
        let email = spelled(text);
        let people = store
            .list_end_users_by_email(workspace, &email)
            .await
            .unwrap();
        assert_eq!(people, std::slice::from_ref(&user), "{text}");
        let found = store
            .find_administrator_by_email(workspace, &email)
            .await
            .unwrap();
        assert_eq!(found.as_ref(), Some(&administrator), "{text}");
    }
    let other = spelled("zoe.grun@example.com");
    assert_eq!(
        store
            .list_end_users_by_email(workspace, &other)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        store
            .find_administrator_by_email(workspace, &other)
            .await
            .unwrap(),
        None
    );
}

/// Moments come back to the microsecond, near and far.
pub async fn moments_come_back_to_the_microsecond(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    for (n, moment) in (2..).zip([
        "2026-01-02T03:04:05.000001Z",
        "2026-01-02T03:04:05.999999Z",
        "2026-12-31T23:59:59.100000Z",
        "2024-02-29T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
    ]) {
        let moment: Timestamp = DateTime::parse_from_rfc3339(moment).unwrap().to_utc();
        let user = EndUser {
            version: Version(n),
            display_name: Name::restore(moment.to_string()),
            sessions_valid_from: moment,
            last_signed_in_at: moment,
            ..user.clone()
        };
        world.put([user.clone().into()]).await;
        world.assert_kept(&user.into()).await;
    }
}

async fn by_subject(world: &World, subject: &Subject) -> Option<EndUser> {
    let found = world
        .store
        .find_end_user_by_subject(world.workspace(), subject)
        .await;
    found.unwrap()
}
