use jit_domain::{
    api_document::ApiDocument,
    catalogue::{ApiCollection, Audience, Publication},
};

use crate::{
    desk::{administrator, group},
    world::{World, document},
};

async fn stored(world: &World) -> Vec<ApiCollection> {
    world
        .app
        .portal
        .list_collections(&world.admin)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_document_alone_makes_a_draft_that_can_be_published() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/collections")
        .await
        .is(200)
        .shows("There are no API collections yet");
    desk.get("/admin/collections/new")
        .await
        .is(200)
        .shows("JSON or YAML, OpenAPI 3");
    let form = [
        ("version", "0"),
        ("document", &document("Orders")),
        ("name", ""),
        ("audience", "everyone"),
    ];
    let location = desk
        .post("/admin/collections/new", &form)
        .await
        .location()
        .to_owned();
    desk.get(&location)
        .await
        .shows("<strong>Created.</strong>")
        .shows("<h1>Orders</h1>")
        .shows("Draft")
        .shows("value=\"https://upstream.example\"")
        .shows("value=\"v2\"")
        .shows("<code>/things</code>");
    let page = location.split('?').next().unwrap();
    let published = desk.post(&format!("{page}/publish"), &[]).await;
    desk.get(published.location())
        .await
        .shows("<strong>Published.</strong>")
        .shows("Unpublish");
    assert_eq!(stored(&world).await[0].publication, Publication::Published);
    desk.get("/admin/collections?q=ORD")
        .await
        .shows("<h1>API collections</h1>")
        .shows("Orders");
    desk.get("/admin/collections?q=nothing")
        .await
        .shows("No collections match");
}

/// A form sends one byte as three.
#[tokio::test]
async fn the_longest_document_comes_through_the_form() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let document = document("Orders");
    let spaces = ApiDocument::MAX_BYTES - document.len();
    let longest = format!("{document}{}", " ".repeat(spaces));
    let form = [("document", longest.as_str()), ("audience", "everyone")];
    let made = desk.post("/admin/collections/new", &form).await;
    assert!(made.location().ends_with("?done=created"));
    let longer = format!("{longest} ");
    let form = [("document", longer.as_str()), ("audience", "everyone")];
    desk.post("/admin/collections/new", &form)
        .await
        .is(422)
        .shows("at most 2 MiB");
}

#[tokio::test]
async fn a_document_that_is_none_is_named_and_what_was_typed_stays() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for (text, words) in [
        ("", "Document: expected a JSON document"),
        ("openapi: 3.1.0", "Document: expected a title at info.title"),
        ("{openapi", "Document: expected a JSON document"),
        ("- [", "Document: expected a JSON or YAML document"),
        (
            "{\"swagger\":\"2.0\"}",
            "Swagger 2.0; convert it to OpenAPI 3 first",
        ),
    ] {
        let form = [
            ("document", text),
            ("name", "Kept name"),
            ("audience", "everyone"),
        ];
        desk.post("/admin/collections/new", &form)
            .await
            .is(422)
            .shows(words)
            .shows("id=\"document-error\"")
            .shows("value=\"Kept name\"");
    }
    assert!(stored(&world).await.is_empty());
}

#[tokio::test]
async fn every_mistake_of_the_details_is_named_at_once() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    let form = [
        ("version", "2"),
        ("name", ""),
        ("api_version", "V 2"),
        ("upstream", "ftp://files"),
        ("audience", "groups"),
        ("owner", "Kept owner"),
    ];
    desk.post(&format!("/admin/collections/{}", orders.id), &form)
        .await
        .is(422)
        .shows("<a href=\"#name\">Name: expected 1 to 100 characters")
        .shows("<a href=\"#api_version\">Version: expected")
        .shows("<a href=\"#upstream\">Upstream: expected an address such as")
        .shows("<a href=\"#audience\">Audience: expected everyone, or at least one group")
        .shows("value=\"Kept owner\"")
        .shows("value=\"ftp://files\"");
    assert_eq!(stored(&world).await[0].version, orders.version);
}

#[tokio::test]
async fn details_and_audience_are_changed() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    let engineering = group(&world, "Engineering").await;
    let group = engineering.to_string();
    let form = [
        ("version", "2"),
        ("name", "Orders and more"),
        ("api_version", "v3"),
        ("summary", "All of it."),
        ("tags", "Commerce, Core ,"),
        ("upstream", "https://orders.internal/"),
        ("audience", "groups"),
        ("groups", &group),
    ];
    let location = desk
        .post(&format!("/admin/collections/{}", orders.id), &form)
        .await;
    desk.get(location.location())
        .await
        .shows("Saved.")
        .shows(&format!("value=\"{group}\" checked"));
    let found = &stored(&world).await[0];
    assert_eq!(found.audience, Audience::Groups([engineering].into()));
    assert_eq!(
        (found.tags.len(), found.upstream.as_str()),
        (2, "https://orders.internal")
    );
    assert_eq!(found.slug.as_str(), "orders");
    desk.get("/admin/collections")
        .await
        .shows("<td>Engineering</td>");
    desk.get("/admin/groups")
        .await
        .shows("<td class=\"n\">1</td>");
}

#[tokio::test]
async fn an_older_form_does_not_replace_what_somebody_else_saved() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let orders = world.orders().await;
    let page = format!("/admin/collections/{}", orders.id);
    let form = [
        ("version", "1"),
        ("name", "Mine"),
        ("api_version", "v2"),
        ("upstream", "https://a.example"),
    ];
    desk.post(&page, &form)
        .await
        .is(409)
        .shows("Somebody else saved this in the meantime.")
        .shows("value=\"Mine\"")
        .shows("name=\"version\" value=\"2\"")
        .shows(&format!("<a href=\"{page}\">see what is saved now</a>"));
    assert_eq!(stored(&world).await[0].name.as_str(), "Orders");
    let newer = document("Newer");
    desk.post(
        &format!("{page}/document"),
        &[("version", "1"), ("document", &newer)],
    )
    .await
    .is(409);
    desk.post(
        &format!("{page}/document"),
        &[("version", "2"), ("document", "{")],
    )
    .await
    .is(422)
    .shows("Document: expected a JSON document");
    let location = desk
        .post(
            &format!("{page}/document"),
            &[("version", "2"), ("document", &newer)],
        )
        .await;
    desk.get(location.location())
        .await
        .shows("Imported.")
        .shows("<h1>Orders</h1>");
}

/// R23: what goes away takes its waiting requests along.
#[tokio::test]
async fn unpublishing_and_deleting_cancel_what_waits() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    world.request(&dana, &orders).await;
    let page = format!("/admin/collections/{}", orders.id);
    desk.get(&page)
        .await
        .shows("1 waiting request is cancelled");
    let location = desk.post(&format!("{page}/unpublish"), &[]).await;
    desk.get(location.location())
        .await
        .shows("Unpublished.")
        .shows("Draft");
    assert_eq!(world.requests().await[0].status().code(), "cancelled");
    let location = desk.post(&format!("{page}/delete"), &[]).await;
    desk.get(location.location())
        .await
        .shows("Deleted.")
        .shows("There are no API collections yet");
    desk.get(&page).await.is_refusal(404);
}

#[tokio::test]
async fn a_short_name_that_is_taken_is_refused() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    world.orders().await;
    let form = [
        ("document", document("Orders")),
        ("audience", "everyone".to_owned()),
    ];
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    desk.post("/admin/collections/new", &form)
        .await
        .is(409)
        .shows("<a href=\"#slug\">The name orders is taken by another API collection.");
}
