//! `/setup`: the first administrator.

use crate::world::{EMAIL, PASSWORD, World};

fn fields<'a>(code: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("code", code),
        ("name", "Alex Kim"),
        ("email", EMAIL),
        ("password", password),
    ]
}

#[tokio::test]
async fn the_link_makes_the_first_administrator_and_signs_them_in() {
    let world = World::empty().await;
    let stranger = world.stranger();
    let page = stranger.get(&format!("/setup?code={}", world.code)).await;
    page.is(200)
        .shows(&format!(
            "<input type=\"hidden\" name=\"code\" value=\"{}\">",
            world.code
        ))
        .shows("data-address=\"/setup\"");
    assert_eq!(page.header("cache-control"), "no-store");
    let done = stranger
        .post("/setup", &fields(&world.code, PASSWORD))
        .await;
    assert_eq!(done.location(), "/admin");
    let browser = world.browser(&done.session());
    assert_eq!(browser.get("/login/admin").await.location(), "/admin");
}

#[tokio::test]
async fn before_the_first_administrator_the_sign_in_pages_name_the_link() {
    let link = "The program has printed a link when it was started";
    let world = World::empty().await;
    for page in ["/login", "/login/admin"] {
        world.stranger().get(page).await.is(200).shows(link);
    }
    let world = World::unconfigured().await;
    for page in ["/login", "/login/admin"] {
        world.stranger().get(page).await.is(200).hides(link);
    }
}

#[tokio::test]
async fn a_used_or_wrong_code_is_refused_in_the_words_of_the_domain() {
    let world = World::unconfigured().await;
    for code in [world.code.as_str(), "jsu_nonsense", "%3Cscript%3E"] {
        let page = world.stranger().get(&format!("/setup?code={code}")).await;
        page.is_refusal(403)
            .shows("This setup link is not valid, has been used, or has expired; start the program again")
            .hides(code);
    }
    let page = world
        .stranger()
        .post("/setup", &fields(&world.code, PASSWORD))
        .await;
    page.is_refusal(403).hides(&world.code);
    assert!(page.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn without_a_code_the_page_asks_for_it() {
    let world = World::empty().await;
    world
        .stranger()
        .get("/setup")
        .await
        .is(200)
        .shows("One-time code");
    world
        .stranger()
        .post("/setup", &fields("", PASSWORD))
        .await
        .is_refusal(403);
}

#[tokio::test]
async fn mistakes_are_named_at_their_fields_and_nothing_is_made() {
    let world = World::empty().await;
    let wrong = [
        ("code", world.code.as_str()),
        ("name", ""),
        ("email", "alex"),
        ("password", "short pass"),
    ];
    let page = world.stranger().post("/setup", &wrong).await;
    page.is(422)
        .shows("<title>Error: ")
        .shows("<a href=\"#name\">Enter a name of 1 to 100 characters</a>")
        .shows("<a href=\"#email\">Enter an e-mail address such as dana@example.com, not alex</a>")
        .shows(
            "<a href=\"#password\">Enter a password of 12 to 200 characters, not 10 characters</a>",
        )
        .shows("id=\"password-error\"")
        .shows("value=\"alex\"")
        .shows(&world.code)
        .hides("short pass");
    let listed = world.app.portal.list_administrators(&world.admin).await;
    assert_eq!(listed.unwrap().len(), 0);
    let page = world
        .stranger()
        .forged_post("/setup", &fields(&world.code, PASSWORD))
        .await;
    page.is_refusal(403);
    // The code still works.
    world
        .stranger()
        .post("/setup", &fields(&world.code, PASSWORD))
        .await
        .location();
}
