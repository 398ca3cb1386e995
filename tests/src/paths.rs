//! Where things are.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The top of the repository.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// The folder of the programs built with the running test: `target/debug`, as a rule.
pub fn programs() -> Result<PathBuf> {
    let test = std::env::current_exe().context("where is the running test?")?;
    let programs = test
        .ancestors()
        .nth(2)
        .context("a test lives in target/<profile>/deps")?;
    Ok(programs.to_owned())
}

/// The folder where a failed browser test leaves what it last saw.
pub fn evidence() -> Result<PathBuf> {
    let programs = programs()?;
    let target = programs.parent().context("a profile has a target folder")?;
    let folder = target.join("browser");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
