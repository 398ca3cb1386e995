use jit_domain::{people::EndUser, ports::EndUserRepository};

use crate::{
    desk::{administrator, group},
    world::{Person, World},
};

async fn stored(world: &World, person: &Person) -> EndUser {
    world
        .store
        .find_end_user(world.app.workspace, person.id)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn people_are_found_by_name_and_state() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/users")
        .await
        .is(200)
        .shows("Nobody has signed in yet");
    let dana = world.sign_in("dana").await;
    world.sign_in("tomas").await;
    world
        .app
        .portal
        .open_hold(&world.admin, dana.id, None)
        .await
        .unwrap();
    desk.get("/admin/users")
        .await
        .shows("dana of Acme")
        .shows("tomas of Acme")
        .shows("2 end users");
    desk.get("/admin/users?q=TOMAS")
        .await
        .shows("tomas of Acme")
        .hides("dana of Acme")
        .shows("value=\"TOMAS\"");
    desk.get("/admin/users?state=suspended")
        .await
        .shows("dana of Acme")
        .hides("tomas of Acme");
    desk.get("/admin/users?q=nobody&state=active")
        .await
        .shows("No end users match");
}

#[tokio::test]
async fn a_person_is_shown_with_all_that_belongs_to_them() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    let grant = world.grant(&dana, &orders).await;
    desk.get(&format!("/admin/users/{}", dana.id))
        .await
        .is(200)
        .shows("<h1>dana of Acme</h1>")
        .shows("<dt>NameID</dt><dd class=\"mono\">dana</dd>")
        .shows("<dd>Sign in with okta</dd>")
        .shows(&format!("/admin/clients/{}", grant.client))
        .shows("Orders")
        .shows("Live")
        .shows("dana of Acme signed in for the first time")
        .hides("sign-out\"><span");
}

/// R17, R30: a hold ends sessions at once; lifting it is the administrator's own.
#[tokio::test]
async fn a_hold_is_opened_with_a_reason_and_lifted() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let dana = world.sign_in("dana").await;
    let page = format!("/admin/users/{}", dana.id);
    dana.browser.get("/discover").await.is(200);
    let location = desk
        .post(
            &format!("{page}/hold"),
            &[("hold_reason", "Left the <company>")],
        )
        .await;
    desk.get(location.location())
        .await
        .shows("<strong>Suspended.</strong>")
        .shows("<strong>An administrator</strong>")
        .shows("Left the &#60;company&#62;")
        .hides(">Suspend<");
    dana.browser.get("/discover").await.is(303);
    let location = desk.post(&format!("{page}/release"), &[]).await;
    desk.get(location.location())
        .await
        .shows("<strong>Lifted.</strong>")
        .shows(">Suspend<");
    assert!(stored(&world, &dana).await.is_usable());
}

#[tokio::test]
async fn a_reason_that_is_too_long_opens_no_hold() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let dana = world.sign_in("dana").await;
    let long = "x".repeat(2001);
    desk.post(
        &format!("/admin/users/{}/hold", dana.id),
        &[("hold_reason", &long)],
    )
    .await
    .is(422)
    .shows("The reason: expected 1 to 2000 characters, found 2001 characters.")
    .shows(&long);
    assert!(stored(&world, &dana).await.is_usable());
}

#[tokio::test]
async fn groups_by_hand_leave_other_sources_alone() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let dana = world.sign_in("dana").await;
    let (a, b) = (
        group(&world, "Engineering").await,
        group(&world, "Operations").await,
    );
    let page = format!("/admin/users/{}", dana.id);
    let (first, second) = (a.to_string(), b.to_string());
    let form = [("groups", first.as_str()), ("groups", second.as_str())];
    let location = desk.post(&format!("{page}/groups"), &form).await;
    desk.get(location.location())
        .await
        .shows("<dt>Engineering</dt><dd class=\"muted\">by an administrator</dd>")
        .shows(&format!("value=\"{b}\" checked"));
    desk.post(&format!("{page}/groups"), &[("groups", &first)])
        .await
        .location();
    assert_eq!(stored(&world, &dana).await.groups(), [a].into());
    for unknown in ["grp_00000000000000000000000000000009", "nonsense"] {
        desk.post(&format!("{page}/groups"), &[("groups", unknown)])
            .await
            .is(422)
            .shows("Groups: expected groups that exist");
    }
    assert_eq!(stored(&world, &dana).await.groups(), [a].into());
}
