use jit_domain::console::{ApproverScope, ConsoleRole};

use crate::{
    desk::{colleague, group, policy},
    world::{World, draft},
};

const READABLE: [&str; 10] = [
    "/admin/users",
    "/admin/clients",
    "/admin/collections",
    "/admin/groups",
    "/admin/policies",
    "/admin/sso",
    "/admin/sso/log",
    "/admin/settings/jit",
    "/admin/settings/jit/apply",
    "/admin/audit",
];

/// Auditors read everything and change nothing.
#[tokio::test]
async fn an_auditor_reads_every_page_and_is_offered_nothing_to_change() {
    let world = World::ready().await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    let request = world.request(&dana, &orders).await;
    let (policy, group) = (
        policy(&world, "Standard").await,
        group(&world, "Engineering").await,
    );
    let desk = colleague(&world, "ada", ConsoleRole::Auditor).await;
    let mut pages: Vec<_> = READABLE.map(str::to_owned).into();
    pages.extend([
        "/admin".to_owned(),
        "/admin/requests".to_owned(),
        format!("/admin/requests/{}", request.id),
        format!("/admin/users/{}", dana.id),
        format!("/admin/clients/{}", request.client),
        format!("/admin/collections/{}", orders.id),
        format!("/admin/policies/{policy}"),
        format!("/admin/groups/{group}"),
        format!("/admin/sso/{}", world.connection.id),
    ]);
    for path in pages {
        let page = desk.get(&path).await;
        page.is(200);
        let posts = page
            .html
            .matches("<button class=\"btn primary\" type=\"submit\"")
            .count()
            + page.html.matches("btn danger").count();
        assert_eq!(posts, 0, "{path} offers a write");
    }
}

#[tokio::test]
async fn an_auditor_who_writes_anyway_is_refused() {
    let world = World::ready().await;
    let (orders, dana) = (world.orders().await, world.sign_in("dana").await);
    let request = world.request(&dana, &orders).await;
    let desk = colleague(&world, "ada", ConsoleRole::Auditor).await;
    let (user, collection) = (
        format!("/admin/users/{}", dana.id),
        format!("/admin/collections/{}", orders.id),
    );
    let connection = format!("/admin/sso/{}", world.connection.id);
    for path in [
        "/admin/settings/jit".to_owned(),
        "/admin/settings/jit/apply".to_owned(),
        "/admin/settings/jit/preview".to_owned(),
        format!("/admin/requests/{}/approve", request.id),
        format!("{user}/hold"),
        format!("{user}/release"),
        format!("{user}/groups"),
        "/admin/groups/new".to_owned(),
        "/admin/policies/new".to_owned(),
        "/admin/collections/new".to_owned(),
        collection.clone(),
        format!("{collection}/document"),
        format!("{collection}/publish"),
        format!("{collection}/unpublish"),
        format!("{collection}/delete"),
        "/admin/sso/new".to_owned(),
        format!("{connection}/about"),
        format!("{connection}/metadata"),
        format!("{connection}/refresh"),
        format!("{connection}/attributes"),
        format!("{connection}/people"),
        format!("{connection}/invitations"),
        format!("{connection}/invitations/delete"),
        format!("{connection}/activate"),
        format!("{connection}/deactivate"),
    ] {
        desk.post(
            &path,
            &[
                ("name", "x"),
                ("source", "url"),
                ("metadata_url", "https://127.0.0.1:1/"),
            ],
        )
        .await
        .is_refusal(403)
        .shows("This needs the role ");
    }
    for path in ["groups", "policies", "collections", "sso"] {
        desk.get(&format!("/admin/{path}/new"))
            .await
            .is_refusal(403);
    }
    desk.get(&format!("{connection}/test"))
        .await
        .is_refusal(403);
}

/// R24: an approver of named collections sees and decides those only.
#[tokio::test]
async fn an_approver_of_named_collections_reaches_their_requests_only() {
    let world = World::ready().await;
    let (orders, sales) = (world.orders().await, world.publish(draft("Sales")).await);
    let dana = world.sign_in("dana").await;
    let (mine, other) = (
        world.request(&dana, &orders).await,
        world.request(&dana, &sales).await,
    );
    let role = ConsoleRole::Approver(ApproverScope::Collections([orders.id].into()));
    let desk = colleague(&world, "ada", role).await;
    for path in READABLE {
        desk.get(path)
            .await
            .is_refusal(403)
            .shows("This needs the role administrator or auditor.");
    }
    desk.get("/admin/requests")
        .await
        .is(200)
        .shows("All <span class=\"number\">1</span>")
        .hides("Sales")
        .hides("href=\"/admin/users\"");
    desk.get(&format!("/admin/requests/{}", other.id))
        .await
        .is_refusal(404);
    desk.post(&format!("/admin/requests/{}/approve", other.id), &[])
        .await
        .is_refusal(404);
    let page = format!("/admin/requests/{}", mine.id);
    desk.get(&page).await.is(200).shows("Approve request");
    let location = desk
        .post(&format!("{page}/approve"), &[])
        .await
        .location()
        .to_owned();
    desk.get(&location)
        .await
        .shows("<strong>Approved</strong> by ada")
        .shows("Revoke access");
}

#[tokio::test]
async fn an_end_user_has_no_console() {
    let world = World::ready().await;
    let dana = world.sign_in("dana").await;
    dana.browser
        .get("/admin")
        .await
        .is_refusal(403)
        .shows("The console is for administrators.");
}
