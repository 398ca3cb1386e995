//! `/client` and its credentials.

use jit_domain::{
    clients::Credential,
    tokens::{Secret, SecretKind},
};

use crate::{
    browser::Answer,
    world::{Person, World},
};

async fn credentials(world: &World, person: &Person) -> Vec<Credential> {
    let client = world
        .app
        .portal
        .find_own_client(&person.caller)
        .await
        .unwrap();
    client.credentials().to_vec()
}

/// The secret that a page shows.
fn secret(page: &Answer) -> String {
    let start = page.html.find("jat_").unwrap();
    let letters = page.html[start..].chars();
    letters
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect()
}

/// R29: the secret is in the answer to its creation, which nobody keeps, and on no page after it.
#[tokio::test]
async fn a_secret_is_shown_once() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let browser = &person.browser;
    browser
        .get("/client")
        .await
        .is(200)
        .shows("There is no secret yet")
        .shows("Auth token");
    let page = browser
        .post("/client/credentials", &[("name", "nightly job")])
        .await;
    page.is(200)
        .shows("Store this secret now")
        .shows("nightly job")
        .shows("shown this once")
        .shows("Do not load this page again")
        .shows("data-address=\"/client\"")
        .shows("api-token: $API_TOKEN");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.headers.get("content-encoding").is_none());
    let secret = secret(&page);
    assert!(Secret::parse(SecretKind::AuthToken, &secret).is_some());
    let hint = &credentials(&world, &person).await[0].hint;
    for path in ["/client", "/discover", "/requests", "/apis", "/nothing"] {
        browser.get(path).await.hides(&secret);
    }
    browser
        .get("/client")
        .await
        .shows("nightly job")
        .shows(hint)
        .shows("Active");
    // The address of the form, asked for again.
    assert_eq!(
        browser.get("/client/credentials").await.location(),
        "/client"
    );
}

#[tokio::test]
async fn a_name_that_does_not_fit_is_named_and_kept() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let long = "n".repeat(101);
    for (name, words) in [
        ("", "Enter a name of 1 to 100 characters"),
        (
            long.as_str(),
            "Enter a name of 1 to 100 characters, not 101 characters",
        ),
    ] {
        let page = person
            .browser
            .post("/client/credentials", &[("name", name)])
            .await;
        page.is(422)
            .shows("<title>Error: API client")
            .shows(&format!("<a href=\"#name\">{words}</a>"))
            .shows(&format!("value=\"{name}\""))
            .hides("jat_");
    }
    person
        .browser
        .post_body("/client/credentials", "name=a&name=b")
        .await
        .is_refusal(422);
    person
        .browser
        .post("/client/credentials", &[("name", &"x".repeat(70_000))])
        .await
        .is_refusal(413);
    assert!(credentials(&world, &person).await.is_empty());
}

/// R29: a rotation shows a new secret, and until when the old one works.
#[tokio::test]
async fn a_rotation_shows_the_new_secret_and_the_end_of_the_old_one() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    let first = person
        .browser
        .post("/client/credentials", &[("name", "job")])
        .await;
    let old = credentials(&world, &person).await[0].id;
    let path = format!("/client/credentials/{old}/rotate");
    let page = person.browser.post(&path, &[("overlap_hours", "24")]).await;
    page.is(200)
        .shows("The old secret works until")
        .shows("3 Jan 2026");
    assert_ne!(secret(&first), secret(&page));
    page.hides(&secret(&first));
    let new = credentials(&world, &person).await[1].id;
    let path = format!("/client/credentials/{new}/rotate");
    let page = person.browser.post(&path, &[("overlap_hours", "0")]).await;
    page.is(200).hides("The old secret works until");
    person
        .browser
        .post(&path, &[("overlap_hours", "0")])
        .await
        .is_refusal(409)
        .shows("create a new one");
    assert_eq!(person.browser.get(&path).await.location(), "/client");
}

/// R29: the overlap is 0 to 30 days.
#[tokio::test]
async fn an_overlap_that_does_not_fit_is_refused_and_nothing_rotates() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .post("/client/credentials", &[("name", "job")])
        .await;
    let path = format!(
        "/client/credentials/{}/rotate",
        credentials(&world, &person).await[0].id
    );
    for hours in ["-1", "721", "9223372036854775807", "x", ""] {
        let page = person
            .browser
            .post(&path, &[("overlap_hours", hours)])
            .await;
        page.is_refusal(422).hides("jat_");
    }
    assert_eq!(credentials(&world, &person).await.len(), 1);
}

/// R29: *revoke now* has no overlap; a word of thanks only for what is so.
#[tokio::test]
async fn a_revocation_ends_the_credential_at_once() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .post("/client/credentials", &[("name", "job")])
        .await;
    let id = credentials(&world, &person).await[0].id;
    person
        .browser
        .get(&format!("/client?revoked={id}"))
        .await
        .hides("are refused.</p>");
    let done = person
        .browser
        .post(&format!("/client/credentials/{id}/revoke"), &[])
        .await;
    assert_eq!(done.location(), format!("/client?revoked={id}"));
    person
        .browser
        .get(done.location())
        .await
        .shows("Calls with job are refused.")
        .hides("/revoke\"");
    let again = person
        .browser
        .post(&format!("/client/credentials/{id}/revoke"), &[])
        .await;
    again
        .is_refusal(409)
        .shows("This credential has ended already.");
}

#[tokio::test]
async fn the_twenty_first_usable_credential_is_refused() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    for n in 0..20 {
        person
            .browser
            .post("/client/credentials", &[("name", &n.to_string())])
            .await
            .is(200);
    }
    person
        .browser
        .get("/client")
        .await
        .shows("20 credentials at most")
        .hides("id=\"create\"");
    person
        .browser
        .post("/client/credentials", &[("name", "more")])
        .await
        .is_refusal(409)
        .shows("revoke one first")
        .hides("jat_");
}

/// R29: another site makes, rotates and revokes nothing.
#[tokio::test]
async fn another_site_cannot_touch_credentials() {
    let world = World::ready().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .post("/client/credentials", &[("name", "job")])
        .await;
    let before = credentials(&world, &person).await;
    let id = before[0].id;
    for path in [
        "/client/credentials".to_owned(),
        format!("/client/credentials/{id}/rotate"),
        format!("/client/credentials/{id}/revoke"),
    ] {
        let fields = [("name", "x"), ("overlap_hours", "0")];
        person
            .browser
            .forged_post(&path, &fields)
            .await
            .is_refusal(403)
            .hides("jat_");
    }
    assert_eq!(credentials(&world, &person).await, before);
}

/// The example calls what the client may call.
#[tokio::test]
async fn the_example_call_goes_to_a_granted_collection() {
    let world = World::ready().await;
    let orders = world.orders().await;
    let person = world.sign_in("dana").await;
    person
        .browser
        .get("/client")
        .await
        .shows("https://portal.example/gateway/COLLECTION/VERSION/");
    world.grant(&person, &orders).await;
    person
        .browser
        .get("/client")
        .await
        .shows("https://portal.example/gateway/orders/v2/things");
}
