//! Setting up a connection in steps, and by somebody from outside.

use chrono::Duration;
use jit_domain::{
    connections::{ConnectionState, IdpConnection, MetadataSource, Provider, Switch},
    console::Origin,
    error::{Error, Rejection},
    portal::{ConnectionDraft, ConnectionEditor, Expected, SignedIn},
};

use crate::world::{World, rejection};

fn editor(world: &World) -> ConnectionEditor {
    ConnectionEditor::Console(world.admin.clone())
}

async fn change(
    world: &World,
    editor: &ConnectionEditor,
    connection: &IdpConnection,
    change: impl FnOnce(&mut ConnectionDraft),
) -> Result<IdpConnection, Error> {
    let mut draft = ConnectionDraft::of(connection);
    change(&mut draft);
    let expected = Expected::Version(connection.version);
    world
        .portal
        .change_connection(editor, connection.id, expected, &draft)
        .await
}

async fn begun(world: &World) -> IdpConnection {
    let draft = ConnectionDraft::new("Globex", Provider::EntraId);
    let made = world.portal.create_connection(&world.admin, &draft).await;
    made.unwrap()
}

#[tokio::test]
async fn a_connection_is_made_first_and_described_later_and_used_only_then() {
    let world = World::configured().await;
    let made = begun(&world).await;
    assert_eq!(made.idp, None);
    let editor = editor(&world);
    let early = change(&world, &editor, &made, |it| {
        it.state = ConnectionState::Active;
    });
    match rejection(early.await) {
        Rejection::Invalid(fields) => assert_eq!(fields[0].field, "metadata"),
        other => panic!("expected a wrong field, got {other:?}"),
    }
    let mut idp = world.connection.idp.clone().unwrap();
    idp.entity_id = "https://sts.globex.example".to_owned();
    let described = change(&world, &editor, &made, |it| {
        it.idp = Some(idp.clone());
        it.metadata_url = Some("https://sts.globex.example/metadata".to_owned());
        it.state = ConnectionState::Active;
    });
    let described = described.await.unwrap();
    assert_eq!(described.idp, Some(idp));
    assert!(matches!(
        described.metadata,
        MetadataSource::Url { problem: None, .. }
    ));
}

async fn contact(world: &World, connection: &IdpConnection) -> (ConnectionEditor, String) {
    let portal = &world.portal;
    let (_, link) = portal
        .create_setup_link(&world.admin, connection.id)
        .await
        .unwrap();
    let origin = Origin::default();
    let opened = portal.open_setup_link(world.workspace.id, link.reveal(), &origin);
    let (id, session) = opened.await.unwrap();
    assert_eq!(id, connection.id);
    let signed_in = world.signed_in(session.reveal()).await.unwrap();
    (
        signed_in.connection_editor(origin).unwrap(),
        session.reveal().to_owned(),
    )
}

#[tokio::test]
async fn somebody_from_outside_sets_up_what_the_provider_has_to_do_with_and_nothing_else() {
    let world = World::configured().await;
    let made = begun(&world).await;
    let (contact, session) = contact(&world, &made).await;
    let mut idp = world.connection.idp.clone().unwrap();
    idp.entity_id = "https://sts.globex.example".to_owned();
    let described = change(&world, &contact, &made, |it| it.idp = Some(idp)).await;
    let described = described.unwrap();

    let forbidden: [fn(&mut ConnectionDraft); 4] = [
        |it| it.jit = Switch::Off,
        |it| it.linking = Switch::On,
        |it| it.name = "Initech".to_owned(),
        |it| it.enforced_domains.extend(["acme.example".to_owned()]),
    ];
    for forbid in forbidden {
        let needed = "administrator";
        let refused = change(&world, &contact, &described, forbid).await;
        assert_eq!(rejection(refused), Rejection::RoleMissing { needed });
    }
    let other = change(&world, &contact, &world.connection, |_| {}).await;
    let what = "identity provider";
    assert_eq!(rejection(other), Rejection::NotFound { what });
    let signed_in = world.signed_in(&session).await.unwrap();
    assert!(signed_in.console_caller(Origin::default()).is_none());
    assert!(signed_in.end_user_caller(Origin::default()).is_none());
}

#[tokio::test]
async fn a_setup_link_opens_once_and_not_after_a_week() {
    let world = World::configured().await;
    let origin = Origin::default();
    let (workspace, id) = (world.workspace.id, world.connection.id);
    let link = async || {
        let made = world.portal.create_setup_link(&world.admin, id).await;
        made.unwrap().1
    };
    let open = async |link: &str| {
        let opened = world.portal.open_setup_link(workspace, link, &origin).await;
        opened.map(drop)
    };
    let first = link().await;
    open(first.reveal()).await.unwrap();
    let again = open(first.reveal()).await;
    assert_eq!(rejection(again), Rejection::SetupLinkClosed);
    let late = link().await;
    world.clock.advance(Duration::days(7));
    let late = open(late.reveal()).await;
    assert_eq!(rejection(late), Rejection::SetupLinkClosed);
    let wrong = open("jsl_nonsense").await;
    assert_eq!(rejection(wrong), Rejection::SetupLinkClosed);
}

#[tokio::test]
async fn a_setup_link_that_is_taken_back_ends_what_was_begun_with_it() {
    let world = World::configured().await;
    let (_, session) = contact(&world, &world.connection).await;
    let (portal, admin) = (&world.portal, &world.admin);
    let links = portal.list_setup_links(admin, world.connection.id).await;
    let links = links.unwrap();
    assert_eq!(links.len(), 1);
    assert!(matches!(
        world.signed_in(&session).await,
        Some(SignedIn::SetupContact { .. })
    ));
    portal.delete_setup_link(admin, links[0].id).await.unwrap();
    assert_eq!(world.signed_in(&session).await, None);
}

#[tokio::test]
async fn nobody_but_an_administrator_invites() {
    let world = World::configured().await;
    let auditor = world.colleague(jit_domain::console::ConsoleRole::Auditor);
    let id = world.connection.id;
    let made = world.portal.create_setup_link(&auditor, id).await;
    let needed = "administrator";
    assert_eq!(rejection(made), Rejection::RoleMissing { needed });
}

/// Whoever is not of this house does not make this server ask around in its own network.
#[tokio::test]
async fn somebody_from_outside_names_addresses_of_the_internet_only() {
    let world = World::configured().await;
    let (contact, _) = contact(&world, &world.connection).await;
    for fine in [
        "https://idp.example.com/metadata",
        "https://login.idp.example:8443/app?id=1",
    ] {
        assert!(contact.require_fetchable(fine).is_ok(), "{fine}");
    }
    for inside in [
        "http://idp.example.com/metadata",
        "http://localhost:8080/metadata",
        "https://localhost/metadata",
        "https://10.0.0.1/metadata",
        "https://[::1]/metadata",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://vault/metadata",
        "https://vault.internal/metadata",
        "https://printer.local./metadata",
        "https://idp.example.com@10.0.0.1/",
        "file:///etc/passwd",
    ] {
        assert!(contact.require_fetchable(inside).is_err(), "{inside}");
        let changed = change(&world, &contact, &world.connection, |it| {
            it.metadata_url = Some(inside.to_owned());
        });
        assert!(changed.await.is_err(), "{inside}");
    }
    let administrator = editor(&world);
    let near = "http://localhost:8080/metadata";
    assert!(administrator.require_fetchable(near).is_ok());
}
