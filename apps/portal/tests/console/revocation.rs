use jit_domain::views::{GrantFilter, PageRequest};

use crate::{desk::administrator, world::World};

async fn is_live(world: &World) -> bool {
    let filter = GrantFilter::default();
    let grants = world
        .app
        .portal
        .list_grants(&world.admin, &filter, &PageRequest::FIRST)
        .await;
    grants.unwrap().items[0]
        .grant
        .is_live(world.app.portal.now())
}

/// R25: with a reason, once.
#[tokio::test]
async fn access_is_revoked_from_the_request_with_a_reason() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    let grant = world.grant(&dana, &orders).await;
    let revoke = format!("/admin/grants/{}/revoke", grant.id);
    desk.post(&revoke, &[("revoke_reason", "")])
        .await
        .is(422)
        .shows("<details class=\"confirm mt\" open>")
        .shows("The reason: expected 1 to 2000 characters");
    assert!(is_live(&world).await);
    let location = desk
        .post(&revoke, &[("revoke_reason", "Project ended")])
        .await
        .location()
        .to_owned();
    assert_eq!(
        location,
        format!("/admin/requests/{}?done=revoked", grant.request)
    );
    assert!(!is_live(&world).await);
    desk.get(&location)
        .await
        .shows("<strong>Revoked.</strong>")
        .shows("<strong>Access revoked</strong> by Alex Kim")
        .shows("Project ended")
        .hides("Revoke access<");
    desk.post(&revoke, &[("revoke_reason", "Again")])
        .await
        .is(409)
        .shows("This grant has ended already.");
}

#[tokio::test]
async fn access_is_revoked_from_the_client_too() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    let grant = world.grant(&dana, &orders).await;
    let page = format!("/admin/clients/{}", grant.client);
    desk.get(&page)
        .await
        .shows("name=\"from\" value=\"client\"")
        .shows("Live");
    let revoke = format!("/admin/grants/{}/revoke", grant.id);
    desk.post(&revoke, &[("from", "client"), ("revoke_reason", " ")])
        .await
        .is(422)
        .shows("<a href=\"#grants\">The reason: expected 1 to 2000 characters");
    let form = [("from", "client"), ("revoke_reason", "Ended")];
    let location = desk.post(&revoke, &form).await.location().to_owned();
    assert_eq!(location, format!("{page}?done=grant"));
    desk.get(&location)
        .await
        .shows("Revoked")
        .hides("access to Orders</span>");
}

#[tokio::test]
async fn a_grant_that_is_not_there_is_not_found() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for id in ["gnt_00000000000000000000000000000001", "nonsense"] {
        desk.post(
            &format!("/admin/grants/{id}/revoke"),
            &[("revoke_reason", "x")],
        )
        .await
        .is_refusal(404);
    }
}
