//! Somebody from outside sets up one connection, and reaches nothing else.

use jit_domain::{connections::ConnectionState, console::ConsoleRole};

use crate::{
    browser::{Answer, Browser},
    connections::stored,
    desk::{administrator, colleague},
    world::World,
};

/// The path and query of a fresh setup link.
async fn invite(world: &World, desk: &Browser) -> String {
    let page = format!("/admin/sso/{}/invitations", world.connection.id);
    let answer = desk.post(&page, &[]).await;
    answer.is(200).shows("It is shown this once.");
    let start = "value=\"https://portal.example";
    let (_, rest) = answer.html.split_once(start).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn code(link: &str) -> &str {
    link.split_once("code=").unwrap().1
}

async fn open(world: &World, link: &str) -> Answer {
    let code = [("code", code(link))];
    world.stranger().post("/setup-link", &code).await
}

async fn contact(world: &World) -> Browser {
    let noor = colleague(world, "noor", ConsoleRole::Administrator).await;
    let link = invite(world, &noor).await;
    let opened = open(world, &link).await;
    opened.location();
    world.browser(&opened.session())
}

/// Scanners of mail follow links, and must not use them up.
#[tokio::test]
async fn a_link_shows_a_page_as_often_as_you_like_and_opens_once() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let link = invite(&world, &desk).await;
    for _ in 0..2 {
        let page = world.stranger().get(&link).await;
        page.is(200)
            .shows("Set up single sign-on")
            .shows(&format!("name=\"code\" value=\"{}\"", code(&link)))
            .hides("Somebody is signed in");
        assert!(page.headers.get("set-cookie").is_none());
    }
    desk.get(&link).await.shows("Somebody is signed in");
    let page = format!("/admin/sso/{}", world.connection.id);
    desk.get(&page).await.shows("Not opened yet");
    assert_eq!(open(&world, &link).await.location(), page);
    desk.get(&page).await.shows("In use").hides(code(&link));
    open(&world, &link)
        .await
        .is_refusal(403)
        .shows("This setup link was opened before");
    world.stranger().get(&link).await.is_refusal(403);
    world
        .stranger()
        .get("/setup-link?code=x")
        .await
        .is_refusal(403);
}

#[tokio::test]
async fn a_contact_sees_the_steps_of_the_provider_and_nothing_of_the_console() {
    let world = World::ready().await;
    let browser = contact(&world).await;
    let page = format!("/admin/sso/{}", world.connection.id);
    assert_eq!(browser.get("/").await.location(), page);
    let shown = browser.get(&page).await;
    shown
        .is(200)
        .shows("You were invited to connect")
        .shows("Single sign-on setup")
        .shows("action=\"/sign-out\"");
    for step in ["values", "metadata", "attributes", "test", "activation"] {
        shown.shows(&format!("id=\"step-{step}\""));
    }
    for hidden in [
        "id=\"step-about\"",
        "id=\"step-people\"",
        "id=\"nav\"",
        "id=\"invitations\"",
        "href=\"/admin\"",
        "href=\"/admin/sso\"",
        "/admin/sso/log",
        "Alex Kim",
    ] {
        shown.hides(hidden);
    }
    let form = [("version", "1"), ("email", "mail")];
    browser
        .post(&format!("{page}/attributes"), &form)
        .await
        .location();
    assert_eq!(stored(&world).await.attributes.email, ["mail"]);
    browser
        .post(&format!("{page}/deactivate"), &[])
        .await
        .location();
    assert_eq!(stored(&world).await.state, ConnectionState::Inactive);
}

#[tokio::test]
async fn a_contact_reaches_no_other_page_and_changes_no_policy() {
    let world = World::ready().await;
    let browser = contact(&world).await;
    let own = format!("/admin/sso/{}", world.connection.id);
    for path in [
        "/admin",
        "/admin/sso",
        "/admin/sso/new",
        "/admin/sso/log",
        "/admin/audit",
        "/discover",
        "/client",
    ] {
        browser
            .get(path)
            .await
            .is_refusal(403)
            .shows("You were invited to set up one SSO connection.")
            .shows(&format!("href=\"{own}\""));
    }
    for step in ["about", "people", "invitations", "invitations/delete"] {
        browser
            .post(&format!("{own}/{step}"), &[("version", "1")])
            .await
            .is_refusal(403);
    }
    let other = "/admin/sso/idp_000000000000000000000000000000ff";
    browser.get(other).await.is_refusal(404);
    for step in ["attributes", "refresh", "activate"] {
        browser
            .post(&format!("{other}/{step}"), &[("version", "1")])
            .await
            .is_refusal(404);
    }
    assert_eq!(stored(&world).await, world.connection);
}

#[tokio::test]
async fn another_connection_is_not_the_contacts_to_see() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let form = [("provider", "okta"), ("slug", "second")];
    let made = desk.post("/admin/sso/new", &form).await;
    let other = made.location().split('?').next().unwrap();
    let browser = contact(&world).await;
    browser.get(other).await.is_refusal(404);
    browser.get(&format!("{other}/test")).await.is_refusal(404);
}

#[tokio::test]
async fn a_link_that_was_taken_back_ends_what_was_begun_with_it() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let browser = contact(&world).await;
    let page = format!("/admin/sso/{}", world.connection.id);
    let shown = desk.get(&page).await;
    let (_, rest) = shown.html.split_once("name=\"link\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap();
    let back = desk
        .post(&format!("{page}/invitations/delete"), &[("link", id)])
        .await;
    let place = back.location().split('#').next().unwrap();
    desk.get(place).await.shows("Taken back.");
    let gone = browser.get(&page).await;
    assert!(gone.location().starts_with("/login/admin"));
}

/// R35: whoever it was, the log says what the link was for.
#[tokio::test]
async fn the_audit_log_tells_of_invitations() {
    let world = World::ready().await;
    let browser = contact(&world).await;
    let page = format!("/admin/sso/{}", world.connection.id);
    let form = [("version", "1"), ("email", "mail")];
    browser
        .post(&format!("{page}/attributes"), &form)
        .await
        .location();
    browser.post("/sign-out", &[]).await.location();
    administrator(&world)
        .await
        .get("/admin/audit")
        .await
        .shows("<strong>noor</strong> made a setup link for")
        .shows("<strong>Whoever opened the setup link</strong> began to set up")
        .shows("<strong>Whoever opened the setup link</strong> changed the SSO connection")
        .shows("<strong>Whoever opened the setup link</strong> ended the setup")
        .hides("lnk_");
}

#[tokio::test]
async fn an_auditor_sees_invitations_and_makes_none() {
    let world = World::ready().await;
    invite(&world, &administrator(&world).await).await;
    let desk = colleague(&world, "ada", ConsoleRole::Auditor).await;
    desk.get(&format!("/admin/sso/{}", world.connection.id))
        .await
        .is(200)
        .shows("Not opened yet")
        .hides("Take back")
        .hides("Make a setup link")
        .hides("Test sign-in<span");
}

/// This server does not ask around in its own network on the word of somebody from outside.
#[tokio::test]
async fn a_contact_cannot_have_an_address_of_this_network_read() {
    let world = World::ready().await;
    let browser = contact(&world).await;
    let page = format!("/admin/sso/{}", world.connection.id);
    let form = [
        ("version", "1"),
        ("source", "url"),
        ("metadata_url", "http://localhost:9/metadata"),
    ];
    browser
        .post(&format!("{page}/metadata"), &form)
        .await
        .is(422)
        .shows("a name that is known on the internet");
}
