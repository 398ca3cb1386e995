//! Asking for access, and `/requests`.

use chrono::Duration;
use jit_domain::{access::RequestStatus, portal::Approval, ports::Clock};

use crate::world::World;

/// R20: without JavaScript a page asks and another shows the request.
#[tokio::test]
async fn a_request_is_sent_by_a_plain_form() {
    let world = World::ready().await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/discover/orders/request")
        .await
        .is(200)
        .shows("<html")
        .shows("Request access to Orders")
        .shows("action=\"/discover/orders/request\"")
        .hides("<dialog");
    let sent = person
        .browser
        .post(
            "/discover/orders/request",
            &[("reason", "We sync nightly.")],
        )
        .await;
    let id = world.requests().await[0].id;
    assert_eq!(sent.location(), format!("/requests?sent={id}"));
    person
        .browser
        .get(sent.location())
        .await
        .is(200)
        .shows("Request sent.")
        .shows("We sync nightly.")
        .shows("Pending")
        .shows(&format!("action=\"/requests/{id}/withdraw\""));
}

/// R20: with htmx the dialog says so and the card turns pending.
#[tokio::test]
async fn htmx_gets_the_dialog_and_then_the_card() {
    let world = World::ready().await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    let dialog = person.browser.htmx_get("/discover/orders/request").await;
    dialog.is(200).shows("<dialog data-modal").hides("<html");
    let done = person
        .browser
        .htmx_post("/discover/orders/request", &[("reason", "why not")])
        .await;
    done.is(200)
        .shows("Request sent")
        .shows("hx-target=\"[id=&#39;access-orders&#39;]\"")
        .shows("id=\"access-orders\"")
        .shows("Pending, 2 Jan 2026")
        .hides("<html");
    for page in ["/discover", "/discover/orders"] {
        person
            .browser
            .get(page)
            .await
            .shows("id=\"access-orders\"")
            .shows("Pending, ");
    }
}

/// R20: 1 to 2,000 characters; what was typed stays.
#[tokio::test]
async fn a_reason_that_does_not_fit_is_named_and_kept() {
    let world = World::ready().await;
    world.orders().await;
    let person = world.sign_in("dana").await;
    let long = "y".repeat(2_001);
    for (reason, words) in [
        ("", "Enter a reason of 1 to 2000 characters</a>"),
        ("   ", "Enter a reason of 1 to 2000 characters</a>"),
        (
            long.as_str(),
            "Enter a reason of 1 to 2000 characters, not 2001 characters</a>",
        ),
        (
            "bell\u{7}",
            "Enter printable characters, not the control character U+0007</a>",
        ),
    ] {
        let fields = [("reason", reason)];
        let page = person
            .browser
            .post("/discover/orders/request", &fields)
            .await;
        page.is(422)
            .shows("<title>Error: Request access to Orders")
            .shows(&format!("<a href=\"#reason\">{words}"))
            .shows("aria-invalid=\"true\"")
            .shows(&format!("{reason}</textarea>"));
        let part = person
            .browser
            .htmx_post("/discover/orders/request", &fields)
            .await;
        part.is(422).shows("<dialog").shows(words).hides("<html");
    }
    person
        .browser
        .post("/discover/orders/request", &[])
        .await
        .is(422);
    assert!(world.requests().await.is_empty());
}

/// R20: a second pending request is refused with a link to the first.
#[tokio::test]
async fn a_second_request_leads_to_the_first() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let first = world.request(&person, &orders).await;
    let place = format!("/requests#r-{}", first.id);
    let fields = [("reason", "again")];
    let page = person
        .browser
        .post("/discover/orders/request", &fields)
        .await;
    page.is_refusal(409)
        .shows("You have asked for Orders already")
        .shows(&format!("href=\"{place}\""));
    let note = person
        .browser
        .htmx_post("/discover/orders/request", &fields)
        .await;
    note.is(409).shows(&format!("href=\"{place}\""));
    assert_eq!(note.header("hx-retarget"), "#problem");
    assert_eq!(
        person
            .browser
            .get("/discover/orders/request")
            .await
            .location(),
        place
    );
    let moved = person.browser.htmx_get("/discover/orders/request").await;
    assert_eq!(moved.header("hx-redirect"), place);
    assert_eq!(world.requests().await.len(), 1);
    world.approve(&first, Approval::default()).await;
    let page = person
        .browser
        .post("/discover/orders/request", &fields)
        .await;
    page.is_refusal(409)
        .shows("You have access to Orders already")
        .shows("href=\"/apis/orders\"");
    assert_eq!(
        person
            .browser
            .get("/discover/orders/request")
            .await
            .location(),
        "/apis/orders"
    );
}

