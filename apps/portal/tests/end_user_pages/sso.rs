//! `/sso/…`, as far as the pages around it go.

use std::net::{IpAddr, SocketAddr};

use axum::{Extension, extract::ConnectInfo};

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

/// Another site can lead a browser here, and so can going back.
#[tokio::test]
async fn the_end_of_a_login_asked_for_again_signs_nobody_out() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let again = person.browser.get("/sso/finish").await;
    assert_eq!(again.location(), "/");
    assert!(again.headers.get("set-cookie").is_none());
    let stranger = world.stranger().get("/sso/finish").await;
    stranger.is_refusal(403).shows("did not start the sign-in");
}
