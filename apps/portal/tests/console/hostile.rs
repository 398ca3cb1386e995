use jit_domain::portal::{Approval, CollectionDraft, Expected};

use crate::{
    desk::{administrator, group, policy},
    world::{World, draft},
};

const HOSTILE: &str = "\"><script>alert(1)</script>&<img src=x>";

/// Names that come from outside are text wherever they are shown.
#[tokio::test]
async fn hostile_names_are_escaped_on_every_page() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let hostile = || Some(HOSTILE.to_owned());
    let collection = CollectionDraft {
        name: hostile(),
        owner: hostile(),
        summary: hostile(),
        ..draft("Orders")
    };
    let collection = world.publish(collection).await;
    let (policy, group) = (policy(&world, HOSTILE).await, group(&world, HOSTILE).await);
    let dana = world.sign_in(HOSTILE).await;
    let request = world
        .app
        .portal
        .request_access(&dana.caller, collection.id, HOSTILE)
        .await
        .unwrap();
    let approval = Approval {
        note: hostile(),
        expires_at: None,
    };
    world.approve(&request, approval).await;
    world
        .app
        .portal
        .open_hold(&world.admin, dana.id, Some(HOSTILE))
        .await
        .unwrap();
    world
        .app
        .portal
        .set_manual_groups(&world.admin, dana.id, Expected::Any, &[group])
        .await
        .unwrap();
    for path in [
        "/admin".to_owned(),
        "/admin/requests?state=all".to_owned(),
        format!("/admin/requests/{}", request.id),
        "/admin/users".to_owned(),
        format!("/admin/users/{}", dana.id),
        "/admin/clients".to_owned(),
        format!("/admin/clients/{}", request.client),
        "/admin/collections".to_owned(),
        format!("/admin/collections/{}", collection.id),
        "/admin/policies".to_owned(),
        format!("/admin/policies/{policy}"),
        "/admin/groups".to_owned(),
        format!("/admin/groups/{group}"),
        "/admin/settings/jit".to_owned(),
        "/admin/audit".to_owned(),
        "/admin/users?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "/admin/audit?action=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "/admin/collections?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
    ] {
        let page = desk.get(&path).await;
        page.is(200)
            .hides("<script>")
            .hides("<img src=x")
            .shows("&#60;script&#62;");
    }
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let long = format!("{HOSTILE}{}", "x".repeat(600));
    for path in ["groups", "policies", "collections", "sso"] {
        let form = [
            ("name", long.as_str()),
            ("description", &long),
            ("summary", &long),
            ("metadata", &long),
            ("document", &long),
        ];
        desk.post(&format!("/admin/{path}/new"), &form)
            .await
            .is(422)
            .hides("<script>")
            .shows("&#60;script&#62;");
    }
}