#[tokio::test]
async fn another_site_cannot_ask_or_withdraw() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let forged = person
        .browser
        .forged_post("/discover/orders/request", &[("reason", "x")])
        .await;
    forged.is_refusal(403).shows("sent from another site");
    assert!(world.requests().await.is_empty());
    let request = world.request(&person, &orders).await;
    let path = format!("/requests/{}/withdraw", request.id);
    person.browser.forged_post(&path, &[]).await.is_refusal(403);
    assert_eq!(world.requests().await[0].status(), RequestStatus::Pending);
}

/// R21, R22, R23: who decided, when and why; afterwards one can ask again.
#[tokio::test]
async fn a_rejection_shows_its_note_and_lets_one_ask_again() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/requests")
        .await
        .is(200)
        .shows("You have not asked for anything yet");
    let request = world.request(&person, &orders).await;
    let rejected = world
        .app
        .portal
        .reject(&world.admin, request.id, "Use the export instead");
    rejected.await.unwrap();
    person
        .browser
        .get("/requests")
        .await
        .is(200)
        .shows("<strong>Rejected</strong> by Alex Kim")
        .shows("Use the export instead")
        .shows("href=\"/discover/orders/request\"")
        .hides("/withdraw");
    person
        .browser
        .get("/discover")
        .await
        .shows("Rejected")
        .shows("Request again");
    world.request(&person, &orders).await;
    let both = person.browser.get("/requests").await;
    both.hides("Request again").shows("/withdraw");
}

/// R23: a pending request is withdrawn once.
#[tokio::test]
async fn a_pending_request_is_withdrawn() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let request = world.request(&person, &orders).await;
    let path = format!("/requests/{}/withdraw", request.id);
    let done = person.browser.post(&path, &[]).await;
    assert_eq!(
        done.location(),
        format!("/requests?withdrawn={}", request.id)
    );
    person
        .browser
        .get(done.location())
        .await
        .shows("Withdrawn by you")
        .shows("You can ask again");
    person
        .browser
        .post(&path, &[])
        .await
        .is_refusal(409)
        .shows("This was already decided: withdrawn.");
    for id in ["nonsense", "req_00000000000000000000000000000009"] {
        person
            .browser
            .post(&format!("/requests/{id}/withdraw"), &[])
            .await
            .is_refusal(404);
    }
}

/// R25: the timeline goes on to the end of the access.
#[tokio::test]
async fn an_approval_shows_when_the_access_ends_and_that_it_has() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    let request = world.request(&person, &orders).await;
    let end = world.clock.now() + Duration::hours(2);
    let approval = Approval {
        note: Some("For the trial".to_owned()),
        expires_at: Some(end),
    };
    world.approve(&request, approval).await;
    person
        .browser
        .get("/requests")
        .await
        .shows("<strong>Approved</strong> by Alex Kim")
        .shows("For the trial")
        .shows("Access will end")
        .shows("href=\"/apis/orders\"");
    world.clock.advance(Duration::hours(3));
    person
        .browser
        .get("/requests")
        .await
        .shows("Access ended")
        .shows("Request again")
        .hides("href=\"/apis/orders\"");
    person
        .browser
        .get("/apis")
        .await
        .shows("You do not have access to any API yet");
}

#[tokio::test]
async fn a_long_list_goes_on_at_the_next_page() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    for _ in 0..51 {
        let request = world.request(&person, &orders).await;
        world
            .app
            .portal
            .withdraw_request(&person.caller, request.id)
            .await
            .unwrap();
        world.clock.advance(Duration::seconds(1));
    }
    let first = person.browser.get("/requests").await;
    first.is(200).shows("50 on this page");
    let next = first
        .html
        .split("href=\"")
        .find(|rest| rest.starts_with("/requests?after="))
        .unwrap();
    let next = next.split('"').next().unwrap();
    person
        .browser
        .get(next)
        .await
        .is(200)
        .shows("1 on this page")
        .shows("First page");
    person
        .browser
        .get("/requests?after=nonsense")
        .await
        .is(200)
        .shows("50 on this page");
}
