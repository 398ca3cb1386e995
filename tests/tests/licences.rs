//! The licences of all packages that are built, checked even where `cargo deny` is not installed.

use anyhow::Result;
use workspace_tests::{licences, metadata, paths};

#[test]
fn every_dependency_has_a_licence_on_the_list() -> Result<()> {
    let deny = std::fs::read_to_string(paths::root().join("deny.toml"))?;
    let refused = licences::refused(&metadata::all_packages()?, &licences::allowed(&deny)?);
    assert!(
        refused.is_empty(),
        "not covered by deny.toml:\n{}",
        refused.join("\n")
    );
    Ok(())
}
