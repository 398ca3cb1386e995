use jit_domain::settings::AuthMethod;

use crate::{
    desk::{administrator, group, policy},
    jit_settings::stored,
    world::World,
};

const PAGE: &str = "/admin/settings/jit";

/// R6: two administrators, one of whom sees what the other has saved.
#[tokio::test]
async fn whoever_saves_second_sees_both_side_by_side() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (mine, theirs) = (policy(&world, "Mine").await, policy(&world, "Theirs").await);
    let group = group(&world, "Engineering").await.to_string();
    let (mine, theirs) = (mine.to_string(), theirs.to_string());
    desk.post(
        PAGE,
        &[
            ("version", "1"),
            ("method", "auth_token"),
            ("policy", &theirs),
        ],
    )
    .await
    .location();
    let late = [
        ("version", "1"),
        ("method", "auth_token"),
        ("policy", &mine),
        ("groups", &group),
    ];
    let page = desk.post(PAGE, &late).await;
    page.is(409)
        .shows("These settings have changed in the meantime")
        .shows("by Alex Kim. Yours are not saved.")
        .shows("<td>Theirs</td><td>Mine – no limit</td>")
        .shows("<td>None</td><td>Engineering</td>")
        .shows("name=\"version\" value=\"2\"")
        .shows(&format!("value=\"{mine}\" selected"));
    assert_eq!(
        stored(&world).await.unwrap().policy.unwrap().to_string(),
        theirs
    );
    let again = [
        ("version", "2"),
        ("method", "auth_token"),
        ("policy", &mine),
    ];
    desk.post(PAGE, &again).await.location();
    assert_eq!(
        stored(&world).await.unwrap().policy.unwrap().to_string(),
        mine
    );
}

#[tokio::test]
async fn a_form_of_another_version_replaces_nothing() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for version in ["0", "", "x", "99"] {
        let page = desk
            .post(PAGE, &[("version", version), ("method", "auth_token")])
            .await;
        page.is(409)
            .shows("These settings have changed in the meantime");
        assert_eq!(stored(&world).await.unwrap().version.0, 1);
    }
}

/// R5: locked is a sentence, not a control.
#[tokio::test]
async fn after_the_first_client_the_method_is_read_only() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.sign_in("dana").await;
    desk.get(PAGE)
        .await
        .is(200)
        .shows("<strong>Auth token</strong> <span class=\"pill\">Locked</span>")
        .shows("Locked since")
        .shows("1 client has been created with this method")
        .shows("Active – 1 client<")
        .hides("type=\"radio\" name=\"method\"");
}

/// R4, R5: a forged form gets the words of the domain.
#[tokio::test]
async fn a_forged_change_of_a_locked_method_is_refused_whatever_its_version() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.sign_in("dana").await;
    for version in ["1", "2", "77"] {
        let form = [("version", version), ("method", "oauth2")];
        desk.post(PAGE, &form)
            .await
            .is(409)
            .shows("The authentication method is locked to auth_token since")
            .shows("when the first API client was created; API clients that use it: 1.");
        let stored = stored(&world).await.unwrap();
        assert_eq!(
            (stored.method, stored.version.0),
            (AuthMethod::AuthToken, 2)
        );
    }
}

/// R5: everything else stays open.
#[tokio::test]
async fn the_form_of_a_locked_method_still_saves_policy_and_groups() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.sign_in("dana").await;
    let policy = policy(&world, "Standard").await.to_string();
    desk.get(PAGE)
        .await
        .shows("<input type=\"hidden\" name=\"method\" value=\"auth_token\">");
    let form = [
        ("version", "2"),
        ("method", "auth_token"),
        ("policy", &policy),
    ];
    desk.post(PAGE, &form).await.location();
    assert_eq!(
        stored(&world).await.unwrap().policy.unwrap().to_string(),
        policy
    );
}
