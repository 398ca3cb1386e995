//! The whole story in a real browser, against `portal demo`: by mouse and by keyboard, with and without JavaScript.

use anyhow::{Context, Result, ensure};
use reqwest::{Client, StatusCode};
use thirtyfour::{By, WebDriver, prelude::ElementQueryable};
use workspace_tests::{
    browser::{Browser, axe},
    paths::evidence,
    portal::Portal,
};

const ADMIN: &str = "admin@acme.example";

/// One page after the other in one browser, each looked at for accessibility faults and blocked content.
struct Walk {
    portal: Portal,
    browser: Browser,
    password: String,
    /// axe needs scripts; without them the same pages have been looked at already.
    looks: bool,
}

impl Walk {
    async fn start(browser: Browser, looks: bool) -> Result<Self> {
        let portal = Portal::options().arg("demo").start().await?;
        let line = portal.printed("with the password").await?;
        let password = line
            .rsplit(' ')
            .next()
            .context("the password is printed")?
            .to_owned();
        Ok(Self {
            portal,
            browser,
            password,
            looks,
        })
    }

    fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    async fn open(&self, path: &str) -> Result<()> {
        self.driver().goto(self.portal.url(path)).await?;
        self.look(path).await
    }

    /// The page that is shown now has no accessibility fault.
    async fn look(&self, place: &str) -> Result<()> {
        if !self.looks {
            return Ok(());
        }
        let faults = axe(self.driver()).await?;
        ensure!(faults.is_empty(), "{place}: {faults:#?}");
        Ok(())
    }

    /// Keeps a picture of what is shown, beside the evidence of failed tests.
    async fn picture(&self, name: &str) -> Result<()> {
        let kind = if self.looks { "" } else { "-narrow" };
        let file = evidence()?.join(format!("story-{name}{kind}.png"));
        self.browser.screenshot(file).await
    }

    async fn click(&self, css: &str) -> Result<()> {
        let element = self
            .driver()
            .query(By::Css(css))
            .and_clickable()
            .first()
            .await;
        element
            .with_context(|| format!("nothing to click at {css}"))?
            .click()
            .await?;
        Ok(())
    }

    async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.driver().query(By::Css(css)).first().await;
        let field = field.with_context(|| format!("no field at {css}"))?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Waits until the page shows that text in its main part.
    async fn sees(&self, part: &str) -> Result<()> {
        let xpath = format!("//main[contains(normalize-space(.), '{part}')]");
        let found = self.driver().query(By::XPath(&xpath)).first().await;
        found
            .map(|_| ())
            .with_context(|| format!("the page does not say {part:?}"))
    }

    async fn path(&self) -> Result<String> {
        Ok(self.driver().current_url().await?.path().to_owned())
    }

    async fn as_administrator(&self) -> Result<()> {
        self.driver().delete_all_cookies().await?;
        self.open("/login/admin").await?;
        self.fill("#email", ADMIN).await?;
        self.fill("#password", &self.password).await?;
        self.click("#sign-in button[type=submit]").await?;
        self.sees("Overview").await
    }

    /// Through the identity provider's own pages.
    async fn as_person(&self, email: &str) -> Result<()> {
        self.driver().delete_all_cookies().await?;
        self.open("/login").await?;
        self.click("main a.btn").await?;
        self.look("the provider's page").await?;
        self.choose_at_provider(email).await?;
        self.driver()
            .query(By::Css("nav[aria-label=Portal]"))
            .first()
            .await?;
        Ok(())
    }

    /// On the page of the provider.
    async fn choose_at_provider(&self, email: &str) -> Result<()> {
        self.click(&format!("button[name=person][value='{email}']"))
            .await?;
        // A small script goes on by itself; without JavaScript the button does.
        let button = self.driver().query(By::Id("continue")).nowait();
        if let Ok(button) = button.first().await {
            let _ = button.click().await;
        }
        Ok(())
    }

    /// No page asked for anything that its policy forbids.
    async fn end(self) -> Result<()> {
        let console = self.browser.console().await?;
        let reports: Vec<_> = console
            .iter()
            .filter(|line| line.contains("Content Security Policy"))
            .collect();
        ensure!(reports.is_empty(), "{reports:#?}");
        self.browser.close().await
    }
}

