//! `/login/admin`.

use jit_domain::{
    connections::{ConnectionState, IdpConnection, RoleRule},
    console::ConsoleRole,
};

use crate::world::{EMAIL, PASSWORD, World};

#[tokio::test]
async fn the_right_password_opens_the_console() {
    let world = World::unconfigured().await;
    let stranger = world.stranger();
    stranger
        .get("/login/admin")
        .await
        .is(200)
        .shows("value=\"/admin\"");
    let fields = [
        ("email", EMAIL),
        ("password", PASSWORD),
        ("next", "/admin/requests"),
    ];
    let done = stranger.post("/login/admin", &fields).await;
    assert_eq!(done.location(), "/admin/requests");
    let cookie = done.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let browser = world.browser(&done.session());
    assert_eq!(browser.get("/login/admin").await.location(), "/admin");
    assert_eq!(browser.get("/").await.location(), "/admin");
    browser
        .get("/discover")
        .await
        .is_refusal(403)
        .shows("href=\"/admin\"");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_page() {
    let world = World::unconfigured().await;
    for email in [EMAIL, "nobody@acme.example", "no address"] {
        let fields = [
            ("email", email),
            ("password", "wrong password"),
            ("next", "/admin"),
        ];
        let page = world.stranger().post("/login/admin", &fields).await;
        page.is(401)
            .shows("<title>Error: Administrator sign-in")
            .shows("There is a problem")
            .shows("the e-mail address or the password is wrong")
            .shows(&format!("value=\"{email}\""))
            .hides("wrong password");
        assert!(page.headers.get("set-cookie").is_none());
    }
}

#[tokio::test]
async fn the_eleventh_attempt_waits() {
    let world = World::unconfigured().await;
    let stranger = world.stranger();
    let wrong = [("email", EMAIL), ("password", "wrong")];
    for _ in 0..10 {
        stranger.post("/login/admin", &wrong).await.is(401);
    }
    let right = [("email", EMAIL), ("password", PASSWORD)];
    let page = stranger.post("/login/admin", &right).await;
    page.is_refusal(429).shows("You can try again in");
    let wait: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=7).contains(&wait));
    assert!(page.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn afterwards_nobody_lands_on_another_site() {
    let world = World::unconfigured().await;
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "",
        "/login",
    ] {
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        let done = world.stranger().post("/login/admin", &fields).await;
        assert_eq!(done.location(), "/admin", "{next}");
    }
    let page = world
        .stranger()
        .get("/login/admin?next=//evil.example")
        .await;
    page.is(200).hides("evil");
}

#[tokio::test]
async fn another_site_cannot_sign_somebody_in() {
    let world = World::unconfigured().await;
    let fields = [("email", EMAIL), ("password", PASSWORD)];
    let page = world.stranger().forged_post("/login/admin", &fields).await;
    page.is_refusal(403);
    assert!(page.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn what_is_no_form_gets_plain_words() {
    let world = World::unconfigured().await;
    let stranger = world.stranger();
    let json = stranger.post_json("/login/admin", "{}").await;
    json.is_refusal(415).shows("could not be understood");
    let twice = stranger.post_body("/login/admin", "email=a&email=b").await;
    twice.is_refusal(422).shows("could not be understood");
    let long = stranger
        .post("/login/admin", &[("email", &"x".repeat(70_000))])
        .await;
    long.is_refusal(413).shows("The form is too long");
}

#[tokio::test]
async fn a_connection_that_gives_roles_in_the_console_has_a_button_above_the_password() {
    let world = World::unconfigured().await;
    let stranger = world.stranger();
    let page = stranger.get("/login/admin").await;
    page.hides("Continue with");
    let rule = RoleRule {
        value: "admins".to_owned(),
        role: ConsoleRole::Administrator,
    };
    let with_roles = IdpConnection {
        version: world.connection.version.next(),
        console_roles: vec![rule],
        ..world.connection.clone()
    };
    world.put(with_roles.clone()).await;
    let page = stranger.get("/login/admin").await;
    page.shows("href=\"/sso/saml/okta/login?to=console\"")
        .shows("Continue with Sign in with okta");
    let deep = stranger.get("/login/admin?next=/admin/users").await;
    deep.shows("href=\"/sso/saml/okta/login?to=console&#38;next=%2Fadmin%2Fusers\"");
    let wrong = [("email", EMAIL), ("password", "wrong password")];
    let page = stranger.post("/login/admin", &wrong).await;
    page.is(401).shows("Continue with Sign in with okta");
    let off = IdpConnection {
        version: with_roles.version.next(),
        state: ConnectionState::Inactive,
        ..with_roles
    };
    world.put(off).await;
    let page = stranger.get("/login/admin").await;
    page.hides("Continue with");
}
