//! What cargo knows about the workspace.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::paths::root;

/// The members of the workspace and what they ask for.
pub fn members() -> Result<Value> {
    metadata(&["--no-deps"])
}

/// Every package that is built on this kind of machine.
pub fn all_packages() -> Result<Value> {
    metadata(&["--all-features", "--filter-platform", &host()?])
}

/// The entries of an array field; none when the field is absent.
pub(crate) fn entries<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

/// A text field; empty when absent.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn metadata(arguments: &[&str]) -> Result<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments)
        .current_dir(root())
        .output()
        .context("cargo does not start")?;
    ensure!(
        output.status.success(),
        "cargo metadata failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn host() -> Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("rustc does not start")?;
    let about = String::from_utf8(output.stdout)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}
