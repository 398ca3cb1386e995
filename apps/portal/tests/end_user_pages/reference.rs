//! `/apis`: what the visitor may call, and its reference.

use crate::world::World;

/// R19: reference and document need a grant; without one the page offers to ask.
#[tokio::test]
async fn without_a_grant_the_reference_is_refused_and_the_way_is_shown() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    for path in ["/apis/orders", "/apis/orders/openapi.json"] {
        person
            .browser
            .get(path)
            .await
            .is_refusal(403)
            .shows("You do not have access to Orders")
            .shows("href=\"/discover/orders/request\"")
            .shows("Request access")
            .hides("upstream.example");
    }
    let request = world.request(&person, &orders).await;
    person
        .browser
        .get("/apis/orders")
        .await
        .is_refusal(403)
        .shows("has not been decided")
        .shows(&format!("href=\"/requests#r-{}\"", request.id));
    world
        .app
        .portal
        .reject(&world.admin, request.id, "No")
        .await
        .unwrap();
    person
        .browser
        .get("/apis/orders")
        .await
        .is_refusal(403)
        .shows("Request again");
}

/// R19: with a grant everything is there, and the example goes through the gateway.
#[tokio::test]
async fn with_a_grant_the_reference_shows_the_real_address_and_header() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    world.grant(&person, &orders).await;
    person
        .browser
        .get("/apis")
        .await
        .is(200)
        .shows("href=\"/apis/orders\"")
        .shows("No limits");
    person
        .browser
        .get("/apis/orders")
        .await
        .is(200)
        .shows("<code>https://portal.example/gateway/orders/v2</code>")
        .shows("https://portal.example/gateway/orders/v2/things")
        .shows("api-token: $API_TOKEN")
        .shows("Auth token")
        .shows("Access approved");
}

#[tokio::test]
async fn the_document_is_a_file_to_keep() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    world.grant(&person, &orders).await;
    let file = person.browser.get("/apis/orders/openapi.json").await;
    file.is(200);
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"orders-v2.json\""
    );
    assert_eq!(file.header("cache-control"), "no-store");
    let document: serde_json::Value = serde_json::from_str(&file.html).unwrap();
    assert_eq!(document["info"]["title"], "Orders");
}

/// R25: a revoked grant closes the reference with the next request.
#[tokio::test]
async fn a_revoked_grant_closes_the_reference() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let grant = world.grant(&person, &orders).await;
    person.browser.get("/apis/orders").await.is(200);
    let revoked = world
        .app
        .portal
        .revoke_grant(&world.admin, grant.id, "Project ended");
    revoked.await.unwrap();
    person.browser.get("/apis/orders").await.is_refusal(403);
    person
        .browser
        .get("/apis/orders/openapi.json")
        .await
        .is_refusal(403);
    person
        .browser
        .get("/apis")
        .await
        .shows("You do not have access to any API yet");
    person
        .browser
        .get("/requests")
        .await
        .shows("Access taken back")
        .shows("Project ended");
}
