//! Child processes: their output as it comes, and signals.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::watch;

/// The lines that a process has written so far.
#[derive(Debug, Clone)]
pub(crate) struct Lines(watch::Receiver<Vec<String>>);

impl Lines {
    /// Collects the lines of `stream` until it ends.
    pub(crate) fn of(stream: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (sender, receiver) = watch::channel(Vec::new());
        tokio::spawn(async move {
            let mut lines = BufReader::new(stream).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                sender.send_modify(|all| all.push(line));
            }
        });
        Self(receiver)
    }

    pub(crate) fn so_far(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    /// Waits until `pick` finds something in a line, or the stream ends, or time is up.
    pub(crate) async fn find<T>(
        &self,
        patience: Duration,
        pick: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let first = |all: &Vec<String>| all.iter().find_map(|line| pick(line));
        let mut receiver = self.0.clone();
        let seen = tokio::time::timeout(patience, receiver.wait_for(|all| first(all).is_some()))
            .await
            .map_err(|_| anyhow!("no such line within {patience:?}"))?
            .context("the output ended without such a line")?;
        first(&seen).context("lines do not vanish")
    }

    /// Waits until the stream has ended, and gives all of it.
    pub(crate) async fn to_end(&self, patience: Duration) -> Vec<String> {
        let mut receiver = self.0.clone();
        let end = async { while receiver.changed().await.is_ok() {} };
        // A grandchild may hold the stream open; then what has come must do.
        let _ = tokio::time::timeout(patience, end).await;
        self.so_far()
    }
}

/// Sends a signal (`TERM`, `KILL`) to processes; those that are gone do not matter.
pub(crate) fn signal(name: &str, processes: &[u32]) {
    if processes.is_empty() {
        return;
    }
    // The shell's own `kill`: a minimal system has no program of that name.
    let _ = Command::new("sh")
        .args(["-c", "kill -s \"$@\"", "sh", name])
        .args(processes.iter().map(u32::to_string))
        .stderr(Stdio::null())
        .status();
}

/// Kills all processes whose command line contains `mark`, and waits until they are gone.
pub(crate) fn kill_all_with(mark: &str) {
    for _ in 0..200 {
        let found = processes_with(mark);
        if found.is_empty() {
            return;
        }
        signal("KILL", &found);
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn processes_with(mark: &str) -> Vec<u32> {
    let Ok(all) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    all.filter_map(|entry| {
        let entry = entry.ok()?;
        let process = entry.file_name().to_str()?.parse().ok()?;
        let command = std::fs::read(entry.path().join("cmdline")).ok()?;
        String::from_utf8_lossy(&command)
            .contains(mark)
            .then_some(process)
    })
    .collect()
}
