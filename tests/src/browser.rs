//! A real browser, headless, driven over WebDriver.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::process::{Child, Command};

use crate::process::{Lines, kill_all_with};

mod accessibility;
mod evidence;

pub use accessibility::axe;

const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps Chromium from looking at anything but the page under test.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
];

/// A browser of its own for one test: fresh profile, no cookies.
///
/// Call [`Browser::close`] when the test has succeeded.
/// A browser that is dropped without it belongs to a failed test,
/// and leaves a picture and the source of its page in `target/browser/`.
#[derive(Debug)]
pub struct Browser {
    /// What tests talk to.
    pub driver: WebDriver,
    chromedriver: Child,
    server: String,
    profile: TempDir,
    closed: bool,
}

/// How to start a browser.
#[derive(Debug, Clone)]
pub struct Options {
    width: u32,
    height: u32,
    media: Vec<(String, String)>,
    scripts: bool,
}

impl Browser {
    /// A desktop window of 1280 by 800, light, with JavaScript.
    pub async fn start() -> Result<Self> {
        Self::options().start().await
    }

    /// A browser that differs from the usual.
    pub fn options() -> Options {
        Options {
            width: 1280,
            height: 800,
            media: Vec::new(),
            scripts: true,
        }
    }

    /// Sets the size of the page, exactly; narrower than any real window if need be.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// Pretends that the person prefers something: `("prefers-color-scheme", "dark")`.
    pub async fn prefer(&self, media: &[(String, String)]) -> Result<()> {
        let features: Vec<Value> = media
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await?;
        Ok(())
    }

    /// Writes a picture of the whole page, as a PNG file.
    pub async fn screenshot(&self, file: impl AsRef<Path>) -> Result<()> {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.cdp("Page.captureScreenshot", whole).await?;
        evidence::write_base64(file.as_ref(), &answer["data"])
    }

    /// What the page wrote to the console since the last call, refused resources included.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.driver.get_log("browser").await?;
        Ok(entries
            .into_iter()
            .map(|entry| format!("{}: {}", entry.level, entry.message))
            .collect())
    }

    /// Ends the browser of a test that has succeeded.
    pub async fn close(mut self) -> Result<()> {
        self.closed = true;
        self.driver.clone().quit().await?;
        Ok(())
    }

    async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.with_context(|| format!("{method} failed"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.closed {
            let session = format!("{}/session/{}", self.server, self.driver.session_id());
            evidence::keep(session);
        }
        let _ = self.driver.clone().leak();
        let _ = self.chromedriver.start_kill();
        // Chromium runs in a process group of its own and would survive its driver.
        kill_all_with(&self.profile.path().to_string_lossy());
    }
}

impl Options {
    /// The size of the page.
    #[must_use]
    pub fn size(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    /// A person who prefers dark pages.
    #[must_use]
    pub fn dark(self) -> Self {
        self.preferring("prefers-color-scheme", "dark")
    }

    /// A person with a preference that style sheets can ask for.
    #[must_use]
    pub fn preferring(mut self, name: &str, value: &str) -> Self {
        self.media.push((name.to_owned(), value.to_owned()));
        self
    }

    /// JavaScript switched off.
    #[must_use]
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }

    /// Starts it.
    pub async fn start(self) -> Result<Browser> {
        let profile = tempfile::Builder::new()
            .prefix("browser-of-a-test-")
            .tempdir()?;
        let (chromedriver, server) = start_chromedriver(profile.path()).await?;
        let client = reqwest::Client::builder().no_proxy().build()?;
        let driver = WebDriver::builder(&server, self.capabilities(profile.path()))
            .client(client)
            .connect()
            .await
            .context("Chromium does not start")?;
        let browser = Browser {
            driver,
            chromedriver,
            server,
            profile,
            closed: false,
        };
        browser.resize(self.width, self.height).await?;
        browser.prefer(&self.media).await?;
        Ok(browser)
    }

    fn capabilities(&self, profile: &Path) -> Capabilities {
        let profile = format!("--user-data-dir={}", profile.display());
        let arguments: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        let javascript = if self.scripts { 1 } else { 2 };
        let all = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": javascript },
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        all.as_object().cloned().unwrap_or_default().into()
    }
}

/// Starts chromedriver on a free port of its own choice.
async fn start_chromedriver(home: &Path) -> Result<(Child, String)> {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("chromedriver does not start: run ./tests/run, which installs it")?;
    let stdout = Lines::of(child.stdout.take().context("stdout is piped")?);
    let port = |line: &str| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse::<u16>().ok()
    };
    let port = stdout
        .find(PATIENCE, port)
        .await
        .context("chromedriver names no port")?;
    Ok((child, format!("http://127.0.0.1:{port}")))
}
