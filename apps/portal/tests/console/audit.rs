use crate::{
    desk::{administrator, group},
    world::World,
};

/// R35: who did what, to what, when.
#[tokio::test]
async fn events_are_told_with_names() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    world.grant(&dana, &orders).await;
    desk.get("/admin/audit")
        .await
        .is(200)
        .shows("2 January 2026")
        .shows("<strong>Alex Kim</strong> approved the request for")
        .shows("Orders (dana of Acme)</a>")
        .shows("<strong>dana of Acme</strong>")
        .shows("signed in for the first time</a>")
        .shows("<code>api_collection.published</code>")
        .hides("Download CSV");
}

#[tokio::test]
async fn a_filter_in_the_address_narrows_the_log() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let id = group(&world, "Engineering").await;
    world.orders().await;
    for address in [
        "/admin/audit?action=end_user_group.created".to_owned(),
        "/admin/audit?action=end_user_group".to_owned(),
        format!("/admin/audit?target={id}"),
    ] {
        desk.get(&address)
            .await
            .is(200)
            .shows("created the group")
            .hides("API collection</p>")
            .shows("1 event,");
    }
    desk.get("/admin/audit?action=nonsense")
        .await
        .shows("Nothing matches")
        .shows("value=\"nonsense\"");
}

#[tokio::test]
async fn a_long_log_comes_in_pages_that_keep_the_filter() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    for number in 0..51 {
        group(&world, &format!("Group {number}")).await;
    }
    let page = desk.get("/admin/audit?action=end_user_group.created").await;
    page.shows("50 events").shows("Group 50<").hides("Group 0<");
    let (_, rest) = page
        .html
        .split_once("href=\"/admin/audit?action=end%5Fuser%5Fgroup%2Ecreated&#38;after=")
        .unwrap();
    let after = rest.split('"').next().unwrap();
    desk.get(&format!(
        "/admin/audit?action=end_user_group.created&after={after}"
    ))
    .await
    .shows("1 event,")
    .shows("Group 0<")
    .shows("First page");
}
