//! `/sso/…`, as far as the pages around it go.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Extension,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt;

use crate::{browser::Browser, world::World};

/// Anybody may begin a login, and each is stored for a while.
#[tokio::test]
async fn whoever_begins_very_many_logins_waits() {
    let world = World::ready().await;
    let ip = IpAddr::from([192, 0, 2, 7]);
    let from_there = Extension(ConnectInfo(SocketAddr::new(ip, 4000)));
    let browser = Browser::new(world.site().layer(from_there), None);
    browser.get("/sso/saml/okta/login").await.is(303);
    while world.app.guesses.login(Some(ip)).is_ok() {}
    let late = browser.get("/sso/saml/okta/login").await;
    late.is_refusal(429).shows("You can try again in");
    assert_eq!(late.header("retry-after"), "1");
    assert!(late.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn the_address_for_providers_tells_people_where_to_go() {
    let world = World::ready().await;
    let opened = world.stranger().get("/sso/saml/okta/acs").await;
    assert_eq!(opened.header("allow"), "POST");
    opened
        .is_refusal(405)
        .shows("Identity providers send their answers to this address.");
}

/// Another site can lead a browser here, and so can going back.
#[tokio::test]
async fn the_end_of_a_login_asked_for_again_signs_nobody_out() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let again = person.browser.get("/sso/finish").await;
    assert_eq!(again.location(), "/");
    let forgotten = ["__Host-portal_response=", "__Host-portal_login="];
    assert_eq!(set_cookies(&again.headers), forgotten);
    let stranger = world.stranger().get("/sso/finish").await;
    stranger.is_refusal(403).shows("did not start the sign-in");
}

/// R11: a response that somebody else began does not even take the place of the session that is there.
#[tokio::test]
async fn a_response_slipped_to_a_browser_changes_nothing_in_it() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let (_, evil, browser_of_evil) = world.respond("evil").await;
    let (evil, browser) = (evil.reveal(), browser_of_evil.reveal());

    let slipped = format!(
        "__Host-portal_session={}; __Host-portal_response={evil}",
        person.session
    );
    let (status, cookies) = finish(&world, &slipped).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(cookies, ["__Host-portal_response=", "__Host-portal_login="]);
    person
        .browser
        .get("/client")
        .await
        .is(200)
        .shows("dana of Acme")
        .hides("evil");

    let own = format!("__Host-portal_response={evil}; __Host-portal_login={browser}");
    let (status, cookies) = finish(&world, &own).await;
    let session = format!("__Host-portal_session={evil}");
    let all = [&session, "__Host-portal_response=", "__Host-portal_login="];
    assert_eq!(
        (status, cookies),
        (StatusCode::SEE_OTHER, all.map(str::to_owned).into())
    );
}

async fn finish(world: &World, cookies: &str) -> (StatusCode, Vec<String>) {
    let request = Request::get("/sso/finish").header(header::COOKIE, cookies);
    let request = request.body(Body::empty()).unwrap();
    let answer = world.site().oneshot(request).await.unwrap();
    (answer.status(), set_cookies(answer.headers()))
}

/// Each as `name=value`.
fn set_cookies(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(header::SET_COOKIE).iter();
    all.map(|it| it.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect()
}
