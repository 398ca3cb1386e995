//! What the documentation points to is there.

use crate::tree::{File, Tree};

/// How a path begins that means a place in the repository.
const PLACES: [&str; 5] = ["crates/", "apps/", "docs/", "tests/", ".ci/"];

/// Links and backticked paths in Markdown that lead nowhere.
pub fn dead_links(tree: &Tree) -> Vec<String> {
    let mut dead = Vec::new();
    for file in tree.with_extension("md").filter(|file| !file.is_vendored()) {
        let mut in_code = false;
        for (number, line) in file.lines() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code;
                continue;
            }
            let links = if in_code { Vec::new() } else { links(line) };
            let targets = links.into_iter().filter(|link| is_relative(link));
            let dead_link = targets.filter(|link| !leads_somewhere(tree, file, link));
            let paths = if in_code { Vec::new() } else { paths(line) };
            let dead_path = paths.into_iter().filter(|path| !exists(tree, file, path));
            let all = dead_link.chain(dead_path);
            dead.extend(all.map(|what| format!("{}:{number}: there is no {what}", file.path)));
        }
    }
    dead
}

/// The targets of `[text](target)` and `[name]: target`.
fn links(line: &str) -> Vec<&str> {
    let inline = line
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next());
    let reference = line
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]: "));
    inline
        .chain(reference.map(|(_, target)| target.trim()))
        .collect()
}

fn is_relative(link: &str) -> bool {
    !link.is_empty() && !link.starts_with(['#', '/']) && !link.contains(':')
}

fn leads_somewhere(tree: &Tree, file: &File, link: &str) -> bool {
    let target = link.split('#').next().unwrap_or_default();
    tree.has(&join(file.folder(), target))
}

/// The words in backticks that look like paths of the repository.
fn paths(line: &str) -> Vec<&str> {
    let code = line.split('`').skip(1).step_by(2);
    code.flat_map(str::split_whitespace)
        .filter_map(path)
        .collect()
}

fn path(word: &str) -> Option<&str> {
    let word = word.strip_prefix("./").unwrap_or(word);
    let word = word
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches(['/', ',', '.']);
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._-".contains(char);
    let is_one = PLACES.iter().any(|place| word.starts_with(place)) && word.chars().all(is_plain);
    // `docs/decisions/NNNN-title.md` is a pattern.
    (is_one && !word.contains("NNNN") && !word.contains("..")).then_some(word)
}

/// From the top, or, as in `tests/contract.rs` of a crate's own page, from the page.
fn exists(tree: &Tree, file: &File, path: &str) -> bool {
    tree.has(path) || tree.has(&join(file.folder(), path))
}

fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(page: &str) -> Vec<String> {
        dead_links(&Tree::from([
            ("README.md", ""),
            ("docs/guides/a.md", page),
            ("docs/guides/b.md", ""),
            ("crates/x/src/lib.rs", ""),
        ]))
    }

    #[test]
    fn what_exists_may_be_named() {
        let page = "[b](b.md#part) and [top](../../README.md), ![x](https://example.org/x.png)\n\
            `crates/x`, `crates/x/src/lib.rs:12`, `./crates/x/`, `docs/NNNN-a.md`, `docs/*.md`\n\
            [here](#there) and [b]\n\
            \n\
            [b]: b.md\n\
            ```\n\
            [no](no.md) `crates/no`\n\
            ```\n";
        assert_eq!(dead(page), Vec::<String>::new());
    }

    #[test]
    fn what_is_gone_is_found() {
        for bad in [
            "[c](c.md)",
            "see [c](../c.md#a)",
            "[c]: c.md",
            "`crates/y`",
            "run `docs/guides/c.md now`",
        ] {
            assert_eq!(dead(bad).len(), 1, "{bad}");
        }
    }
}
