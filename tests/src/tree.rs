//! The files of the repository, as the rules of `tidy` see them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::root;

/// All files, by path from the top of the repository.
#[derive(Debug, Default)]
pub struct Tree(Vec<File>);

/// One file.
#[derive(Debug)]
pub struct File {
    /// The path from the top, with slashes.
    pub path: String,
    /// What is in it; nothing for a picture.
    pub text: String,
}

impl Tree {
    /// What is in the repository: tracked files and new ones that are not ignored.
    pub fn of_repository() -> Result<Self> {
        let root = root();
        let paths = if root.join(".git").exists() {
            tracked(&root)?
        } else {
            found(&root)?
        };
        let mut files = Vec::new();
        for path in paths {
            // Git also lists files that have just been deleted.
            let Ok(bytes) = std::fs::read(root.join(&path)) else {
                continue;
            };
            files.push(File {
                path,
                text: String::from_utf8(bytes).unwrap_or_default(),
            });
        }
        Ok(Self(files))
    }

    /// A tree for the test of a rule.
    #[cfg(test)]
    pub(crate) fn from<const N: usize>(files: [(&str, &str); N]) -> Self {
        let file = |(path, text): (&str, &str)| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        Self(files.into_iter().map(file).collect())
    }

    /// All files.
    pub fn files(&self) -> &[File] {
        &self.0
    }

    /// The files written in Rust.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.with_extension("rs")
    }

    /// The files with this extension.
    pub fn with_extension(&self, extension: &str) -> impl Iterator<Item = &File> {
        self.0
            .iter()
            .filter(move |file| file.extension() == extension)
    }

    /// Whether there is a file or a folder of this name.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.0
            .iter()
            .any(|file| file.path == path || file.path.starts_with(&folder))
    }
}

impl File {
    /// What follows the last dot of the name.
    pub fn extension(&self) -> &str {
        Path::new(&self.path)
            .extension()
            .and_then(|all| all.to_str())
            .unwrap_or_default()
    }

    /// The folder it is in; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }

    /// Whether others wrote it and we only keep a copy.
    pub fn is_vendored(&self) -> bool {
        self.path.split('/').any(|part| part == "vendor") || self.path.ends_with(".min.js")
    }
}

fn tracked(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
            Ok(names.split_terminator('\0').map(str::to_owned).collect())
        }
        // No git on this machine, or a checkout that belongs to somebody else.
        _ => found(root),
    }
}

fn found(root: &Path) -> Result<Vec<String>> {
    const IGNORED: [&str; 3] = [".git", "target", "data"];
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            if IGNORED.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(name);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_git_knows() -> Result<()> {
        let walked = found(&root())?;
        for known in ["Cargo.toml", "tests/src/tree.rs"] {
            assert!(walked.iter().any(|path| path == known), "{known}");
        }
        assert!(!walked.iter().any(|path| path.starts_with("target/")));
        Ok(())
    }
}
