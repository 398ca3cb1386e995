use jit_domain::console::ConsoleRole;

use crate::{
    desk::{administrator, colleague},
    world::World,
};

#[tokio::test]
async fn a_new_portal_shows_what_is_left_to_do_and_why_steps_are_blocked() {
    let world = World::unconfigured().await;
    let page = administrator(&world).await.get("/admin").await;
    page.is(200)
        .shows("2 of 6 necessary setup steps are done")
        .shows("Connect your identity provider<span class=\"sr\"> (done)")
        .shows("After steps 1, 2 and 5")
        .shows("After step 6")
        .shows("<span class=\"opt\">(optional)</span>");
}

#[tokio::test]
async fn the_checklist_reflects_what_is_and_closes_when_all_is_there() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.orders().await;
    desk.get("/admin")
        .await
        .shows("4 of 6 necessary setup steps are done");
    world.sign_in("dana").await;
    desk.get("/admin")
        .await
        .hides("href=\"/login\"")
        .shows("5 of 6 necessary setup steps are done")
        .hides("Show the steps");
    world.sign_in("tomas").await;
    desk.get("/admin")
        .await
        .shows("The portal is open to your developers.")
        .shows("<summary>Show the steps</summary>")
        .shows("tomas of Acme signed in for the first time");
}

/// R24: what an approver can reach is requests.
#[tokio::test]
async fn an_approver_starts_at_the_requests() {
    let world = World::ready().await;
    let role = ConsoleRole::Approver(jit_domain::console::ApproverScope::All);
    let desk = colleague(&world, "ada", role).await;
    assert_eq!(desk.get("/admin").await.location(), "/admin/requests");
}

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_first_and_comes_back() {
    let world = World::ready().await;
    let page = world.stranger().get("/admin/users?q=a").await;
    assert_eq!(
        page.location(),
        "/login/admin?next=%2Fadmin%2Fusers%3Fq%3Da"
    );
    let post = world
        .stranger()
        .post("/admin/groups/new", &[("name", "x")])
        .await;
    assert_eq!(post.location(), "/login/admin");
}

#[tokio::test]
async fn the_end_of_a_certificate_is_announced() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin")
        .await
        .shows("The certificate of Sign in with okta ends in less than a day.")
        .shows(&format!(
            "href=\"/admin/sso/{}#step-metadata\"",
            world.connection.id
        ));
    world.clock.advance(chrono::Duration::minutes(1));
    desk.get("/admin")
        .await
        .shows("The certificate of Sign in with okta ended on 2 Jan 2026.");
    desk.get("/admin/sso").await.shows("Ended</span>");
    desk.get(&format!("/admin/sso/{}", world.connection.id))
        .await
        .shows("The certificate of Sign in with okta ended on 2 Jan 2026.")
        .shows("add it beside the old one before");
}
