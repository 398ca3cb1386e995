//! Puts the programs of others into `target/peers`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The folder with what belongs to them here.
pub(crate) fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/software")
}

/// A folder in `target/peers`, made by `install` unless it is there already.
///
/// A file in it says that it is complete, so that an attempt that failed is repeated.
pub(crate) fn installed(
    name: &str,
    install: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/peers");
    let (folder, mark) = (peers.join(name), peers.join(name).join("complete"));
    if !mark.exists() {
        fs::create_dir_all(&folder)?;
        install(&folder)?;
        fs::write(mark, "")?;
    }
    Ok(folder)
}

/// Runs a program; what it says is for whoever waits.
pub(crate) fn run(command: &mut Command) -> io::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.map_err(|error| io::Error::other(format!("{program}: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("{program}: {status}")))
    }
}
