//! Every rule of the product has a test that says so.

use std::collections::BTreeSet;

use crate::tree::{File, Tree};

/// The numbers of the rules that `docs/rules.md` marks as kept: `- **R12** ✓ With JIT off ...`.
pub fn kept_rules(tree: &Tree) -> Vec<u32> {
    let page = tree
        .files()
        .iter()
        .find(|file| file.path == "docs/rules.md");
    let lines = page.into_iter().flat_map(|page| page.text.lines());
    let number = |line: &str| {
        let (number, kept) = line.strip_prefix("- **R")?.split_once("** ")?;
        kept.starts_with('✓').then(|| number.parse().ok())?
    };
    lines.filter_map(number).collect()
}

/// Rules of the list that no comment of a test names, as in `/// R12: switched off`.
pub fn uncited_rules(tree: &Tree, rules: &[u32]) -> Vec<String> {
    let cited: BTreeSet<u32> = tree.rust().flat_map(cited).collect();
    let uncited = rules.iter().filter(|rule| !cited.contains(rule));
    uncited
        .map(|rule| format!("R{rule}: no test names it"))
        .collect()
}

/// The rules named in the comments directly above the tests of a file.
fn cited(file: &File) -> BTreeSet<u32> {
    let mut cited = BTreeSet::new();
    let mut comments: Vec<&str> = Vec::new();
    let mut is_test = false;
    for line in file.text.lines().map(str::trim) {
        if line.starts_with("//") {
            comments.push(line);
        } else if line.starts_with("#[") {
            is_test |= ["#[test]", "#[tokio::test"]
                .iter()
                .any(|mark| line.starts_with(mark));
        } else {
            if is_test && is_function(line) {
                cited.extend(comments.iter().flat_map(|line| rules_in(line)));
            }
            comments.clear();
            is_test = false;
        }
    }
    cited
}

fn is_function(line: &str) -> bool {
    ["fn ", "async fn ", "pub fn ", "pub async fn "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn rules_in(comment: &str) -> impl Iterator<Item = u32> {
    let words = comment.split(|char: char| !char.is_ascii_alphanumeric());
    words.filter_map(|word| word.strip_prefix('R')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uncited(text: &str) -> Vec<String> {
        uncited_rules(&Tree::from([("a.rs", text)]), &[5, 12])
    }

    #[test]
    fn a_rule_above_a_test_is_cited() {
        let doc = "/// R5, R12: both\n#[tokio::test(flavor = \"x\")]\nasync fn a() {}";
        assert!(uncited(doc).is_empty());
        let plain = "#[test]\n// R5 and\n// R12\nfn a() {}";
        assert!(uncited(plain).is_empty());
    }

    #[test]
    fn a_rule_elsewhere_is_not_cited() {
        for elsewhere in [
            "/// R5 R12\nfn a() {}",
            "/// R5 R12\n\n#[test]\nfn a() {}",
            "#[test]\nfn a() {\n    // R5 R12\n}",
            "/// R51 R120 XR5 PR12\n#[test]\nfn a() {}",
        ] {
            assert_eq!(uncited(elsewhere).len(), 2, "{elsewhere}");
        }
    }
}
