//! `/discover` and the preview of a collection.

use jit_domain::{
    catalogue::{Audience, Publication, RateLimit, RatePeriod},
    portal::{Approval, CollectionDraft, Expected, GroupDraft, PolicyDraft},
    settings::{AuthMethod, JitSettingsDraft},
};

use crate::world::{World, draft};

/// R16: the first login is greeted; the steps show how far the person has come.
#[tokio::test]
async fn the_first_session_is_greeted_until_something_is_granted() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/discover")
        .await
        .is(200)
        .shows("Welcome, dana of Acme")
        .shows("You do not have access to any collection yet.")
        .shows("aria-current=\"step\"><svg");
    let request = world.request(&person, &orders).await;
    person
        .browser
        .get("/discover")
        .await
        .shows("Welcome")
        .shows("Your request is with the administrators.")
        .shows("Request access<span class=\"sr\"> (done)</span>");
    world.approve(&request, Approval::default()).await;
    person
        .browser
        .get("/discover")
        .await
        .hides("Welcome")
        .shows("Access approved");
}

/// R16: a later login is not greeted.
#[tokio::test]
async fn the_second_session_is_not_greeted() {
    let world = World::ready().await;
    world.sign_in("dana").await;
    let again = world.sign_in("dana").await;
    again
        .browser
        .get("/discover")
        .await
        .is(200)
        .hides("Welcome");
}

/// R18: drafts, deleted collections and those of other groups are not there.
#[tokio::test]
async fn only_what_is_published_for_the_visitor_is_there() {
    let world = World::ready().await;
    let portal = &world.app.portal;
    let group = GroupDraft {
        name: "Finance".to_owned(),
        ..GroupDraft::default()
    };
    let group = portal.create_group(&world.admin, &group).await.unwrap();
    let audience = Some(Audience::Groups([group.id].into()));
    world
        .publish(CollectionDraft {
            audience,
            ..draft("Payments")
        })
        .await;
    portal
        .create_collection(&world.admin, &draft("Drafted"))
        .await
        .unwrap();
    world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/discover")
        .await
        .shows("Orders")
        .shows("1 of 1 collections")
        .hides("Payments")
        .hides("Drafted");
    for slug in ["payments", "drafted", "nothing", "%2e%2e", "..%2fx", "%FF"] {
        for path in [
            format!("/discover/{slug}"),
            format!("/discover/{slug}/request"),
            format!("/apis/{slug}"),
        ] {
            person
                .browser
                .get(&path)
                .await
                .is_refusal(404)
                .hides("Payments")
                .hides("Drafted");
        }
    }
    let asked = person
        .browser
        .post("/discover/payments/request", &[("reason", "please")])
        .await;
    asked.is_refusal(404).hides("Payments");
    portal
        .set_manual_groups(&world.admin, person.id, Expected::Any, &[group.id])
        .await
        .unwrap();
    person.browser.get("/discover").await.shows("Payments");
}

#[tokio::test]
async fn nothing_published_and_nothing_found_are_told_apart() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/discover")
        .await
        .shows("Nothing is published to your groups yet");
    world.orders().await;
    person
        .browser
        .get("/discover?q=nonsense")
        .await
        .shows("No collections match “nonsense”")
        .shows("clear the search");
}

#[tokio::test]
async fn search_access_and_tag_narrow_the_list() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let tags = Some(vec!["Finance".to_owned()]);
    world
        .publish(CollectionDraft {
            tags,
            ..draft("Payments")
        })
        .await;
    let person = world.sign_in("dana").await;
    world.request(&person, &orders).await;
    for (query, found, missing) in [
        ("q=ORD", "Orders", "Payments"),
        ("access=pending", "Orders", "Payments"),
        ("access=none", "Payments", "Orders"),
        ("tag=Finance", "Payments", "Orders"),
        ("q=pay&access=none&tag=Finance", "Payments", "Orders"),
    ] {
        let page = person.browser.get(&format!("/discover?{query}")).await;
        page.is(200)
            .shows(&format!(">{found}</a></h3>"))
            .hides(&format!(">{missing}</a></h3>"));
        page.shows("1 of 2 collections");
    }
    let none = person.browser.get("/discover?access=approved").await;
    none.shows("No collections match");
    person
        .browser
        .get("/discover?tag=Finance")
        .await
        .shows("value=\"Finance\" selected");
    person
        .browser
        .get("/discover?q=a&q=b")
        .await
        .is_refusal(400);
}

#[tokio::test]
async fn htmx_gets_the_results_and_their_address() {
    let world = World::ready().await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    let part = person
        .browser
        .htmx_get("/discover/results?q=ord&access=&tag=")
        .await;
    part.is(200).shows("1 collection found").hides("<html");
    assert!(
        part.html
            .trim_start()
            .starts_with("<section id=\"results\"")
    );
    assert_eq!(part.header("hx-replace-url"), "/discover?q=ord");
    let whole = person.browser.get("/discover/results?q=o%20d").await;
    assert_eq!(whole.location(), "/discover?q=o%20d");
}

#[tokio::test]
async fn who_is_signed_out_meanwhile_is_led_to_the_sign_in_by_htmx_too() {
    let world = World::ready().await;
    let part = world.stranger().htmx_get("/discover/results?q=a").await;
    assert_eq!(part.is(200).header("hx-redirect"), "/login");
}

/// R19: before an approval the endpoints can be read, the document cannot.
#[tokio::test]
async fn the_preview_shows_endpoints_and_limits_but_not_the_document() {
    let world = World::ready().await;
    let rate = Some(RateLimit {
        count: 60,
        per: RatePeriod::Minute,
    });
    let policy = PolicyDraft {
        name: "Standard".to_owned(),
        rate,
        ..PolicyDraft::default()
    };
    let policy = world
        .app
        .portal
        .create_policy(&world.admin, &policy)
        .await
        .unwrap();
    let method = Some(AuthMethod::AuthToken);
    world
        .save(JitSettingsDraft {
            method,
            policy: Some(policy.id),
            ..JitSettingsDraft::default()
        })
        .await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/discover/orders")
        .await
        .is(200)
        .shows("<code>/things</code>")
        .shows("List things")
        .shows("60 calls a minute")
        .shows("href=\"/discover/orders/request\"")
        .hides("upstream.example")
        .hides("/apis/orders");
}

/// R25: an access that has ended can be asked for again.
#[tokio::test]
async fn a_card_says_when_the_access_has_ended() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let grant = world.grant(&person, &orders).await;
    let revoked = world
        .app
        .portal
        .revoke_grant(&world.admin, grant.id, "No longer needed");
    revoked.await.unwrap();
    person
        .browser
        .get("/discover")
        .await
        .shows("Access ended")
        .shows("Request again");
}

/// R18, R23: what is unpublished is gone from the list at once.
#[tokio::test]
async fn an_unpublished_collection_disappears() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    world.request(&person, &orders).await;
    let drafted = world
        .app
        .portal
        .set_publication(&world.admin, orders.id, Publication::Draft);
    drafted.await.unwrap();
    person.browser.get("/discover/orders").await.is_refusal(404);
    person
        .browser
        .get("/requests")
        .await
        .shows("Cancelled")
        .shows("Orders")
        .hides("/discover/orders");
}
