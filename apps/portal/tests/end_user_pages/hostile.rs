//! Names that somebody chose badly on purpose.

use jit_domain::portal::CollectionDraft;

use crate::world::{World, document};

const NAME: &str = "<img src=x onerror=alert(1)>\"'&";

/// R18: a collection whose name, owner, tags and endpoints are markup is shown as text.
#[tokio::test]
async fn markup_in_names_is_text_everywhere() {
    let world = World::ready().await;
    let document = document("Orders")
        .replace("/things", "/'$(id)<b>")
        .replace("List things", "<script>alert(2)</script>")
        .replace(
            "All about it.",
            "<script>alert(3)</script> [x](javascript:alert(4))",
        );
    let evil = || Some(NAME.to_owned());
    let it = world
        .publish(CollectionDraft {
            document: Some(document),
            slug: Some("orders".to_owned()),
            name: evil(),
            summary: evil(),
            owner: evil(),
            tags: Some(vec!["<i>tag</i>".to_owned()]),
            ..CollectionDraft::default()
        })
        .await;
    let person = world.sign_in("<b>dana</b>").await;
    let browser = &person.browser;
    let hostile_words = [("reason", "</textarea><script>alert(5)</script>\u{7}")];
    let mut pages = vec![
        browser.get("/discover").await,
        browser
            .get("/discover?q=%3Cscript%3E&tag=%22%3E%3Cscript%3E")
            .await,
        browser.htmx_get("/discover/results?q=%3Cscript%3E").await,
        browser.get("/discover/orders").await,
        browser.get("/discover/orders/request").await,
        browser.htmx_get("/discover/orders/request").await,
        browser
            .post("/discover/orders/request", &hostile_words)
            .await,
        browser.get("/apis/orders").await,
        browser
            .post("/client/credentials", &[("name", "\"><script>")])
            .await,
        browser.get("/client").await,
        browser
            .post("/client/credentials", &[("name", &"<script>".repeat(20))])
            .await,
    ];
    world.grant(&person, &it).await;
    pages.push(
        browser
            .post("/discover/orders/request", &[("reason", "<script>")])
            .await,
    );
    for path in [
        "/discover",
        "/discover/orders",
        "/requests",
        "/apis",
        "/apis/orders",
        "/client",
    ] {
        pages.push(browser.get(path).await);
    }
    for page in &pages {
        page.hides("<img")
            .hides("<script>")
            .hides("<b>")
            .hides("<i>")
            .hides("</textarea><s");
        page.hides("href=\"javascript").hides("href=\"&");
    }
    let preview = &pages[3];
    preview.shows("&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;");
    // A shell takes the path of the example as it is.
    browser
        .get("/client")
        .await
        .shows(r"/&#39;\&#39;&#39;$(id)");
    let file = browser.get("/apis/orders/openapi.json").await;
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
}
