//! The helpers are themselves checked: a browser test that cannot fail proves nothing.

use std::fmt::Write as _;

use anyhow::Result;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Html;
use axum::{Router, routing::get};
use sha2::{Digest, Sha256};
use workspace_tests::browser::{Browser, axe};

const CLEAN: &str = r#"<!doctype html><html lang="en"><head><title>A clean page</title>
<style>body { background: white; color: black } @media (prefers-color-scheme: dark) { body { background: black; color: white } }</style>
</head><body><main><h1>Clean</h1><noscript><p id="still">No scripts</p></noscript></main></body></html>"#;
const FAULTY: &str = r#"<!doctype html><html lang="en"><head><title>A faulty page</title></head>
<body><main><h1>Faulty</h1><img src="data:,"></main></body></html>"#;
const POLICY: &str = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

async fn site() -> Result<String> {
    let strict = || async { ([(CONTENT_SECURITY_POLICY, POLICY)], Html(CLEAN)) };
    let pages = Router::new()
        .route("/clean", get(|| async { Html(CLEAN) }))
        .route("/faulty", get(|| async { Html(FAULTY) }))
        .route("/strict", get(strict));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, pages).await });
    Ok(format!("http://{address}"))
}

async fn background(browser: &Browser) -> Result<String> {
    let script = "return getComputedStyle(document.body).backgroundColor";
    let answer = browser.driver.execute(script, Vec::new()).await?;
    Ok(answer.convert()?)
}

#[tokio::test]
async fn axe_finds_what_is_wrong_and_nothing_else() -> Result<()> {
    let site = site().await?;
    let browser = Browser::start().await?;

    browser.driver.goto(format!("{site}/faulty")).await?;
    let found = axe(&browser.driver).await?;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("image-alt (critical)"), "{found:#?}");

    for page in ["clean", "strict"] {
        browser.driver.goto(format!("{site}/{page}")).await?;
        assert_eq!(axe(&browser.driver).await?, Vec::<String>::new(), "{page}");
    }
    browser.close().await
}

#[tokio::test]
async fn a_refused_resource_is_on_the_console() -> Result<()> {
    let site = site().await?;
    let browser = Browser::start().await?;
    browser.driver.goto(format!("{site}/strict")).await?;
    let console = browser.console().await?;
    assert!(
        console
            .iter()
            .any(|line| line.contains("Content Security Policy")),
        "{console:#?}"
    );
    browser.close().await
}

#[tokio::test]
async fn scripts_can_be_switched_off() -> Result<()> {
    let site = site().await?;
    let browser = Browser::options().without_scripts().start().await?;
    browser.driver.goto(format!("{site}/clean")).await?;
    browser.driver.find(thirtyfour::By::Id("still")).await?;
    browser.close().await
}

#[tokio::test]
async fn a_browser_can_be_small_and_dark() -> Result<()> {
    let site = site().await?;
    let browser = Browser::options().size(320, 640).dark().start().await?;
    browser.driver.goto(format!("{site}/clean")).await?;
    let width = browser
        .driver
        .execute("return innerWidth", Vec::new())
        .await?;
    assert_eq!(width.convert::<u32>()?, 320);
    assert_eq!(background(&browser).await?, "rgb(0, 0, 0)");

    let picture = tempfile::Builder::new().suffix(".png").tempfile()?;
    browser.screenshot(picture.path()).await?;
    assert!(std::fs::read(picture.path())?.starts_with(b"\x89PNG"));
    browser.close().await
}

#[tokio::test]
async fn a_browser_left_open_leaves_evidence() -> Result<()> {
    let evidence = workspace_tests::paths::evidence()?.join("a_browser_left_open_leaves_evidence");
    let (page, picture) = (
        evidence.with_extension("html"),
        evidence.with_extension("png"),
    );
    let _ = (std::fs::remove_file(&page), std::fs::remove_file(&picture));

    let site = site().await?;
    let browser = Browser::start().await?;
    browser.driver.goto(format!("{site}/faulty")).await?;
    drop(browser);

    assert!(std::fs::read_to_string(page)?.contains("Faulty"));
    assert!(std::fs::read(picture)?.starts_with(b"\x89PNG"));
    Ok(())
}

/// The copy of axe-core is the published one; `tests/vendor/README.md` says where it is from.
#[test]
fn axe_is_the_published_one() -> Result<()> {
    let vendor = workspace_tests::paths::root().join("tests/vendor");
    let mut sum = String::new();
    for byte in Sha256::digest(std::fs::read(vendor.join("axe.min.js"))?) {
        write!(sum, "{byte:02x}")?;
    }
    let readme = std::fs::read_to_string(vendor.join("README.md"))?;
    assert!(
        readme.contains(&sum),
        "tests/vendor/README.md does not state {sum}"
    );
    Ok(())
}
