//! `/login` and `/sign-out`.

use jit_domain::connections::{ConnectionState, IdpConnection};

use crate::world::World;

/// R3: whoever comes before the settings are saved learns what is missing and who can mend it.
#[tokio::test]
async fn before_the_settings_are_saved_the_page_says_what_is_missing_and_offers_nothing() {
    let world = World::unconfigured().await;
    let page = world.stranger().get("/login").await;
    page.is(200)
        .shows("The portal is not ready yet")
        .shows("An administrator must finish setup: JIT user settings have not been saved")
        .shows("href=\"/login/admin\"")
        .hides("Continue with")
        .hides("/sso/saml/");
    page.shows(page.header("x-request-id"));
}

#[tokio::test]
async fn without_a_connection_that_is_on_the_page_says_that() {
    let world = World::ready().await;
    world
        .put(IdpConnection {
            version: world.connection.version.next(),
            state: ConnectionState::Inactive,
            ..world.connection.clone()
        })
        .await;
    let page = world.stranger().get("/login").await;
    page.is(200)
        .shows("no identity provider is connected")
        .hides("Continue with");
}

/// R16: the deep link goes along to the provider.
#[tokio::test]
async fn each_connection_is_a_link_that_keeps_the_deep_link() {
    let world = World::ready().await;
    let page = world
        .stranger()
        .get("/login?next=/discover/orders%3Fx=1%26y")
        .await;
    page.is(200)
        .shows("Continue with Sign in with okta")
        .shows("href=\"/sso/saml/okta/login?next=%2Fdiscover%2Forders%3Fx%3D1%26y\"");
    let plain = world.stranger().get("/login").await;
    plain.shows("href=\"/sso/saml/okta/login\"");
}

/// R16: a deep link wins only if it is a path of this portal.
#[tokio::test]
async fn no_link_leads_to_another_site() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:x=y",
        "/login",
        "/sso/finish",
        "",
    ] {
        let path = format!("/login?next={next}");
        let page = world.stranger().get(&path).await;
        page.is(200)
            .shows("href=\"/sso/saml/okta/login\"")
            .hides("evil");
        assert_eq!(
            person.browser.get(&path).await.location(),
            "/discover",
            "{next}"
        );
    }
}

#[tokio::test]
async fn who_is_signed_in_is_sent_on() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    assert_eq!(person.browser.get("/login").await.location(), "/discover");
    let deep = person.browser.get("/login?next=/client").await;
    assert_eq!(deep.location(), "/client");
}

#[tokio::test]
async fn a_page_sends_a_stranger_to_sign_in_and_back() {
    let world = World::ready().await;
    for (path, next) in [
        ("/discover?q=a", "%2Fdiscover%3Fq%3Da"),
        (
            "/apis/orders/openapi.json",
            "%2Fapis%2Forders%2Fopenapi%2Ejson",
        ),
        ("/client", "%2Fclient"),
        ("/requests", "%2Frequests"),
    ] {
        let answer = world.stranger().get(path).await;
        assert_eq!(answer.location(), format!("/login?next={next}"));
    }
}

#[tokio::test]
async fn a_query_that_makes_no_sense_gets_a_page() {
    let world = World::ready().await;
    let page = world.stranger().get("/login?next=/a&next=/b").await;
    page.is_refusal(400).shows("could not be understood");
}

/// R17: signing out ends the session, not only its cookie.
#[tokio::test]
async fn after_signing_out_the_old_cookie_opens_nothing() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person.browser.get("/client").await.is(200);
    let out = person.browser.post("/sign-out", &[]).await;
    assert_eq!(out.location(), "/login");
    assert!(
        out.header("set-cookie")
            .starts_with("__Host-portal_session=; ")
    );
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let again = world.browser(&person.session).get("/client").await;
    assert_eq!(again.location(), "/login?next=%2Fclient");
}

#[tokio::test]
async fn another_site_cannot_sign_anybody_out() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .forged_post("/sign-out", &[])
        .await
        .is_refusal(403);
    person.browser.get("/client").await.is(200);
    world.stranger().get("/sign-out").await.is_refusal(405);
}
