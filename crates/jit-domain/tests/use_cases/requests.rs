use std::sync::Arc;

use chrono::Duration;
use jit_domain::{
    access::{RequestState, RequestStatus},
    catalogue::Publication,
    console::ConsoleCaller,
    error::Rejection,
    portal::Approval,
    ports::{AccessRequestRepository, GrantRepository},
    values::EmailAddress,
    views::AccessState,
};

use crate::world::{World, rejection};

/// R20: one pending request for a client and a collection; the second learns of the first.
#[tokio::test]
async fn a_second_request_is_refused_with_the_first() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let first = world.request(&dana, &orders).await.unwrap();
    let second = rejection(world.request(&dana, &orders).await);
    assert_eq!(second, Rejection::AlreadyPending { request: first.id });
    world.approve(&first).await.unwrap();
    assert_eq!(
        rejection(world.request(&dana, &orders).await).code(),
        "already_granted"
    );
}

/// R20: a reason is required, 1 to 2,000 characters.
#[tokio::test]
async fn a_request_needs_a_reason() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    for reason in ["", "   ", &"x".repeat(2001)] {
        let answer = world
            .portal
            .request_access(&dana.caller(), orders.id, reason)
            .await;
        assert_eq!(rejection(answer).code(), "invalid");
    }
}

/// R20: twenty requests at once make one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_makes_one_request() {
    let world = Arc::new(World::configured().await);
    let dana = Arc::new(world.sign_in("dana").await.unwrap());
    let orders = Arc::new(world.collection("Orders").await);
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (world, dana, orders) = (world.clone(), dana.clone(), orders.clone());
            tokio::spawn(async move { world.request(&dana, &orders).await })
        })
        .collect();
    let mut made = vec![];
    let mut refused = vec![];
    for task in tasks {
        match task.await.unwrap() {
            Ok(request) => made.push(request.id),
            refusal => refused.push(rejection(refusal)),
        }
    }
    assert_eq!(made.len(), 1);
    assert!(
        refused
            .iter()
            .all(|r| *r == Rejection::AlreadyPending { request: made[0] })
    );
}

/// R21: a decision is final, recorded, and made once however many press at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn racing_approvers_make_one_decision_and_the_losers_learn_who_was_first() {
    let world = Arc::new(World::configured().await);
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let request = world.request(&dana, &orders).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (world, id) = (world.clone(), request.id);
            tokio::spawn(async move {
                if n % 2 == 0 {
                    world
                        .portal
                        .approve(&world.admin, id, &Approval::default())
                        .await
                        .map(|_| ())
                } else {
                    world.portal.reject(&world.admin, id, "not now").await
                }
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => won += 1,
            lost => match rejection(lost) {
                Rejection::AlreadyDecided { by, at, .. } => {
                    assert_eq!((by, at.is_some()), (Some(world.admin.identity), true));
                }
                other => panic!("{other:?}"),
            },
        }
    }
    assert_eq!(won, 1);
    let stored = world
        .store
        .find_access_request(world.workspace.id, request.id)
        .await
        .unwrap()
        .unwrap();
    let grants = world
        .store
        .list_grants_of_client(world.workspace.id, request.client)
        .await
        .unwrap();
    assert_eq!(
        grants.len(),
        usize::from(stored.status() == RequestStatus::Approved)
    );
}

/// R22: nobody decides their own request, neither as the linked end user nor by the same address.
#[tokio::test]
async fn nobody_decides_their_own_request() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let request = world.request(&dana, &orders).await.unwrap();
    let linked = ConsoleCaller {
        end_user: Some(dana.now.end_user.id),
        ..world.admin.clone()
    };
    let same_address = ConsoleCaller {
        email: Some(EmailAddress::parse("email", "Dana@ACME.example").unwrap()),
        ..world.admin.clone()
    };
    for own in [linked, same_address] {
        let approve = world
            .portal
            .approve(&own, request.id, &Approval::default())
            .await;
        assert_eq!(rejection(approve), Rejection::OwnRequest);
        let reject = world.portal.reject(&own, request.id, "no").await;
        assert_eq!(rejection(reject), Rejection::OwnRequest);
    }
}

