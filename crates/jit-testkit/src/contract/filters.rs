//! Filters of long lists.

use std::sync::Arc;

use jit_domain::{
    access::RequestStatus,
    people::{EndUser, HoldSource},
    ports::Store,
    values::{EmailAddress, Name, Version},
    views::{
        AccessRequestFilter, AccessRequestRow, EndUserFilter, GrantFilter, GrantRow, PageRequest,
    },
};

use super::world::World;

/// People are found by a part of their name or address, in any letter case.
pub async fn people_are_found_by_a_part_of_name_or_address(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for (name, email) in [
        ("Dana Ökonom", Some("d.oe@example.com")),
        ("Emil", Some("emil.DANA@example.com")),
        ("100% Fay_x", None),
    ] {
        let connection = world.make.connection(&format!("of-{}", name.len()));
        let user = EndUser {
            display_name: Name::restore(name.to_owned()),
            email: email.map(|text| EmailAddress::restore(text.to_owned())),
            ..world.make.end_user("somebody", &connection)
        };
        world.put([connection.into(), user.into()]).await;
    }
    for (text, expected) in [
        ("dana", &["Emil", "Dana Ökonom"][..]),
        ("DANA ÖK", &["Dana Ökonom"]),
        ("emil.d", &["Emil"]),
        ("@EXAMPLE", &["Emil", "Dana Ökonom"]),
        ("Emil.Dana@ex", &["Emil"]),
        ("dana@ex", &[]),
        ("*mil", &[]),
        ("?mil", &[]),
        ("[e]mil", &[]),
        ("00%", &["100% Fay_x"]),
        ("ay_", &["100% Fay_x"]),
        ("y_", &[]),
        ("a", &[]),
        ("em", &["Emil"]),
        ("D", &["Dana Ökonom"]),
        ("d_na", &[]),
        ("a%a", &[]),
        ("\\", &[]),
        ("'", &[]),
        ("", &["100% Fay_x", "Emil", "Dana Ökonom"]),
    ] {
        let filter = EndUserFilter {
            text: Some(text.to_owned()),
            usable: None,
        };
        assert_eq!(people(&world, &filter).await, expected, "{text:?}");
    }
}

/// R30: people are found by whether a hold is open.
pub async fn people_are_found_by_whether_they_may_act(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    world.person("dana").await;
    let (held, _) = world.person("emil").await;
    let held = EndUser {
        version: Version(2),
        holds: vec![
            world.make.hold(HoldSource::Admin),
            world.make.hold(HoldSource::Risk),
        ],
        ..held
    };
    world.put([held.clone().into()]).await;
    let found = |usable, text: Option<&str>| {
        let text = text.map(str::to_owned);
        let filter = EndUserFilter { text, usable };
        let world = &world;
        async move { people(world, &filter).await }
    };
    assert_eq!(found(None, None).await, ["emil", "dana"]);
    assert_eq!(found(Some(true), None).await, ["dana"]);
    assert_eq!(found(Some(false), None).await, ["emil"]);
    assert_eq!(found(Some(false), Some("dana")).await, [""; 0]);
    let cleared = EndUser {
        version: Version(3),
        holds: vec![],
        ..held
    };
    world.put([cleared.into()]).await;
    assert_eq!(found(Some(false), None).await, [""; 0]);
}

/// R24: requests are found by state, client and collection, and counted alike.
pub async fn requests_are_found_by_each_part_of_the_filter(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let orders = world.collection("orders").await;
    let billing = world.collection("billing").await;
    let pending = world.make.request(&dana, &orders);
    let rejected = world.make.request(&emil, &orders);
    let withdrawn = world.make.request(&dana, &billing);
    let approved = world.make.request(&emil, &billing);
    world
        .put([&pending, &rejected, &withdrawn, &approved].map(|it| it.clone().into()))
        .await;
    world.put([world.make.rejected(&rejected).into()]).await;
    world.put([world.make.withdrawn(&withdrawn).into()]).await;
    let (decided, grant) = world.make.approved(&approved);
    world.put([decided.into(), grant.into()]).await;

    let all = AccessRequestFilter::default();
    let of_status = |status| AccessRequestFilter {
        status: Some(status),
        ..AccessRequestFilter::default()
    };
    let of_client = AccessRequestFilter {
        client: Some(dana.id()),
        ..all.clone()
    };
    let of_collection = AccessRequestFilter {
        collection: Some(orders.id),
        ..all.clone()
    };
    let limited = |ids: &[_]| AccessRequestFilter {
        collections: Some(ids.iter().copied().collect()),
        ..AccessRequestFilter::default()
    };
    let everything_at_once = AccessRequestFilter {
        status: Some(RequestStatus::Pending),
        client: Some(dana.id()),
        collection: Some(orders.id),
        collections: Some([orders.id, billing.id].into()),
    };
    let beyond_the_limit = AccessRequestFilter {
        collection: Some(orders.id),
        ..limited(&[billing.id])
    };
    for (filter, expected) in [
        (
            all,
            &[approved.id, withdrawn.id, rejected.id, pending.id][..],
        ),
        (of_status(RequestStatus::Pending), &[pending.id]),
        (of_status(RequestStatus::Approved), &[approved.id]),
        (of_status(RequestStatus::Rejected), &[rejected.id]),
        (of_status(RequestStatus::Withdrawn), &[withdrawn.id]),
        (of_status(RequestStatus::Cancelled), &[]),
        (of_client, &[withdrawn.id, pending.id]),
        (of_collection, &[rejected.id, pending.id]),
        (limited(&[billing.id]), &[approved.id, withdrawn.id]),
        (limited(&[]), &[]),
        (everything_at_once, &[pending.id]),
        (beyond_the_limit, &[]),
    ] {
        let found: Vec<_> = requests(&world, &filter)
            .await
            .iter()
            .map(|it| it.request.id)
            .collect();
        assert_eq!(found, expected, "{filter:?}");
        let count = world
            .store
            .count_access_requests(world.workspace(), &filter)
            .await;
        assert_eq!(count.unwrap(), expected.len() as u64, "{filter:?}");
    }
}

