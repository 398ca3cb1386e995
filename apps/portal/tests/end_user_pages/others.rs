//! What belongs to somebody else does not exist.

use jit_domain::access::RequestStatus;

use crate::world::World;

/// R18, R23, R29: the ids of another person lead nowhere.
#[tokio::test]
async fn the_ids_of_another_person_lead_nowhere() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let (dana, eve) = (world.sign_in("dana").await, world.sign_in("eve").await);
    let request = world.request(&dana, &orders).await;
    dana.browser
        .post("/client/credentials", &[("name", "job")])
        .await
        .is(200);
    let client = world
        .app
        .portal
        .find_own_client(&dana.caller)
        .await
        .unwrap();
    let credential = client.credentials()[0].id;
    for (path, fields) in [
        (format!("/requests/{}/withdraw", request.id), vec![]),
        (format!("/client/credentials/{credential}/revoke"), vec![]),
        (
            format!("/client/credentials/{credential}/rotate"),
            vec![("overlap_hours", "0")],
        ),
    ] {
        eve.browser
            .post(&path, &fields)
            .await
            .is_refusal(404)
            .hides("jat_");
    }
    assert_eq!(world.requests().await[0].status(), RequestStatus::Pending);
    let after = world
        .app
        .portal
        .find_own_client(&dana.caller)
        .await
        .unwrap();
    assert_eq!(after, client);
    for path in [
        "/requests",
        "/client",
        &format!("/requests?sent={}", request.id),
    ] {
        eve.browser
            .get(path)
            .await
            .is(200)
            .hides("nightly sync")
            .hides("dana")
            .hides("Request sent");
    }
}

/// R17, R30: a hold ends the session of the person, whatever they press next.
#[tokio::test]
async fn a_held_person_is_signed_out_everywhere() {
    let world = World::ready().await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    world
        .app
        .portal
        .open_hold(&world.admin, person.id, None)
        .await
        .unwrap();
    for path in ["/discover", "/apis", "/client", "/requests"] {
        assert!(
            person
                .browser
                .get(path)
                .await
                .location()
                .starts_with("/login?next=")
        );
    }
    let asked = person
        .browser
        .post("/discover/orders/request", &[("reason", "x")])
        .await;
    assert_eq!(asked.location(), "/login");
    assert!(world.requests().await.is_empty());
}
