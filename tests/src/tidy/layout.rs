//! Which files there are, and how long they are.

use std::collections::BTreeSet;

use crate::tree::Tree;

const LONGEST: usize = 400;
const MEDIAN: usize = 120;

const TOP: [&str; 14] = [
    ".ci",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "apps",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "rust-toolchain.toml",
    "tests",
];

/// A file of more than 400 lines has two subjects.
pub fn long_files(tree: &Tree) -> Vec<String> {
    let long = |(path, lines)| {
        (lines > LONGEST).then(|| format!("{path}: {lines} lines, {LONGEST} are allowed"))
    };
    lengths(tree).filter_map(long).collect()
}

/// Half of the files have 120 lines or fewer.
pub fn typical_length(tree: &Tree) -> Vec<String> {
    let mut all: Vec<usize> = lengths(tree).map(|(_, lines)| lines).collect();
    all.sort_unstable();
    match all.get(all.len() / 2) {
        Some(&median) if median > MEDIAN => {
            vec![format!(
                "the median Rust file has {median} lines, {MEDIAN} are allowed"
            )]
        }
        _ => Vec::new(),
    }
}

/// A module is `foo.rs` beside `foo/`.
pub fn mod_files(tree: &Tree) -> Vec<String> {
    let is_mod = |path: &&str| *path == "mod.rs" || path.ends_with("/mod.rs");
    let paths = tree.rust().map(|file| file.path.as_str()).filter(is_mod);
    paths
        .map(|path| format!("{path}: write `foo.rs` beside `foo/`"))
        .collect()
}

/// Each package explains itself.
pub fn missing_readmes(tree: &Tree) -> Vec<String> {
    let packages = tree
        .files()
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    let bare = packages.filter(|file| !tree.has(&format!("{}/README.md", file.folder())));
    bare.map(|file| format!("{}: a README.md is missing", file.folder()))
        .collect()
}

/// The top level is short.
pub fn stray_at_the_top(tree: &Tree) -> Vec<String> {
    let first = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let names: BTreeSet<String> = tree.files().iter().map(|file| first(&file.path)).collect();
    let stray = names
        .into_iter()
        .filter(|name| !TOP.contains(&name.as_str()));
    stray
        .map(|name| format!("{name}: does not belong at the top level"))
        .collect()
}

fn lengths(tree: &Tree) -> impl Iterator<Item = (&str, usize)> {
    tree.rust()
        .map(|file| (file.path.as_str(), file.text.lines().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found() {
        let (fits, long) = ("\n".repeat(400), "\n".repeat(401));
        let tree = Tree::from([("a.rs", &fits), ("b.rs", &long), ("c.md", &long)]);
        assert_eq!(long_files(&tree), ["b.rs: 401 lines, 400 are allowed"]);
    }

    #[test]
    fn long_files_on_the_whole_are_found() {
        let (short, long) = ("\n".repeat(120), "\n".repeat(121));
        let fits = Tree::from([("a.rs", &short), ("b.rs", &short), ("c.rs", &long)]);
        assert!(typical_length(&fits).is_empty());
        let long = Tree::from([("a.rs", &short), ("b.rs", &long), ("c.rs", &long)]);
        assert_eq!(typical_length(&long).len(), 1);
    }

    #[test]
    fn a_mod_file_is_found() {
        let tree = Tree::from([("a/mod.rs", ""), ("a/my_mod.rs", "")]);
        assert_eq!(mod_files(&tree).len(), 1);
    }

    #[test]
    fn a_package_without_a_readme_is_found() {
        let tree = Tree::from([
            ("Cargo.toml", ""),
            ("crates/a/Cargo.toml", ""),
            ("crates/a/README.md", ""),
            ("crates/b/Cargo.toml", ""),
        ]);
        assert_eq!(missing_readmes(&tree), ["crates/b: a README.md is missing"]);
    }

    #[test]
    fn a_stray_file_at_the_top_is_found() {
        let tree = Tree::from([("notes.txt", ""), ("docs/notes.md", ""), ("xtask/a.rs", "")]);
        assert_eq!(stray_at_the_top(&tree).len(), 2);
    }
}