/// The main job, as a person does it.
async fn main_job(walk: &Walk) -> Result<()> {
    // Nobody signs in before the settings are saved.
    walk.open("/login").await?;
    walk.sees("not ready yet").await?;
    walk.as_administrator().await?;
    walk.look("/admin").await?;
    walk.picture("overview").await?;
    walk.open("/admin/settings/jit").await?;
    walk.sees("Not configured").await?;
    walk.click("form[action='/admin/settings/jit'] .card-foot button[type=submit]")
        .await?;
    walk.sees("There is a problem").await?;
    ensure!(
        walk.driver().title().await?.starts_with("Error:"),
        "the title tells of the error"
    );
    walk.look("/admin/settings/jit with an error").await?;
    walk.picture("jit-error").await?;
    walk.click("input[name=method][value=auth_token]").await?;
    walk.click("form[action='/admin/settings/jit'] .card-foot button[type=submit]")
        .await?;
    walk.sees("saved").await?;
    walk.look("/admin/settings/jit saved").await?;
    walk.picture("jit-saved").await?;

    // The first sign-in lands on Discover, with nothing allowed yet.
    walk.as_person("dana.okafor@acme.example").await?;
    ensure!(
        walk.path().await? == "/discover",
        "landed on {}",
        walk.path().await?
    );
    walk.sees("Welcome").await?;
    walk.look("/discover").await?;
    walk.picture("discover").await?;
    walk.click("#c-orders .btn.primary").await?;
    walk.fill("#reason", "We sync orders to the warehouse every night.")
        .await?;
    walk.look("the request").await?;
    walk.picture("request").await?;
    walk.click("form[action='/discover/orders/request'] button.primary")
        .await?;
    walk.driver()
        .query(By::Css(".note.ok"))
        .first()
        .await
        .context("the request is confirmed")?;
    walk.open("/requests").await?;
    walk.sees("Orders").await?;
    walk.open("/apis").await?;

    // A secret, shown once.
    walk.open("/client").await?;
    walk.fill("#name", "nightly job").await?;
    walk.click("#create button[type=submit]").await?;
    walk.driver()
        .query(By::Css("[data-secret], .secret code, .secret"))
        .first()
        .await?;
    let page = walk.driver().source().await?;
    let start = page.find("jat_").context("the secret is on the page")?;
    let secret: String = page[start..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    walk.look("the secret").await?;
    walk.picture("secret").await?;
    walk.open("/client").await?;
    ensure!(
        !walk.driver().source().await?.contains(&secret),
        "the secret is shown once"
    );

    let call = async || -> Result<StatusCode> {
        let url = walk.portal.url("/gateway/orders/v2/orders");
        Ok(Client::new()
            .get(url)
            .header("api-token", &secret)
            .send()
            .await?
            .status())
    };
    ensure!(call().await? == StatusCode::FORBIDDEN, "no grant yet");

    // Approved: the next call passes.
    walk.as_administrator().await?;
    walk.open("/admin/requests").await?;
    walk.click("main a.btn[href^='/admin/requests/req_']")
        .await?;
    walk.look("the request to decide").await?;
    walk.picture("decide").await?;
    walk.click("form[action$='/approve'] button[type=submit]")
        .await?;
    walk.sees("pproved").await?;
    let status = call().await?;
    ensure!(status == StatusCode::OK, "approved, and yet {status}");

    // Suspended: the next call is refused.
    walk.open("/admin/users").await?;
    walk.click("main table a[href^='/admin/users/usr_']")
        .await?;
    walk.look("the person").await?;
    walk.click("details.confirm summary.danger").await?;
    walk.fill("#hold_reason", "Left the project.").await?;
    walk.click("form[action$='/hold'] button[type=submit]")
        .await?;
    walk.sees("Suspended").await?;
    ensure!(call().await? == StatusCode::FORBIDDEN, "suspended");
    walk.open("/admin/audit").await?;
    walk.sees("end_user.hold_opened").await?;
    walk.picture("audit").await?;
    for page in [
        "/admin/clients",
        "/admin/groups",
        "/admin/collections",
        "/admin/policies",
        "/admin/sso",
    ] {
        walk.open(page).await?;
    }
    test_sign_in(walk).await
}

/// An administrator looks at what the provider sends, and finds the test in the log.
async fn test_sign_in(walk: &Walk) -> Result<()> {
    walk.click("main table a[href^='/admin/sso/idp_']").await?;
    walk.look("the connection").await?;
    walk.picture("connection").await?;
    let test = walk
        .driver()
        .query(By::Css("main a[href$='/test']"))
        .first()
        .await?;
    let test = test.attr("href").await?.context("the test is a link")?;
    // In this tab, for the driver stays in one.
    walk.driver().goto(walk.portal.url(&test)).await?;
    walk.choose_at_provider("priya.raman@acme.example").await?;
    walk.sees("The test sign-in works").await?;
    walk.sees("priya.raman@acme.example").await?;
    walk.look("the result of the test").await?;
    walk.picture("test-sign-in").await?;
    walk.open("/admin/sso/log").await?;
    walk.sees("Test passed").await?;
    walk.picture("sign-in-log").await?;
    walk.click("main table a[href^='/admin/sso/log/att_']")
        .await?;
    walk.look("the attempt").await?;
    walk.picture("attempt").await?;
    walk.open("/admin/users").await?;
    ensure!(
        !walk.driver().source().await?.contains("priya.raman"),
        "a test makes nobody"
    );
    Ok(())
}

/// R3, R13, R16, R19, R21, R26, R28, R29, R30: with JavaScript and a mouse.
#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_in_a_browser() -> Result<()> {
    let walk = Walk::start(Browser::start().await?, true).await?;
    main_job(&walk).await?;
    walk.end().await
}

/// The same without JavaScript, on a narrow screen.
#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_without_javascript() -> Result<()> {
    let browser = Browser::options()
        .without_scripts()
        .size(390, 844)
        .start()
        .await?;
    let walk = Walk::start(browser, false).await?;
    main_job(&walk).await?;
    walk.end().await
}
