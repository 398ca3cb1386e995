use jit_domain::{access::RequestState, console::ConsoleRole};

use crate::{
    desk::{administrator, colleague},
    world::{World, draft},
};

#[tokio::test]
async fn tabs_count_and_filter() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/requests")
        .await
        .is(200)
        .shows("No requests are waiting");
    let (orders, sales) = (world.orders().await, world.publish(draft("Sales")).await);
    let (dana, tomas) = (world.sign_in("dana").await, world.sign_in("tomas").await);
    world.grant(&dana, &orders).await;
    world.request(&dana, &sales).await;
    world.request(&tomas, &orders).await;
    desk.get("/admin/requests")
        .await
        .shows("Pending <span class=\"number\">2</span>")
        .shows("Approved <span class=\"number\">1</span>")
        .shows("All <span class=\"number\">3</span>")
        .shows("2 of 2 requests")
        .shows("<span class=\"count\">2<span class=\"sr\"> pending</span>");
    desk.get(&format!(
        "/admin/requests?state=pending&collection={}",
        sales.id
    ))
    .await
    .shows("dana of Acme")
    .hides("tomas of Acme")
    .shows(&format!("value=\"{}\" selected", sales.id))
    .shows(&format!(
        "state=all&#38;collection={}",
        sales.id.to_string().replace('_', "%5F")
    ));
    desk.get(&format!(
        "/admin/requests?state=rejected&collection={}",
        sales.id
    ))
    .await
    .shows("No requests match");
    desk.get("/admin/requests?state=approved")
        .await
        .shows("dana of Acme")
        .shows(">View<");
}

#[tokio::test]
async fn a_long_list_comes_in_pages_that_keep_the_filter() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    for number in 0..52 {
        let person = world.sign_in(&format!("p{number}")).await;
        world.request(&person, &orders).await;
    }
    let page = desk.get("/admin/requests?state=all").await;
    page.shows("50 of 52 requests")
        .shows("p51 of Acme")
        .hides("p1 of Acme")
        .hides("First page");
    let (_, rest) = page
        .html
        .split_once("href=\"/admin/requests?state=all&#38;after=")
        .unwrap();
    let after = rest.split('"').next().unwrap();
    desk.get(&format!("/admin/requests?state=all&after={after}"))
        .await
        .shows("2 of 52 requests")
        .shows("p0 of Acme")
        .shows("First page")
        .hides("Next page");
    desk.get("/admin/requests?after=nonsense")
        .await
        .is(200)
        .shows("50 of 52");
}

/// R21, R22: what changes, then a decision with an end, once and for all.
#[tokio::test]
async fn an_approval_gives_access_to_the_end_of_its_last_day() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, sales) = (world.orders().await, world.publish(draft("Sales")).await);
    let dana = world.sign_in("dana").await;
    world.grant(&dana, &sales).await;
    let request = world.request(&dana, &orders).await;
    let page = format!("/admin/requests/{}", request.id);
    desk.get(&page)
        .await
        .is(200)
        .shows("dana of Acme asks for Orders")
        .shows("<p class=\"quote mt\">nightly sync</p>")
        .shows("<dt>May call now</dt><dd>Sales</dd>")
        .shows("Sales, <strong>Orders</strong>");
    let form = [("ends_on", "2026-12-31"), ("approve_note", "Welcome")];
    let location = desk
        .post(&format!("{page}/approve"), &form)
        .await
        .location()
        .to_owned();
    desk.get(&location)
        .await
        .shows("<strong>Approved.</strong>")
        .shows("<strong>Approved</strong> by Alex Kim")
        .shows("Welcome")
        .shows("1 Jan 2027, 00:00 UTC")
        .hides("Approve request");
    assert!(matches!(
        world.requests().await[0].state,
        RequestState::Approved { .. }
    ));
}

#[tokio::test]
async fn a_decision_that_makes_no_sense_is_not_recorded() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    let dana = world.sign_in("dana").await;
    let page = format!("/admin/requests/{}", world.request(&dana, &orders).await.id);
    let long = "x".repeat(2001);
    for (path, form, words) in [
        (
            "approve",
            [("ends_on", "soon"), ("approve_note", "Kept")],
            "Last day of access: expected a day such as 2026-12-31, found soon.",
        ),
        (
            "approve",
            [("ends_on", "2020-01-01"), ("approve_note", "Kept")],
            "Last day of access: expected a moment in the future",
        ),
        (
            "approve",
            [("ends_on", ""), ("approve_note", &long)],
            "Note to the requester: expected 1 to 2000 characters, found 2001 characters.",
        ),
        (
            "reject",
            [("ends_on", ""), ("reject_note", " ")],
            "The note: expected 1 to 2000 characters",
        ),
    ] {
        let answer = desk.post(&format!("{page}/{path}"), &form).await;
        answer
            .is(422)
            .shows(words)
            .shows("<title>Error: ")
            .shows("dana of Acme asks for Orders");
        let kept = form[1].1.trim();
        assert!(kept.is_empty() || answer.html.contains(kept));
        assert_eq!(world.requests().await[0].state, RequestState::Pending);
    }
}

/// R21: the loser learns who was first.
#[tokio::test]
async fn a_second_decision_is_refused_with_who_was_first() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let ada = colleague(&world, "ada", ConsoleRole::Administrator).await;
    let orders = world.orders().await;
    let dana = world.sign_in("dana").await;
    let page = format!("/admin/requests/{}", world.request(&dana, &orders).await.id);
    let location = ada
        .post(&format!("{page}/reject"), &[("reject_note", "Not now")])
        .await;
    location.location();
    desk.post(&format!("{page}/approve"), &[])
        .await
        .is(409)
        .shows("Somebody was faster.")
        .shows("This was already decided: rejected by ada, 2 Jan 2026")
        .shows("Your decision was not recorded.")
        .shows("<strong>Rejected</strong> by ada");
    assert!(matches!(
        world.requests().await[0].state,
        RequestState::Rejected { .. }
    ));
}

/// R22: nobody decides their own request.
#[tokio::test]
async fn ones_own_request_has_no_form_and_a_forged_one_is_refused() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let dana = world.sign_in("dana").await;
    let page = format!("/admin/requests/{}", world.request(&dana, &orders).await.id);
    let desk = colleague(&world, "dana", ConsoleRole::Administrator).await;
    desk.get(&page)
        .await
        .is(200)
        .shows("This is your own request, so somebody else decides it.")
        .hides("Approve request");
    for (path, form) in [
        ("approve", [("ends_on", "")]),
        ("reject", [("reject_note", "No")]),
    ] {
        desk.post(&format!("{page}/{path}"), &form)
            .await
            .is_refusal(403)
            .shows("Nobody decides their own request; another approver must.");
    }
    assert_eq!(world.requests().await[0].state, RequestState::Pending);
}

/// R30: no approval while the requester is held.
#[tokio::test]
async fn a_suspended_requester_gets_no_access() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    let dana = world.sign_in("dana").await;
    let page = format!("/admin/requests/{}", world.request(&dana, &orders).await.id);
    world
        .app
        .portal
        .open_hold(&world.admin, dana.id, None)
        .await
        .unwrap();
    desk.post(&format!("{page}/approve"), &[])
        .await
        .is(409)
        .shows("The requester is suspended; clear the hold first.");
    assert_eq!(world.requests().await[0].state, RequestState::Pending);
}
