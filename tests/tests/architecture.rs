//! The arrows of the architecture, over what cargo knows about the workspace.

use anyhow::Result;
use workspace_tests::architecture::{arrows, forbidden, forbids_unsafe, without_lints};
use workspace_tests::{metadata, paths, tree::Tree};

#[test]
fn every_arrow_is_allowed() -> Result<()> {
    let arrows = arrows(&metadata::members()?);
    assert!(
        arrows.iter().any(|arrow| arrow.internal),
        "cargo told nothing"
    );
    let forbidden = forbidden(&arrows);
    assert!(forbidden.is_empty(), "{}", forbidden.join("\n"));
    Ok(())
}

#[test]
fn every_member_takes_over_the_lints() -> Result<()> {
    let tree = Tree::of_repository()?;
    let manifests = tree
        .files()
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    let lax = without_lints(manifests.map(|file| (file.path.as_str(), file.text.as_str())));
    assert!(lax.is_empty(), "{}", lax.join("\n"));
    Ok(())
}

#[test]
fn unsafe_code_is_forbidden() -> Result<()> {
    assert!(forbids_unsafe(&std::fs::read_to_string(
        paths::root().join("Cargo.toml")
    )?));
    Ok(())
}