/// R22: a rejection needs a note; an approval may carry an end, which must lie ahead.
#[tokio::test]
async fn a_rejection_needs_a_note_and_an_end_lies_ahead() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let request = world.request(&dana, &orders).await.unwrap();
    assert_eq!(
        rejection(world.portal.reject(&world.admin, request.id, " ").await).code(),
        "invalid"
    );
    let past = Approval {
        expires_at: Some(world.now()),
        note: None,
    };
    assert_eq!(
        rejection(world.portal.approve(&world.admin, request.id, &past).await).code(),
        "invalid"
    );
    let end = world.now() + Duration::days(30);
    let ahead = Approval {
        expires_at: Some(end),
        note: Some("for the pilot".to_owned()),
    };
    let grant = world
        .portal
        .approve(&world.admin, request.id, &ahead)
        .await
        .unwrap();
    assert_eq!(grant.expires_at, Some(end));
    assert!(grant.is_live(end - Duration::microseconds(1)) && !grant.is_live(end));
}

/// R23: a pending request can be withdrawn by its requester only; a rejected one can be asked again.
#[tokio::test]
async fn requests_can_be_withdrawn_and_asked_again() {
    let world = World::configured().await;
    let (dana, noor) = (
        world.sign_in("dana").await.unwrap(),
        world.sign_in("noor").await.unwrap(),
    );
    let orders = world.collection("Orders").await;
    let first = world.request(&dana, &orders).await.unwrap();
    let other = world
        .portal
        .withdraw_request(&noor.caller(), first.id)
        .await;
    assert_eq!(
        rejection(other),
        Rejection::NotFound {
            what: "access request"
        }
    );
    world
        .portal
        .withdraw_request(&dana.caller(), first.id)
        .await
        .unwrap();
    let again = world
        .portal
        .withdraw_request(&dana.caller(), first.id)
        .await;
    assert_eq!(rejection(again).code(), "already_decided");
    let second = world.request(&dana, &orders).await.unwrap();
    world
        .portal
        .reject(&world.admin, second.id, "please say which orders")
        .await
        .unwrap();
    let seen = world
        .portal
        .find_collection_for_user(&dana.caller(), &orders.slug)
        .await
        .unwrap();
    assert!(matches!(seen.access, AccessState::Rejected(_)));
    let third = world.request(&dana, &orders).await.unwrap();
    assert_eq!(third.state, RequestState::Pending);
}

/// R23: unpublishing or deleting a collection cancels its pending requests.
#[tokio::test]
async fn pending_requests_are_cancelled_with_their_collection() {
    let world = World::configured().await;
    let dana = world.sign_in("dana").await.unwrap();
    for publication in [Publication::Draft, Publication::Deleted] {
        let orders = world.collection("Orders").await;
        let request = world.request(&dana, &orders).await.unwrap();
        let changed = world
            .portal
            .set_publication(&world.admin, orders.id, publication)
            .await
            .unwrap();
        assert_eq!(changed.cancelled_requests, 1);
        let stored = world
            .store
            .find_access_request(world.workspace.id, request.id)
            .await
            .unwrap();
        assert_eq!(stored.unwrap().status(), RequestStatus::Cancelled);
        let late = world.approve(&request).await;
        assert_eq!(rejection(late).code(), "already_decided");
        if publication == Publication::Draft {
            world
                .portal
                .delete_collection(&world.admin, orders.id)
                .await
                .unwrap();
        }
    }
}

/// R25: a grant ends by revocation with a reason, once; a new one needs a new request.
#[tokio::test]
async fn a_revoked_grant_needs_a_new_request() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let request = world.request(&dana, &orders).await.unwrap();
    let grant = world.approve(&request).await.unwrap();
    let no_reason = world.portal.revoke_grant(&world.admin, grant.id, "").await;
    assert_eq!(rejection(no_reason).code(), "invalid");
    world
        .portal
        .revoke_grant(&world.admin, grant.id, "contract ended")
        .await
        .unwrap();
    let twice = world
        .portal
        .revoke_grant(&world.admin, grant.id, "again")
        .await;
    assert_eq!(rejection(twice), Rejection::AlreadyEnded { what: "grant" });
    assert_eq!(
        rejection(world.approve(&request).await).code(),
        "already_decided"
    );
    let renewed = world.request(&dana, &orders).await.unwrap();
    world.approve(&renewed).await.unwrap();
}

/// R30: while the requester is held nobody decides their requests.
#[tokio::test]
async fn a_held_requester_waits() {
    let world = World::configured().await;
    let (dana, orders) = (
        world.sign_in("dana").await.unwrap(),
        world.collection("Orders").await,
    );
    let request = world.request(&dana, &orders).await.unwrap();
    world
        .portal
        .open_hold(&world.admin, dana.now.end_user.id, None)
        .await
        .unwrap();
    assert_eq!(
        rejection(world.approve(&request).await),
        Rejection::RequesterSuspended
    );
    world
        .portal
        .clear_hold(&world.admin, dana.now.end_user.id)
        .await
        .unwrap();
    world.approve(&request).await.unwrap();
}
