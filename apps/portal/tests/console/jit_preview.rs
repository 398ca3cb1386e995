use std::{collections::BTreeMap, sync::Arc};

use jit_domain::{assertion::Assertion, ports::Clock};
use jit_testkit::ScriptedVerifier;

use crate::{desk::administrator, world::World};

const PAGE: &str = "/admin/settings/jit/preview";

async fn world() -> World {
    let mut world = World::ready().await;
    let verifier = ScriptedVerifier::default();
    let attribute = |name: &str, value: &str| (name.to_owned(), vec![value.to_owned()]);
    verifier.accept(
        "<example/>",
        Assertion {
            assertion_id: "_1".to_owned(),
            issuer: world.entity_id(),
            name_id: "dana".to_owned(),
            name_id_format: None,
            session_index: None,
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: world.clock.now(),
            attributes: BTreeMap::from([
                attribute("displayName", "Dana <Okafor>"),
                attribute("email", "dana@acme.example"),
            ]),
        },
    );
    world.app.verifier = Arc::new(verifier);
    world
}

/// R10: what signing in would do, without doing it.
#[tokio::test]
async fn an_example_is_foretold_and_nothing_is_made() {
    let world = world().await;
    let desk = administrator(&world).await;
    desk.post(PAGE, &[("assertion", " <example/> ")])
        .await
        .is(200)
        .shows("A new end user and API client would be created")
        .shows("<dt>NameID</dt><dd>dana</dd>")
        .shows("Dana &#60;Okafor&#62;")
        .shows("<dt>Authentication method</dt><dd>Auth token</dd>");
    desk.get("/admin/users")
        .await
        .shows("Nobody has signed in yet");
    world.sign_in("dana").await;
    desk.htmx_post(PAGE, &[("assertion", "<example/>")])
        .await
        .is(200)
        .hides("<html")
        .shows("<section class=\"card form mt\" id=\"preview\"")
        .shows("The person would sign in as before");
}

/// R10: a refusal comes with the reason that the person would read.
#[tokio::test]
async fn a_refusal_is_foretold_with_its_reason() {
    let world = world().await;
    let desk = administrator(&world).await;
    let id = world.connection.id;
    desk.post(&format!("/admin/sso/{id}/deactivate"), &[])
        .await
        .location();
    desk.post(PAGE, &[("assertion", "<example/>")])
        .await
        .is(200)
        .shows("The sign-in would be refused")
        .shows("Sign-in through this identity provider is switched off");
}

#[tokio::test]
async fn what_is_no_assertion_is_named_at_its_field() {
    let world = world().await;
    let desk = administrator(&world).await;
    for text in ["", "<a>nonsense</a>"] {
        desk.post(PAGE, &[("assertion", text)])
            .await
            .is(422)
            .shows("id=\"assertion-error\"")
            .shows("Example assertion: expected ");
    }
    desk.post(
        PAGE,
        &[("assertion", "<example/>"), ("connection", "nobody")],
    )
    .await
    .is(422)
    .shows("Connection: expected an SSO connection that exists, found nobody.");
}
