use crate::{desk::administrator, world::World};

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for path in ["/admin/groups/new", "/admin/settings/jit", "/admin/sso/new"] {
        desk.forged_post(path, &[("name", "Forged")])
            .await
            .is_refusal(403)
            .shows("The form was sent from another site, so nothing was changed.");
    }
    assert!(
        world
            .app
            .portal
            .list_groups(&world.admin)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn what_is_no_form_is_refused_in_plain_words() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for path in [
        "/admin/groups/new",
        "/admin/settings/jit",
        "/admin/collections/new",
    ] {
        desk.post_json(path, "{\"name\":\"x\"}")
            .await
            .is_refusal(415)
            .shows("The request could not be understood")
            .hides("Content-Type");
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_in_plain_words() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let small = format!("name={}", "x".repeat(64 * 1024));
    for path in ["/admin/groups/new", "/admin/settings/jit"] {
        desk.post_body(path, &small)
            .await
            .is_refusal(413)
            .shows("The form is too long");
    }
    for path in ["/admin/collections/new", "/admin/sso/new"] {
        desk.post_body(path, &small).await.is(422);
        let large = format!("name={}", "x".repeat(7 * 1024 * 1024));
        desk.post_body(path, &large)
            .await
            .is_refusal(413)
            .shows("The form is too long");
    }
}

#[tokio::test]
async fn ids_that_lead_nowhere_are_not_found() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for (folder, prefix) in [
        ("requests", "req"),
        ("users", "usr"),
        ("clients", "cli"),
        ("groups", "grp"),
        ("policies", "pol"),
        ("collections", "col"),
        ("sso", "idp"),
    ] {
        let unknown = format!("{prefix}_000000000000000000000000000000ff");
        for id in [unknown.as_str(), "nonsense", "..%2F..", "%00"] {
            desk.get(&format!("/admin/{folder}/{id}"))
                .await
                .is_refusal(404);
        }
    }
    desk.get("/admin/nothing").await.is_refusal(404);
}

#[tokio::test]
async fn an_address_that_makes_no_sense_is_refused_in_plain_words() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/users?q=a&q=b")
        .await
        .is_refusal(400)
        .hides("duplicate field");
    desk.get("/admin/users?q=%FF&after=%FF").await.is(200);
    desk.get("/admin/clients/%FF/x").await.is_refusal(404);
    desk.post("/admin/clients/%FF/credentials/%FF/revoke", &[])
        .await
        .is_refusal(404);
}
