//! Which licences our dependencies may have: the list in `deny.toml`.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::metadata::{entries, text};

/// The allow list of `deny.toml`.
pub fn allowed(deny: &str) -> Result<Vec<String>> {
    let deny: toml::Table = deny.parse()?;
    let list = deny
        .get("licenses")
        .and_then(|section| section.get("allow")?.as_array());
    let list = list.context("deny.toml has no [licenses] allow")?;
    Ok(list
        .iter()
        .filter_map(|entry| Some(entry.as_str()?.to_owned()))
        .collect())
}

/// The packages whose licence the list does not cover.
pub fn refused(packages: &Value, allowed: &[String]) -> Vec<String> {
    let refuse = |package: &Value| {
        let licence = text(package, "license");
        let message = format!(
            "{} {}: {licence:?}",
            text(package, "name"),
            text(package, "version")
        );
        (!is_covered(licence, allowed)).then_some(message)
    };
    entries(packages, "packages")
        .iter()
        .filter_map(refuse)
        .collect()
}

/// Whether a licence expression can be met with the licences on the list.
///
/// `AND` binds closer than `OR`; old manifests write `/` for `OR`.
pub fn is_covered(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    either(&mut words, allowed) && words.is_empty()
}

fn either(words: &mut Vec<&str>, allowed: &[String]) -> bool {
    let mut covered = both(words, allowed);
    while words.pop_if(|word| *word == "OR").is_some() {
        covered |= both(words, allowed);
    }
    covered
}

fn both(words: &mut Vec<&str>, allowed: &[String]) -> bool {
    let mut covered = one(words, allowed);
    while words.pop_if(|word| *word == "AND").is_some() {
        covered &= one(words, allowed);
    }
    covered
}

fn one(words: &mut Vec<&str>, allowed: &[String]) -> bool {
    if words.pop_if(|word| *word == "(").is_some() {
        let covered = either(words, allowed);
        return words.pop_if(|word| *word == ")").is_some() && covered;
    }
    let Some(name) = words.pop() else {
        return false;
    };
    let exception = words
        .pop_if(|word| *word == "WITH")
        .and_then(|_| words.pop());
    let licence = exception.map_or(name.to_owned(), |added| format!("{name} WITH {added}"));
    allowed.contains(&licence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(expression: &str) -> bool {
        let allowed = [
            "MIT",
            "Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "Unicode-3.0",
        ];
        is_covered(expression, &allowed.map(str::to_owned))
    }

    #[test]
    fn one_licence_of_a_choice_is_enough() {
        for good in [
            "MIT",
            "MIT OR GPL-3.0-only",
            "GPL-2.0/MIT",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR GPL-3.0-only) AND Unicode-3.0",
            "GPL-3.0-only OR MIT AND Unicode-3.0",
        ] {
            assert!(covered(good), "{good}");
        }
    }

    #[test]
    fn what_is_not_covered_is_found() {
        for bad in [
            "",
            "GPL-3.0-only",
            "MIT AND GPL-3.0-only",
            "MIT WITH Unknown-exception",
            "(MIT OR Apache-2.0) AND GPL-3.0-only",
            "(MIT",
            "MIT Apache-2.0",
        ] {
            assert!(!covered(bad), "{bad}");
        }
    }

    #[test]
    fn a_package_without_a_licence_is_refused() {
        let packages = serde_json::json!({ "packages": [{ "name": "a", "version": "1.0.0" }] });
        assert_eq!(refused(&packages, &["MIT".to_owned()]).len(), 1);
    }
}
