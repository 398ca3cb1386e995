//! Logins to the console through an identity provider.

use jit_domain::{
    assertion::Assertion,
    connections::RoleRule,
    console::{ApproverScope, ConsoleRole, ConsoleSignIn, Origin},
    error::{Error, Rejection},
    portal::{LoginTarget, SignedIn},
    ports::ConsoleRepository,
};

use crate::world::{World, rejection};

async fn world() -> World {
    let mut world = World::new().await;
    let rule = |value: &str, role| RoleRule {
        value: value.to_owned(),
        role,
    };
    world
        .change_connection(|it| {
            it.console_roles = vec![
                rule("api-admins", ConsoleRole::Administrator),
                rule("api-approvers", ConsoleRole::Approver(ApproverScope::All)),
            ];
        })
        .await;
    world
}

fn member(world: &World, person: &str, groups: &[&str]) -> Assertion {
    let mut who = world.assertion(person);
    let groups = groups.iter().map(|&it| it.to_owned()).collect();
    who.attributes.insert("groups".to_owned(), groups);
    who
}

/// The whole login, browser included; gives the session.
async fn sign_in(world: &World, mut who: Assertion) -> Result<String, Error> {
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let target = LoginTarget::Console;
    let begun = world
        .portal
        .begin_sign_in(workspace, slug, target, None)
        .await?;
    who.in_response_to = Some(begun.request.id.to_string());
    let origin = Origin::default();
    let (_, session) = world
        .portal
        .sign_in_to_console_by_sso(workspace, slug, &who, &origin)
        .await?;
    let browser = Some(begun.browser.reveal());
    let landing = world
        .portal
        .finish_sign_in(workspace, session.reveal(), browser, None, &origin)
        .await?;
    assert_eq!(landing, "/admin");
    Ok(session.reveal().to_owned())
}

async fn role(world: &World, session: &str) -> ConsoleRole {
    match world.signed_in(session).await {
        Some(SignedIn::Administrator { administrator, .. }) => administrator.role,
        other => panic!("expected an administrator, got {other:?}"),
    }
}

#[tokio::test]
async fn a_group_gives_a_role_in_the_console_and_nobody_becomes_an_end_user_by_it() {
    let world = world().await;
    let who = member(&world, "ada", &["staff", "api-admins"]);
    let session = sign_in(&world, who).await.unwrap();
    assert_eq!(role(&world, &session).await, ConsoleRole::Administrator);
    assert_eq!(crate::sign_in::people(&world).await, 0);
}

#[tokio::test]
async fn the_provider_gives_the_role_anew_at_each_login() {
    let world = world().await;
    let first = member(&world, "ada", &["api-admins"]);
    sign_in(&world, first).await.unwrap();
    let second = member(&world, "ada", &["api-approvers"]);
    let session = sign_in(&world, second).await.unwrap();
    let approver = ConsoleRole::Approver(ApproverScope::All);
    assert_eq!(role(&world, &session).await, approver);
    let all = world.store.list_administrators(world.workspace.id).await;
    assert_eq!(all.unwrap().len(), 2, "the local one and Ada");
}

#[tokio::test]
async fn a_group_without_a_rule_and_a_person_without_an_address_are_refused() {
    let world = world().await;
    let stranger = sign_in(&world, member(&world, "eve", &["staff"])).await;
    assert_eq!(rejection(stranger), Rejection::NoConsoleRole);
    let mut nameless = member(&world, "ada", &["api-admins"]);
    nameless.attributes.remove("email");
    let nameless = sign_in(&world, nameless).await;
    assert_eq!(rejection(nameless), Rejection::EmailMissing);
    let all = world.store.list_administrators(world.workspace.id).await;
    assert_eq!(all.unwrap().len(), 1, "nobody was made");
}

/// A local administrator remains, whatever the provider says of somebody with the same address.
#[tokio::test]
async fn an_administrator_with_a_password_is_never_touched_by_a_login_through_a_provider() {
    let world = world().await;
    let mut who = member(&world, "alex", &["api-approvers"]);
    let address = vec!["alex@acme.example".to_owned()];
    who.attributes.insert("email".to_owned(), address);
    sign_in(&world, who).await.unwrap();
    let origin = Origin::default();
    let password = crate::world::PASSWORD.to_owned();
    let (alex, _) = world
        .portal
        .sign_in_to_console(world.workspace.id, "alex@acme.example", password, &origin)
        .await
        .unwrap();
    assert_eq!(alex.role, ConsoleRole::Administrator);
    assert!(matches!(alex.sign_in, ConsoleSignIn::Password { .. }));
}

/// R30: whoever is held as an end user is out of the console, too, at once.
#[tokio::test]
async fn a_hold_on_the_person_ends_their_session_in_the_console() {
    let world = world().await;
    world
        .save(jit_domain::settings::AuthMethod::AuthToken)
        .await
        .unwrap();
    let login = world.sign_in("ada").await.unwrap();
    let who = member(&world, "ada", &["api-admins"]);
    let session = sign_in(&world, who).await.unwrap();
    world
        .portal
        .open_hold(
            &world.admin,
            login.now.end_user.id,
            Some("left the company"),
        )
        .await
        .unwrap();
    assert_eq!(world.signed_in(&session).await, None);
    let again = sign_in(&world, member(&world, "ada", &["api-admins"])).await;
    assert_eq!(rejection(again), Rejection::Suspended);
}

#[tokio::test]
async fn a_response_that_was_asked_for_by_an_end_user_opens_no_console() {
    let world = world().await;
    world
        .save(jit_domain::settings::AuthMethod::AuthToken)
        .await
        .unwrap();
    let (workspace, slug) = (world.workspace.id, &world.connection.slug);
    let begun = world
        .portal
        .begin_sign_in(workspace, slug, LoginTarget::Portal, None)
        .await
        .unwrap();
    let mut who = member(&world, "ada", &["api-admins"]);
    who.in_response_to = Some(begun.request.id.to_string());
    let signed_in = world
        .portal
        .sign_in_to_console_by_sso(workspace, slug, &who, &Origin::default())
        .await;
    assert_eq!(rejection(signed_in), Rejection::LoginUnknown);
}
