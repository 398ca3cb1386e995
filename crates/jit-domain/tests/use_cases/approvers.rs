use jit_domain::{
    console::{ApproverScope, ConsoleRole},
    portal::Approval,
    views::{AccessRequestFilter, PageRequest},
};

use crate::world::{World, rejection};

/// R24: an approver of named collections sees and decides those only.
#[tokio::test]
async fn an_approver_of_named_collections_sees_those_only() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let (orders, payments) = (
        world.collection("Orders").await,
        world.collection("Payments").await,
    );
    let (own, foreign) = (
        world.request(&dana, &orders).await.unwrap(),
        world.request(&dana, &payments).await.unwrap(),
    );
    let approver = world.colleague(ConsoleRole::Approver(ApproverScope::Collections(
        [orders.id].into(),
    )));
    let all = AccessRequestFilter::default();
    let page = PageRequest::FIRST;
    let seen = world
        .portal
        .list_access_requests(&approver, &all, &page)
        .await
        .unwrap()
        .items;
    assert_eq!(
        seen.iter().map(|row| row.request.id).collect::<Vec<_>>(),
        [own.id]
    );
    assert_eq!(
        world
            .portal
            .count_access_requests(&approver, &all)
            .await
            .unwrap(),
        1
    );
    let hidden = world
        .portal
        .find_access_request(&approver, foreign.id)
        .await;
    assert_eq!(rejection(hidden.map(|_| ())).code(), "not_found");
    let decide = world
        .portal
        .approve(&approver, foreign.id, &Approval::default())
        .await;
    assert_eq!(rejection(decide).code(), "not_found");
    world
        .portal
        .approve(&approver, own.id, &Approval::default())
        .await
        .unwrap();
    let nobody = world.colleague(ConsoleRole::Approver(ApproverScope::Collections([].into())));
    let none = world
        .portal
        .approve(&nobody, foreign.id, &Approval::default())
        .await;
    assert_eq!(
        rejection(none).code(),
        "not_found",
        "an empty list never means approval"
    );
    let auditor = world.colleague(ConsoleRole::Auditor);
    let read_only = world
        .portal
        .approve(&auditor, foreign.id, &Approval::default())
        .await;
    assert_eq!(rejection(read_only).code(), "role_missing");
}

/// R24: what a client may call besides is not for an approver of one collection to read.
#[tokio::test]
async fn an_approver_of_named_collections_sees_no_other_grants() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    let (orders, payments) = (
        world.collection("Orders").await,
        world.collection("Payments").await,
    );
    let own = world.request(&dana, &orders).await.unwrap();
    let foreign = world.request(&dana, &payments).await.unwrap();
    world.approve(&own).await.unwrap();
    world.approve(&foreign).await.unwrap();
    let role = ConsoleRole::Approver(ApproverScope::Collections([orders.id].into()));
    let approver = world.colleague(role);
    let seen = async |caller| {
        let detail = world.portal.find_access_request(caller, own.id).await;
        let grants = detail.unwrap().grants.into_iter();
        grants.map(|grant| grant.collection).collect::<Vec<_>>()
    };
    assert_eq!(seen(&approver).await, [orders.id]);
    assert_eq!(seen(&world.admin).await, [payments.id, orders.id]);
}

/// Approvers decide requests; the rest of the console is not theirs to read.
#[tokio::test]
async fn an_approver_does_not_read_the_whole_console() {
    let world = World::configured().await;
    let approver = world.colleague(ConsoleRole::Approver(ApproverScope::All));
    let needed = "administrator or auditor";
    let connections = world.portal.list_connections(&approver).await;
    let missing = jit_domain::error::Rejection::RoleMissing { needed };
    assert_eq!(rejection(connections), missing);
    let auditor = world.colleague(ConsoleRole::Auditor);
    assert!(world.portal.list_connections(&auditor).await.is_ok());
}
