//! Words that must not be in the repository.
//!
//! They are written in two halves here, so that this file passes its own rules.

use crate::tree::{File, Tree};

/// Marks of work left undone. With a letter at an end they match whole words only.
const UNFINISHED: [&str; 7] = [
    concat!("to", "do!"),
    concat!("un", "implemented!"),
    concat!("d", "bg!"),
    concat!("#[", "ignore"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("TO", "DO"),
];

/// Places and machines that are not the reader's.
const OTHER_WORLDS: [&str; 9] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("deb.debian", ".org"),
];

const UNCHECKED_SQL: &str = concat!("Assert", "SqlSafe");

/// The files that may put SQL together from parts, each after a review.
const BUILDS_SQL: [&str; 3] = [
    "crates/jit-postgres/examples/scale/main.rs",
    "crates/jit-postgres/src/commit/batch.rs",
    "crates/jit-postgres/tests/query_plans.rs",
];

/// Nothing is left undone.
pub fn unfinished(tree: &Tree) -> Vec<String> {
    report(tree, &UNFINISHED, "is unfinished", |file| {
        !file.is_vendored()
    })
}

/// The project speaks of itself alone.
pub fn other_worlds(tree: &Tree) -> Vec<String> {
    let ours = |file: &File| !file.is_vendored() && !file.path.ends_with("Cargo.lock");
    report(tree, &OTHER_WORLDS, "means nothing to others", ours)
}

/// SQL is constant text.
pub fn unchecked_sql(tree: &Tree) -> Vec<String> {
    let unlisted =
        |file: &File| file.extension() == "rs" && !BUILDS_SQL.contains(&file.path.as_str());
    report(
        tree,
        &[UNCHECKED_SQL],
        "is for reviewed places only",
        unlisted,
    )
}

fn report(tree: &Tree, words: &[&str], why: &str, ours: fn(&File) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| ours(file)) {
        for (number, line) in file.lines() {
            let hits = words.iter().filter(|word| has_word(line, word));
            found.extend(hits.map(|word| format!("{}:{number}: `{word}` {why}", file.path)));
        }
    }
    found
}

/// Whether the line has the word, and not as a part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        let is_part = |char: char| char.is_alphanumeric() || char == '_';
        matches!((a, b), (Some(a), Some(b)) if is_part(a) && is_part(b))
    };
    // A path that begins with a slash is a part when something stands before it.
    let continues = |before: Option<char>| {
        word.starts_with('/')
            && before.is_some_and(|char| char.is_alphanumeric() || "._}*".contains(char))
    };
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !joins(before, word.chars().next())
            && !joins(word.chars().next_back(), after)
            && !continues(before)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(rule: fn(&Tree) -> Vec<String>, line: &str) -> usize {
        rule(&Tree::from([("crates/a/src/lib.rs", line)])).len()
    }

    #[test]
    fn what_is_unfinished_is_found() {
        for mark in UNFINISHED {
            assert_eq!(count(unfinished, &format!("    {mark} later")), 1, "{mark}");
        }
        assert_eq!(
            count(unfinished, concat!("METHOD_TO", "DOS_", "XX", "XL")),
            0
        );
    }

    #[test]
    fn the_paths_and_hosts_of_others_are_found() {
        for word in OTHER_WORLDS {
            assert_eq!(count(other_worlds, &format!("`{word}`")), 1, "{word}");
        }
        assert_eq!(
            count(
                other_worlds,
                concat!("the net", "wo", "rk/a and net/wo", "rk/a")
            ),
            0
        );
    }

    #[test]
    fn copies_of_others_may_say_what_they_like() {
        let tree = Tree::from([
            ("tests/vendor/a.js", UNFINISHED[4]),
            ("Cargo.lock", OTHER_WORLDS[3]),
        ]);
        assert!(unfinished(&tree).is_empty());
        assert!(other_worlds(&tree).is_empty());
    }

    #[test]
    fn unchecked_sql_is_found() {
        assert_eq!(
            count(
                unchecked_sql,
                &format!("sqlx::query({UNCHECKED_SQL}(text))")
            ),
            1
        );
    }
}
