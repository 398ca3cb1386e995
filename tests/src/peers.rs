//! Identity providers that others wrote, as processes on loopback.
//!
//! Each is a [`Software`]: how it starts and where its pages are. A [`Provider`] is one that runs,
//! with a fresh key and people of its own, for the one browser of a test.
//! Its host is called `localhost` and the portal's `127.0.0.1`, so what it posts is cross-site, as in real life.

mod key;
mod login;
mod samlp;
mod settings;
mod simplesamlphp;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use jit_testkit::idp::Person;
use reqwest::Url;
use serde_json::json;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::process::Lines;

pub use login::{answer, fill_in, send_answer};
pub use samlp::SAMLP;
pub use settings::Settings;
pub use simplesamlphp::SIMPLESAMLPHP;

const PATIENCE: Duration = Duration::from_secs(30);
/// Where a provider finds its key, its people and its settings.
const FOLDER: &str = "PEER_FOLDER";
/// What everybody's password is.
const PASSWORD: &str = "correct horse battery staple";

/// What differs from one provider to the other.
#[derive(Debug)]
pub struct Software {
    /// How it is called.
    pub name: &'static str,
    /// The program, told to listen on a free port of 127.0.0.1.
    command: fn() -> Result<Command>,
    /// The paths of its pages.
    paths: Paths,
}

#[derive(Debug)]
struct Paths {
    metadata: &'static str,
    /// Where a login that begins at the provider begins, with the parameter that names the service provider.
    start: (&'static str, &'static str),
    /// Where a logout that begins at the provider begins.
    logout: &'static str,
}

/// A provider that runs. It is killed when dropped.
#[derive(Debug)]
pub struct Provider {
    software: &'static Software,
    base_url: Url,
    log: Lines,
    folder: TempDir,
    _child: Child,
}

impl Provider {
    /// Starts it with those people, [`Settings::default`] and a fresh key, and waits until it listens.
    ///
    /// A person signs in with their [`Person::name_id`].
    pub async fn start(software: &'static Software, people: &[Person]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        key::write(folder.path())?;
        write_people(folder.path(), people)?;
        Settings::default().write(folder.path())?;
        let mut child = (software.command)()?
            .env(FOLDER, folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| {
                format!(
                    "{} does not start: run tests/tools, which installs it",
                    software.name
                )
            })?;
        let log = Lines::of(child.stderr.take().context("stderr is piped")?);
        let Ok(port) = log.find(PATIENCE, port).await else {
            let log = log.to_end(Duration::from_secs(1)).await;
            return Err(anyhow!("{} names no port: {log:#?}", software.name));
        };
        Ok(Self {
            software,
            base_url: format!("http://localhost:{port}").parse()?,
            log,
            folder,
            _child: child,
        })
    }

    /// What it says of itself, for the administrators of service providers.
    pub async fn metadata_xml(&self) -> Result<String> {
        let url = self.url(self.software.paths.metadata)?;
        let answer = reqwest::get(url).await?.error_for_status()?;
        Ok(answer.text().await?)
    }

    /// Makes a service provider known, by the metadata of that one. It replaces one of the same name.
    pub fn trust(&self, name: &str, metadata_xml: &str) -> Result<()> {
        let file = self.folder.path().join(format!("sp-{name}.xml"));
        Ok(std::fs::write(file, metadata_xml)?)
    }

    /// Changes what it does from the next request on.
    pub fn set(&self, settings: Settings) -> Result<()> {
        settings.write(self.folder.path())
    }

    /// Where a login at that service provider begins if it begins at the provider.
    pub fn start_url(&self, entity_id: &str, relay_state: Option<&str>) -> Result<Url> {
        let (path, parameter) = self.software.paths.start;
        let mut url = self.url(path)?;
        url.query_pairs_mut().append_pair(parameter, entity_id);
        if let Some(state) = relay_state {
            url.query_pairs_mut().append_pair("RelayState", state);
        }
        Ok(url)
    }

    /// Where a person signs out of the provider, and so of every service provider.
    pub fn logout_url(&self) -> Result<Url> {
        self.url(self.software.paths.logout)
    }

    /// What it has logged so far.
    pub fn log(&self) -> Vec<String> {
        self.log.so_far()
    }

    fn url(&self, path: &str) -> Result<Url> {
        Ok(self.base_url.join(path)?)
    }
}

/// Both programs print the address that they listen on.
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let digits = rest.split(|char: char| !char.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn write_people(folder: &Path, people: &[Person]) -> Result<()> {
    let known = people.iter().map(|person| {
        json!({
            "user": person.name_id, "password": PASSWORD,
            "display_name": person.display_name, "email": person.email, "groups": person.groups,
        })
    });
    let known: Vec<_> = known.collect();
    Ok(std::fs::write(
        folder.join("people.json"),
        serde_json::to_vec(&known)?,
    )?)
}

/// A folder below `target/peers/`, where `tests/tools` puts what it does not install for the whole machine.
fn installed(folder: &str) -> Result<std::path::PathBuf> {
    let path = crate::paths::root().join("target/peers").join(folder);
    ensure!(
        path.exists(),
        "{} is missing: run tests/tools, which puts it there",
        path.display()
    );
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn the_port_is_read_from_what_the_programs_print() {
        let php = "[Mon] PHP 8.2.0 Development Server (http://127.0.0.1:35999) started";
        assert_eq!(port(php), Some(35999));
        assert_eq!(port("listening on http://127.0.0.1:4711"), Some(4711));
        assert_eq!(port("http://127.0.0.1:"), None);
    }
}
