//! The portal as its users run it: one process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::paths::programs;
use crate::process::{Lines, signal};

/// What the portal prints, on a line of its own, once it answers.
const READY: &str = "portal is ready at ";
/// What it prints before, if its public address is another one.
const LISTENS: &str = "portal listens on ";
const PATIENCE: Duration = Duration::from_secs(30);

/// A running portal. It is killed when dropped.
#[derive(Debug)]
pub struct Portal {
    child: Child,
    base_url: String,
    stdout: Lines,
    stderr: Lines,
    options: Options,
}

/// How to start a portal.
#[derive(Debug, Clone)]
pub struct Options {
    program: Option<PathBuf>,
    listen: SocketAddr,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    data: Data,
}

#[derive(Debug, Clone)]
enum Data {
    Fresh,
    Kept(Arc<TempDir>),
    Elsewhere(PathBuf),
}

impl Portal {
    /// Starts a portal on a free port with a fresh, empty data folder.
    pub async fn start() -> Result<Self> {
        Self::options().start().await
    }

    /// A portal that differs from the usual.
    pub fn options() -> Options {
        Options {
            program: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            arguments: Vec::new(),
            environment: Vec::new(),
            data: Data::Fresh,
        }
    }

    /// Where it listens: `http://127.0.0.1:PORT`
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address of a page; `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The folder that outlives the process.
    pub fn data(&self) -> &Path {
        self.options.data.path()
    }

    /// The arguments that its other commands need to find the same database.
    pub fn database_arguments(&self) -> Vec<String> {
        let data = self.data().display().to_string();
        let more = self.options.arguments.iter().cloned();
        ["--data".to_owned(), data]
            .into_iter()
            .chain(more)
            .collect()
    }

    /// The number of the process, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// What it has printed so far.
    pub fn stdout(&self) -> Vec<String> {
        self.stdout.so_far()
    }

    /// What it has logged so far.
    pub fn stderr(&self) -> Vec<String> {
        self.stderr.so_far()
    }

    /// Waits for a printed line that contains `part`.
    pub async fn printed(&self, part: &str) -> Result<String> {
        let line = |line: &str| line.contains(part).then(|| line.to_owned());
        let found = self.stdout.find(PATIENCE, line).await;
        found.with_context(|| format!("waiting for {part:?}; so far: {:#?}", self.stdout()))
    }

    /// Waits for a logged line that contains `part`.
    pub async fn logged(&self, part: &str) -> Result<String> {
        let line = |line: &str| line.contains(part).then(|| line.to_owned());
        let found = self.stderr.find(PATIENCE, line).await;
        found.with_context(|| format!("waiting for {part:?}; so far: {:#?}", self.stderr()))
    }

    /// `kill -9`: no farewell, nothing flushed. Nothing to do if it has ended.
    pub async fn kill(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_none() {
            self.child.kill().await?;
        }
        Ok(())
    }

    /// Asks it to stop, as an orchestrator does, and waits until it has.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        let process = self.child.id().context("the portal has already ended")?;
        signal("TERM", &[process]);
        let end = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let end = end.with_context(|| format!("the portal did not stop within {PATIENCE:?}"))?;
        // Its last words may still be on their way.
        self.stdout.to_end(PATIENCE).await;
        Ok(end?)
    }

    /// Starts it again on the same data and the same port; kills it first if it still runs.
    pub async fn restart(&mut self) -> Result<()> {
        self.kill().await?;
        let mut options = self.options.clone();
        options.listen = self.base_url.trim_start_matches("http://").parse()?;
        *self = options.start().await?;
        Ok(())
    }
}

impl Options {
    /// One more argument on the command line.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// One more variable in the environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// A data folder that the caller owns.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Data::Elsewhere(folder.into());
        self
    }

    /// Starts it, and waits until it answers.
    pub async fn start(mut self) -> Result<Portal> {
        if let Data::Fresh = self.data {
            self.data = Data::Kept(Arc::new(tempfile::tempdir()?));
        }
        let program = self.program.clone().map_or_else(built_portal, Ok)?;
        let mut child = Command::new(program)
            .args(["--listen", &self.listen.to_string()])
            .arg("--data")
            .arg(self.data.path())
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.data.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the portal does not start")?;
        let stdout = Lines::of(child.stdout.take().context("stdout is piped")?);
        let stderr = Lines::of(child.stderr.take().context("stderr is piped")?);

        let ready = |line: &str| line.strip_prefix(READY).map(|url| url.trim().to_owned());
        let base_url = match stdout.find(PATIENCE, ready).await {
            Ok(public) => {
                let printed = stdout.so_far();
                let listens = printed.iter().find_map(|line| line.strip_prefix(LISTENS));
                listens.map_or(public, str::to_owned)
            }
            Err(error) => {
                child.kill().await?;
                let (out, err) = (stdout.so_far(), stderr.to_end(Duration::from_secs(1)).await);
                return Err(anyhow!("stdout: {out:#?}\nstderr: {err:#?}"))
                    .context(error.context(format!("the portal did not print {READY:?}")));
            }
        };
        Ok(Portal {
            child,
            base_url,
            stdout,
            stderr,
            options: self,
        })
    }
}

impl Data {
    fn path(&self) -> &Path {
        match self {
            Self::Fresh => Path::new("."),
            Self::Kept(folder) => folder.path(),
            Self::Elsewhere(folder) => folder,
        }
    }
}

/// The built portal. Cargo does not build it for the tests of another package.
fn built_portal() -> Result<PathBuf> {
    let program = programs()?.join("portal");
    ensure!(
        program.is_file(),
        "{} is missing: run ./tests/run, or `cargo build -p portal` first",
        program.display()
    );
    if let Some(newer) = newer_source(&program) {
        // Shown only when the test fails, which is when it matters.
        println!("{newer} is newer than the portal under test: run `cargo build -p portal`");
    }
    Ok(program)
}

/// A source file that was written after the program, according to cargo's own list.
fn newer_source(program: &Path) -> Option<String> {
    let written = |path: &Path| path.metadata().ok()?.modified().ok();
    let built = written(program)?;
    let list = std::fs::read_to_string(program.with_extension("d")).ok()?;
    let (_, sources) = list.split_once(": ")?;
    let newer = |source: &&str| written(Path::new(source)).is_some_and(|at| at > built);
    sources.split_whitespace().find(newer).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A stand-in that behaves as the portal does at start and stop.
    const SCRIPT: &str = r#"#!/bin/sh
echo "listening to $2, data in $4, colour $COLOUR $5"
case "$2" in *:0) port=4711 ;; *) port=${2##*:} ;; esac
touch "$4/seen"
trap 'echo bye; exit 0' TERM
echo "portal is ready at http://127.0.0.1:$port"
while :; do sleep 0.01; done
"#;

    fn stand_in(script: &str) -> Result<(TempDir, Options)> {
        let folder = tempfile::tempdir()?;
        let (text, file) = (folder.path().join("text"), folder.path().join("portal"));
        fs::write(&text, script)?;
        // By another process: a program that this one has open for writing cannot be started, and whatever
        // another test starts at this moment has it open for a moment, too.
        let installed = std::process::Command::new("install")
            .args(["-m", "755"])
            .args([&text, &file])
            .status()?;
        ensure!(installed.success(), "the stand-in cannot be installed");
        Ok((
            folder,
            Options {
                program: Some(file),
                ..Portal::options()
            },
        ))
    }

    #[tokio::test]
    async fn a_portal_starts_and_stops() -> Result<()> {
        let (_folder, options) = stand_in(SCRIPT)?;
        let mut portal = options.arg("--extra").env("COLOUR", "blue").start().await?;
        assert_eq!(portal.url("/login"), "http://127.0.0.1:4711/login");
        assert!(
            portal
                .printed("colour blue --extra")
                .await?
                .contains("127.0.0.1:0")
        );
        assert!(portal.stop().await?.success());
        assert_eq!(portal.stdout().last().map(String::as_str), Some("bye"));
        Ok(())
    }

    #[tokio::test]
    async fn a_restart_keeps_data_and_port() -> Result<()> {
        let (_folder, options) = stand_in(SCRIPT)?;
        let mut portal = options.start().await?;
        let (data, url) = (portal.data().to_owned(), portal.base_url().to_owned());
        fs::write(data.join("kept"), "")?;
        portal.kill().await?;
        assert!(!portal.stdout().contains(&"bye".to_owned()));
        portal.restart().await?;
        assert_eq!(
            (portal.data(), portal.base_url()),
            (data.as_path(), url.as_str())
        );
        assert!(data.join("kept").exists());
        drop(portal);
        assert!(!data.exists());
        Ok(())
    }

    #[tokio::test]
    async fn a_portal_that_does_not_start_says_why() -> Result<()> {
        let (_folder, options) = stand_in("#!/bin/sh\necho broken settings >&2; exit 3\n")?;
        let Err(error) = options.start().await else {
            anyhow::bail!("it started")
        };
        assert!(
            format!("{error:#}").contains("broken settings"),
            "{error:#}"
        );
        Ok(())
    }
}