/// R24: grants are found by client and collection, those that ended too.
pub async fn grants_are_found_by_each_part_of_the_filter(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (_, dana) = world.person("dana").await;
    let (_, emil) = world.person("emil").await;
    let orders = world.collection("orders").await;
    let billing = world.collection("billing").await;
    let mut ids = Vec::new();
    for (client, collection) in [(&dana, &orders), (&emil, &orders), (&dana, &billing)] {
        let request = world.make.request(client, collection);
        let (approved, grant) = world.make.approved(&request);
        world
            .put([request.into(), approved.into(), grant.clone().into()])
            .await;
        world.put([world.make.revoked(&grant).into()]).await;
        ids.push(grant.id);
    }
    let all = GrantFilter::default();
    let of_client = GrantFilter {
        client: Some(dana.id()),
        ..all.clone()
    };
    let of_collection = GrantFilter {
        collection: Some(orders.id),
        ..all.clone()
    };
    let limited = |ids: &[_]| GrantFilter {
        collections: Some(ids.iter().copied().collect()),
        ..GrantFilter::default()
    };
    let both = GrantFilter {
        client: Some(dana.id()),
        ..limited(&[orders.id])
    };
    for (filter, expected) in [
        (all, &[ids[2], ids[1], ids[0]][..]),
        (of_client, &[ids[2], ids[0]]),
        (of_collection, &[ids[1], ids[0]]),
        (limited(&[billing.id]), &[ids[2]]),
        (limited(&[]), &[]),
        (both, &[ids[0]]),
    ] {
        let found: Vec<_> = grants(&world, &filter)
            .await
            .iter()
            .map(|it| it.grant.id)
            .collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

/// Who decides reads names, as they are now.
pub async fn rows_carry_the_names_of_today(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, client) = world.person("dana").await;
    let collection = world.collection("orders").await;
    let request = world.make.request(&client, &collection);
    let (approved, grant) = world.make.approved(&request);
    world
        .put([
            request.into(),
            approved.clone().into(),
            grant.clone().into(),
        ])
        .await;
    let renamed = EndUser {
        version: Version(2),
        display_name: Name::restore("Dana O.".to_owned()),
        email: None,
        ..user
    };
    world.put([renamed.clone().into()]).await;
    let request_row = AccessRequestRow {
        request: approved,
        requester_name: renamed.display_name.clone(),
        requester_email: None,
        client_name: client.name.clone(),
        collection_name: collection.name.clone(),
        collection_slug: collection.slug.clone(),
    };
    let grant_row = GrantRow {
        grant,
        owner: renamed.id,
        owner_name: renamed.display_name,
        client_name: client.name,
        collection_name: collection.name,
        collection_slug: collection.slug,
    };
    assert_eq!(
        requests(&world, &AccessRequestFilter::default()).await,
        [request_row]
    );
    assert_eq!(grants(&world, &GrantFilter::default()).await, [grant_row]);
}

async fn people(world: &World, filter: &EndUserFilter) -> Vec<String> {
    let page = world
        .store
        .list_end_users(world.workspace(), filter, &PageRequest::FIRST);
    let names = page.await.unwrap().items.into_iter();
    names.map(|user| user.display_name.to_string()).collect()
}

async fn requests(world: &World, filter: &AccessRequestFilter) -> Vec<AccessRequestRow> {
    let page = world
        .store
        .list_access_requests(world.workspace(), filter, &PageRequest::FIRST);
    page.await.unwrap().items
}

async fn grants(world: &World, filter: &GrantFilter) -> Vec<GrantRow> {
    let page = world
        .store
        .list_grants(world.workspace(), filter, &PageRequest::FIRST);
    page.await.unwrap().items
}
