use std::sync::Arc;

use jit_domain::{
    catalogue::{Audience, Publication},
    error::Rejection,
    portal::{AccessFilter, CollectionDraft, DiscoverQuery, Expected},
    views::AccessState,
};
use jit_testkit::{
    MemoryStore,
    simulator::{Act, Action, History, Step, run},
};

use crate::world::{World, document, rejection};

/// R18: end users see published collections only, and restricted ones only in their groups.
#[tokio::test]
async fn drafts_and_restricted_collections_do_not_exist_for_others() {
    let world = World::configured().await;
    let group = world.group("Finance").await;
    let dana = world.sign_in("dana").await.unwrap();
    let open = world.collection("Orders").await;
    let draft = CollectionDraft {
        document: Some(document("Draft")),
        ..CollectionDraft::default()
    };
    let draft = world
        .portal
        .create_collection(&world.admin, &draft)
        .await
        .unwrap();
    let restricted = CollectionDraft {
        document: Some(document("Payroll")),
        audience: Some(Audience::Groups([group.id].into())),
        ..CollectionDraft::default()
    };
    let restricted = world
        .portal
        .create_collection(&world.admin, &restricted)
        .await
        .unwrap();
    world
        .portal
        .set_publication(&world.admin, restricted.id, Publication::Published)
        .await
        .unwrap();

    let names = async || -> Vec<String> {
        let seen = world.portal.discover(&dana.caller()).await.unwrap();
        seen.iter()
            .map(|found| found.collection.name.to_string())
            .collect()
    };
    assert_eq!(names().await, ["Orders"]);
    for hidden in [&draft, &restricted] {
        let look = world
            .portal
            .find_collection_for_user(&dana.caller(), &hidden.slug)
            .await;
        assert_eq!(
            rejection(look),
            Rejection::NotFound {
                what: "API collection"
            }
        );
        let ask = world
            .portal
            .request_access(&dana.caller(), hidden.id, "please")
            .await;
        assert_eq!(
            rejection(ask),
            Rejection::NotFound {
                what: "API collection"
            }
        );
    }
    world
        .portal
        .set_manual_groups(
            &world.admin,
            dana.now.end_user.id,
            Expected::Any,
            &[group.id],
        )
        .await
        .unwrap();
    assert_eq!(names().await, ["Orders", "Payroll"]);
    assert_eq!(open.publication, Publication::Published);
}

/// R19: the document is for those with a grant; names and endpoints are for everybody who sees it.
#[tokio::test]
async fn the_document_needs_a_grant() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let look = async || {
        world
            .portal
            .find_collection_for_user(&dana.caller(), &orders.slug)
            .await
            .unwrap()
    };
    let before = look().await;
    assert_eq!(before.collection.document, "");
    assert_eq!(before.collection.operations.len(), 1);
    let request = world.request(&dana, &orders).await.unwrap();
    assert_eq!(
        look().await.collection.document,
        "",
        "pending is not granted"
    );
    world.approve(&request).await.unwrap();
    let after = look().await;
    assert_eq!(after.collection.document, orders.document);
    assert!(matches!(after.access, AccessState::Granted(_)));
}

#[tokio::test]
async fn a_deleted_collection_is_gone_and_frees_its_address() {
    let world = World::configured().await;
    let first = world.collection("Orders").await;
    let taken = CollectionDraft {
        document: Some(document("Orders")),
        ..CollectionDraft::default()
    };
    let refusal = rejection(world.portal.create_collection(&world.admin, &taken).await);
    assert_eq!(refusal.code(), "already_exists");
    world
        .portal
        .delete_collection(&world.admin, first.id)
        .await
        .unwrap();
    assert!(
        world
            .portal
            .list_collections(&world.admin)
            .await
            .unwrap()
            .is_empty()
    );
    let gone = world.portal.delete_collection(&world.admin, first.id).await;
    assert_eq!(rejection(gone).code(), "not_found");
    let second = world.collection("Orders").await;
    assert_eq!(second.slug, first.slug);
}

#[tokio::test]
async fn importing_a_newer_document_keeps_what_was_set_by_hand() {
    let world = World::configured().await;
    let draft = CollectionDraft {
        document: Some(document("Orders")),
        name: Some("Order desk".to_owned()),
        upstream: Some("http://127.0.0.1:9/api/".to_owned()),
        ..CollectionDraft::default()
    };
    let made = world
        .portal
        .create_collection(&world.admin, &draft)
        .await
        .unwrap();
    assert_eq!(made.upstream, "http://127.0.0.1:9/api");
    assert_eq!(
        (made.slug.as_str(), made.api_version.as_str()),
        ("order-desk", "v1")
    );
    let newer = CollectionDraft {
        document: Some(document("Orders").replace("1.2.0", "1.3.0")),
        ..CollectionDraft::default()
    };
    let seen = Expected::Version(made.version);
    let changed = world
        .portal
        .change_collection(&world.admin, made.id, seen, &newer)
        .await
        .unwrap();
    assert_eq!(changed.document_version, "1.3.0");
    assert_eq!((changed.name, changed.upstream), (made.name, made.upstream));
}

