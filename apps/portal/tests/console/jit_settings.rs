use jit_domain::{
    console::ConsoleRole,
    settings::{AuthMethod, JitSettings},
};

use crate::{
    desk::{administrator, colleague, group, policy},
    world::World,
};

const PAGE: &str = "/admin/settings/jit";

pub(crate) async fn stored(world: &World) -> Option<JitSettings> {
    let state = world.app.portal.find_jit_settings(&world.admin).await;
    state.unwrap().settings
}

/// R1, R3: not configured is a state of its own.
#[tokio::test]
async fn before_the_first_save_the_page_says_that_nobody_can_sign_in() {
    let world = World::unconfigured().await;
    let page = administrator(&world).await.get(PAGE).await;
    page.is(200)
        .shows("Not configured")
        .shows("No one can sign in yet.")
        .shows("name=\"version\" value=\"0\"")
        .hides("No identity provider is connected");
}

#[tokio::test]
async fn without_a_connection_the_page_leads_to_one() {
    let world = World::empty().await;
    let desk = colleague(&world, "ada", ConsoleRole::Administrator).await;
    desk.get(PAGE)
        .await
        .is(200)
        .shows("No identity provider is connected.")
        .shows("<a href=\"/admin/sso/new\">connect one</a>");
    desk.get("/admin/sso")
        .await
        .shows("No identity provider is connected");
}

#[tokio::test]
async fn a_save_is_stored_and_said() {
    let world = World::unconfigured().await;
    let desk = administrator(&world).await;
    let policy = policy(&world, "Standard").await;
    let (a, b) = (
        group(&world, "Engineering").await,
        group(&world, "Operations").await,
    );
    let form = [
        ("version", "0".to_owned()),
        ("method", "auth_token".to_owned()),
        ("policy", policy.to_string()),
        ("groups", a.to_string()),
        ("groups", b.to_string()),
    ];
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let location = desk.post(PAGE, &form).await.location().to_owned();
    assert_eq!(location, "/admin/settings/jit?done=saved");
    let settings = stored(&world).await.unwrap();
    assert_eq!(
        (settings.method, settings.policy),
        (AuthMethod::AuthToken, Some(policy))
    );
    assert_eq!(settings.groups, [a, b].into());
    desk.get(&location)
        .await
        .shows("<strong>Saved.</strong>")
        .shows("no clients yet")
        .shows("by Alex Kim")
        .shows(&format!("value=\"{policy}\" selected"));
}

/// R2: without a method nothing is saved, and nothing else is lost.
#[tokio::test]
async fn without_a_method_the_form_comes_back_with_one_named_error() {
    let world = World::unconfigured().await;
    let policy = policy(&world, "Standard").await.to_string();
    let desk = administrator(&world).await;
    for method in ["", "password"] {
        let form = [("version", "0"), ("method", method), ("policy", &policy)];
        let page = desk.post(PAGE, &form).await;
        page.is(422)
            .shows("<title>Error: JIT user settings")
            .shows("<a href=\"#method\">Select an authentication method</a>")
            .shows("Error: </span>Select an authentication method")
            .shows(&format!("value=\"{policy}\" selected"));
        assert_eq!(stored(&world).await, None);
    }
}

#[tokio::test]
async fn a_method_of_a_later_release_is_refused_in_its_words() {
    let world = World::unconfigured().await;
    let page = administrator(&world)
        .await
        .post(PAGE, &[("version", "0"), ("method", "oauth2")])
        .await;
    page.is(422)
        .shows("<a href=\"#method\">The authentication method oauth2 is not available yet.");
    assert_eq!(stored(&world).await, None);
}

/// R2: what was chosen must exist at the moment of saving.
#[tokio::test]
async fn a_policy_that_vanished_is_said_to_be_and_nothing_is_chosen_instead() {
    let world = World::unconfigured().await;
    let desk = administrator(&world).await;
    let gone = policy(&world, "Gone").await;
    let other = policy(&world, "Standard").await;
    world
        .app
        .portal
        .delete_policy(&world.admin, gone)
        .await
        .unwrap();
    let gone = gone.to_string();
    let form = [
        ("version", "0"),
        ("method", "auth_token"),
        ("policy", gone.as_str()),
    ];
    desk.post(PAGE, &form)
        .await
        .is(422)
        .shows("The chosen policy was deleted in the meantime.")
        .hides(&format!("value=\"{other}\" selected"))
        .shows("value=\"auth_token\" checked");
    assert_eq!(stored(&world).await, None);
    desk.post(
        PAGE,
        &[
            ("version", "0"),
            ("method", "auth_token"),
            ("policy", "nonsense"),
        ],
    )
    .await
    .is(422);
    desk.post(
        PAGE,
        &[
            ("version", "0"),
            ("method", "auth_token"),
            ("groups", "nonsense"),
        ],
    )
    .await
    .is(422)
    .shows("End-user groups: expected groups that exist, found nonsense.");
    assert_eq!(stored(&world).await, None);
}

#[tokio::test]
async fn refresh_keeps_what_the_form_holds_and_saves_nothing() {
    let world = World::unconfigured().await;
    let desk = administrator(&world).await;
    let (policy, group) = (
        policy(&world, "Standard").await,
        group(&world, "Engineering").await,
    );
    let (policy, group) = (policy.to_string(), group.to_string());
    let form = [
        ("version", "0"),
        ("method", "auth_token"),
        ("policy", policy.as_str()),
        ("groups", group.as_str()),
        ("refresh", "policies"),
    ];
    desk.post(PAGE, &form)
        .await
        .is(200)
        .shows("value=\"auth_token\" checked")
        .shows(&format!("value=\"{policy}\" selected"))
        .shows(&format!("value=\"{group}\" checked"));
    assert_eq!(stored(&world).await, None);
    desk.htmx_get(&format!("{PAGE}/policies?policy={policy}"))
        .await
        .is(200)
        .hides("<html")
        .shows("<div id=\"policy-wrap\">")
        .shows("1 policy in the list")
        .shows(&format!("value=\"{policy}\" selected"));
}

#[tokio::test]
async fn htmx_gets_the_form_alone() {
    let world = World::unconfigured().await;
    let desk = administrator(&world).await;
    desk.htmx_post(PAGE, &[("version", "0")])
        .await
        .is(422)
        .hides("<html")
        .shows("<div id=\"jit\"");
    desk.htmx_post(PAGE, &[("version", "0"), ("method", "auth_token")])
        .await
        .is(200)
        .hides("<html")
        .shows("<strong>Saved.</strong>")
        .shows("<hx-partial hx-target=\"#live\"")
        .shows("name=\"version\" value=\"1\"");
}

/// R7: applying is its own action, which first says how many clients it will touch.
#[tokio::test]
async fn existing_clients_change_only_when_the_settings_are_applied() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.sign_in("dana").await;
    let policy = policy(&world, "Standard").await.to_string();
    let form = [
        ("version", "2"),
        ("method", "auth_token"),
        ("policy", policy.as_str()),
    ];
    desk.post(PAGE, &form).await.location();
    desk.get(PAGE).await.shows("apply the settings to them");
    desk.get(&format!("{PAGE}/apply"))
        .await
        .is(200)
        .shows("1 of 1 existing client differs");
    desk.get("/admin/clients").await.shows("No policy");
    desk.post(&format!("{PAGE}/apply"), &[])
        .await
        .is(200)
        .shows("Clients that were changed: 1 of 1.");
    desk.get("/admin/clients").await.shows("Standard");
    desk.get(&format!("{PAGE}/apply"))
        .await
        .shows("There is nothing to apply.");
}
