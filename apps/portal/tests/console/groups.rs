use jit_domain::{
    settings::{AuthMethod, JitSettingsDraft},
    views::GroupRow,
};

use crate::{
    desk::{administrator, group},
    world::World,
};

async fn stored(world: &World) -> Vec<GroupRow> {
    world.app.portal.list_groups(&world.admin).await.unwrap()
}

#[tokio::test]
async fn a_group_is_made_changed_and_deleted() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/groups")
        .await
        .is(200)
        .shows("There are no groups yet");
    desk.get("/admin/groups/new")
        .await
        .is(200)
        .shows("<h1>New group</h1>");
    let form = [("name", "Engineering"), ("description", "Builders")];
    let location = desk
        .post("/admin/groups/new", &form)
        .await
        .location()
        .to_owned();
    desk.get(&location)
        .await
        .shows("Saved.")
        .shows("Engineering")
        .shows("Builders");
    let page = format!("/admin/groups/{}", stored(&world).await[0].group.id);
    desk.get(&page)
        .await
        .shows("<h1>Engineering</h1>")
        .shows("0 members");
    desk.post(&page, &[("version", "1"), ("name", "Builders")])
        .await
        .location();
    assert_eq!(stored(&world).await[0].group.name.as_str(), "Builders");
    let location = desk
        .post(&format!("{page}/delete"), &[])
        .await
        .location()
        .to_owned();
    desk.get(&location).await.shows("Deleted.");
    desk.get(&page).await.is_refusal(404);
}

#[tokio::test]
async fn mistakes_are_named_and_nothing_is_stored() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let long = "x".repeat(501);
    let form = [("name", " "), ("description", long.as_str())];
    desk.post("/admin/groups/new", &form)
        .await
        .is(422)
        .shows("<a href=\"#name\">Name: expected 1 to 100 characters, found 0 characters.")
        .shows("<a href=\"#description\">Description: expected at most 500 characters, found 501 characters.")
        .shows(&long);
    assert!(stored(&world).await.is_empty());
    group(&world, "Engineering").await;
    desk.post("/admin/groups/new", &[("name", "engineering")])
        .await
        .is(409)
        .shows("The name engineering is taken by another group.");
}

#[tokio::test]
async fn an_older_form_does_not_replace_what_somebody_else_saved() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let page = format!("/admin/groups/{}", group(&world, "Engineering").await);
    desk.post(&page, &[("version", "1"), ("name", "Theirs")])
        .await
        .location();
    desk.post(
        &page,
        &[("version", "1"), ("name", "Mine"), ("description", "Why")],
    )
    .await
    .is(409)
    .shows("Somebody else saved this in the meantime.")
    .shows("value=\"Mine\"")
    .shows("name=\"version\" value=\"2\"");
    assert_eq!(stored(&world).await[0].group.name.as_str(), "Theirs");
}

/// R8: the refusal names what refers to it.
#[tokio::test]
async fn a_group_in_use_is_not_deleted() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let id = group(&world, "Engineering").await;
    let method = Some(AuthMethod::AuthToken);
    world
        .save(JitSettingsDraft {
            method,
            groups: [id].into(),
            ..JitSettingsDraft::default()
        })
        .await;
    let page = format!("/admin/groups/{id}");
    desk.get(&page)
        .await
        .shows("It cannot be deleted while it is used by:")
        .shows("JIT user settings");
    desk.post(&format!("{page}/delete"), &[])
        .await
        .is(409)
        .shows("It is in use by JIT user settings.");
    assert_eq!(stored(&world).await.len(), 1);
}
