//! The rules of `workspace_tests::tidy`, on the repository itself.

use anyhow::Result;
use workspace_tests::tidy::{RULES, kept_rules, uncited_rules};
use workspace_tests::tree::Tree;

#[test]
fn the_repository_is_tidy() -> Result<()> {
    let tree = Tree::of_repository()?;
    assert!(tree.rust().count() > 0, "there is nothing to look at");
    let violations: Vec<String> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    assert!(
        violations.is_empty(),
        "{} violations:\n{}",
        violations.len(),
        violations.join("\n")
    );
    Ok(())
}

#[test]
fn every_rule_of_the_product_has_a_test() -> Result<()> {
    let tree = Tree::of_repository()?;
    let kept = kept_rules(&tree);
    assert!(kept.len() >= 32, "{kept:?}");
    let uncited = uncited_rules(&tree, &kept);
    assert!(uncited.is_empty(), "{}", uncited.join("\n"));
    Ok(())
}