#[tokio::test]
async fn an_upstream_that_could_mislead_is_refused() {
    let world = World::configured().await;
    for bad in [
        "ftp://files.internal",
        "https://",
        "https://user:secret@host",
        "https://host/a?b=c",
        "https://host/#f",
        "https://host/../admin",
        "orders.internal",
        "https://ho st",
        "https://host:99999",
        "https://{tenant}.internal",
        "https://host/a//b",
        "https://host/a;b",
        "https://host/a%2fb",
        "https://host/ü",
    ] {
        let draft = CollectionDraft {
            document: Some(document("Orders")),
            upstream: Some(bad.to_owned()),
            ..CollectionDraft::default()
        };
        let refusal = rejection(world.portal.create_collection(&world.admin, &draft).await);
        assert_eq!(refusal.code(), "invalid", "{bad}");
    }
}

#[tokio::test]
async fn a_search_finds_words_in_any_order_and_filters_by_standing() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Order desk").await,
    );
    world.collection("Payments").await;
    world.request(&dana, &orders).await.unwrap();
    let all = world.portal.discover(&dana.caller()).await.unwrap();
    let names = |query: DiscoverQuery| -> Vec<String> {
        let found = all.iter().filter(|row| query.finds(row));
        found.map(|row| row.collection.name.to_string()).collect()
    };
    let text = |text: &str| DiscoverQuery {
        text: text.to_owned(),
        ..DiscoverQuery::default()
    };
    assert_eq!(names(text("DESK order")), ["Order desk"]);
    assert_eq!(names(text("desk payments")), Vec::<String>::new());
    let standing = |access| DiscoverQuery {
        access: Some(access),
        ..DiscoverQuery::default()
    };
    assert_eq!(names(standing(AccessFilter::Pending)), ["Order desk"]);
    assert_eq!(names(standing(AccessFilter::None)), ["Payments"]);
}

/// R23: a request that arrives while its collection is taken away does not wait for ever,
/// in whatever order the two reach the store.
#[test]
fn no_request_waits_for_a_collection_that_went_away_at_the_same_time() {
    let step = |actions: &[Action], turns| {
        let trouble = None;
        let acts = actions.iter().map(|&action| Act { action, trouble });
        let acts = acts.collect();
        Step { acts, turns }
    };
    let login = Action::Login {
        person: 0,
        email: 0,
        groups: None,
    };
    let save = Action::Save {
        policy: None,
        groups: 0,
    };
    let ask = Action::Ask {
        person: 0,
        collection: 0,
    };
    let withdraw = Action::Publish {
        collection: 0,
        publication: Publication::Draft,
    };
    for turns in 0..200 {
        let together = step(&[ask, withdraw], turns);
        let history = History(vec![step(&[save], 0), step(&[login], 0), together]);
        let ended = run(&history, Arc::new(MemoryStore::new()));
        assert!(ended.is_ok(), "{ended:?}: {history}");
    }
}

#[tokio::test]
async fn a_collection_has_at_most_20_tags_and_an_audience_of_groups_that_exist() {
    let world = World::configured().await;
    let create = async |tags: usize, audience: Audience| {
        let draft = CollectionDraft {
            document: Some(document("Orders")),
            tags: Some((0..tags).map(|n| format!("tag {n}")).collect()),
            audience: Some(audience),
            ..CollectionDraft::default()
        };
        world.portal.create_collection(&world.admin, &draft).await
    };
    let wrong = |refused| match rejection(refused) {
        Rejection::Invalid(fields) => fields.iter().map(|it| it.field).collect::<Vec<_>>(),
        other => panic!("expected wrong fields, got {other:?}"),
    };
    assert_eq!(wrong(create(21, Audience::Everyone).await), ["tags"]);
    let nobody = Audience::Groups([].into());
    assert_eq!(wrong(create(20, nobody).await), ["audience"]);
    let unknown = jit_domain::ids::EndUserGroupId::new(uuid::Uuid::from_u128(5));
    let unknown = Audience::Groups([unknown].into());
    assert_eq!(wrong(create(20, unknown).await), ["audience"]);
    let group = world.group("Partners").await.id;
    let made = create(20, Audience::Groups([group].into())).await.unwrap();
    assert_eq!(made.tags.len(), 20);
}
