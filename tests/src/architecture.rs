//! Who may depend on whom.

use serde_json::Value;

use crate::metadata::{entries, text};

/// An arrow from a member of the workspace to what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The member.
    pub from: String,
    /// The package it asks for.
    pub to: String,
    /// When it asks.
    pub kind: Kind,
    /// Whether `to` is a member, too.
    pub internal: bool,
    /// The required version; `*` when the manifest states none.
    pub version: String,
}

/// When a dependency is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To build the package, its build script included.
    Build,
    /// To test it.
    Test,
}

const PROGRAM: &str = "portal";
const DOMAIN: &str = "jit-domain";
const TESTKIT: &str = "jit-testkit";
const CHECKS: &str = "workspace-tests";

/// All that the domain may know of the world. One more needs a decision record.
const DOMAIN_NEEDS: [&str; 8] = [
    "async-trait",
    "chrono",
    "mockall",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
    "uuid",
];

/// A dependency that we keep out of all members but these.
const ONLY_IN: [(&str, &[&str]); 2] = [
    ("sqlx", &["jit-postgres", "jit-sqlite"]),
    ("roxmltree", &["jit-idp", TESTKIT]),
];

/// A dependency that these members must not be built with; an example may show them in its company.
const NEVER_IN: [(&str, &[&str]); 1] =
    [("axum", &[DOMAIN, "jit-idp", "jit-postgres", "jit-sqlite"])];

/// The arrows in the output of `cargo metadata --no-deps`.
pub fn arrows(members: &Value) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for package in entries(members, "packages") {
        for dependency in entries(package, "dependencies") {
            arrows.push(Arrow {
                from: text(package, "name").to_owned(),
                to: text(dependency, "name").to_owned(),
                kind: if dependency["kind"] == "dev" {
                    Kind::Test
                } else {
                    Kind::Build
                },
                internal: dependency["path"].is_string(),
                version: text(dependency, "req").to_owned(),
            });
        }
    }
    arrows
}

/// The arrows that the architecture does not have, each with a reason.
pub fn forbidden(arrows: &[Arrow]) -> Vec<String> {
    let complain = |arrow: &Arrow| {
        let reason = if arrow.internal {
            inside(arrow)
        } else {
            outside(arrow)
        }?;
        Some(format!("{} -> {}: {reason}", arrow.from, arrow.to))
    };
    arrows.iter().filter_map(complain).collect()
}

fn inside(arrow: &Arrow) -> Option<&'static str> {
    let (from, to) = (arrow.from.as_str(), arrow.to.as_str());
    if arrow.version != "*" {
        return Some("members ask for each other by path, without a version");
    }
    if [PROGRAM, CHECKS].contains(&from) {
        return None;
    }
    match arrow.kind {
        Kind::Test if to == TESTKIT => None,
        Kind::Test if to == DOMAIN && from != DOMAIN => None,
        Kind::Test => Some("tests may use the testkit and the domain, no other member"),
        Kind::Build if from == DOMAIN => Some("the domain knows no other member"),
        Kind::Build if to == DOMAIN => None,
        Kind::Build => Some("an adapter knows the domain and no other adapter"),
    }
}

fn outside(arrow: &Arrow) -> Option<&'static str> {
    let (from, to) = (arrow.from.as_str(), arrow.to.as_str());
    let is_here = |members: &[&str]| members.contains(&from);
    if from == DOMAIN && arrow.kind == Kind::Build && !DOMAIN_NEEDS.contains(&to) {
        return Some("the domain may not know this crate");
    }
    if ONLY_IN
        .iter()
        .any(|(name, members)| *name == to && !is_here(members))
    {
        return Some("this crate is kept in few members, and this is not one of them");
    }
    if arrow.kind == Kind::Build
        && NEVER_IN
            .iter()
            .any(|(name, members)| *name == to && is_here(members))
    {
        return Some("this crate is kept out of this member");
    }
    None
}

/// Members whose manifest does not take over the lints of the workspace.
pub fn without_lints<'a>(manifests: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let takes_over = |manifest: &str| {
        let manifest = manifest.parse::<toml::Table>().ok()?;
        manifest.get("lints")?.get("workspace")?.as_bool()
    };
    let lax = |(path, manifest)| {
        let message = format!("{path}: says no `[lints] workspace = true`");
        (takes_over(manifest) != Some(true)).then_some(message)
    };
    manifests.into_iter().filter_map(lax).collect()
}

/// Whether the manifest of the workspace forbids unsafe code.
pub fn forbids_unsafe(workspace: &str) -> bool {
    let level = |manifest: &toml::Table| {
        let lints = manifest.get("workspace")?.get("lints")?;
        Some(lints.get("rust")?.get("unsafe_code")?.as_str()? == "forbid")
    };
    workspace
        .parse::<toml::Table>()
        .ok()
        .as_ref()
        .and_then(level)
        .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrow(from: &str, to: &str, kind: Kind) -> Arrow {
        let internal = to.starts_with("jit-");
        let version = if internal { "*" } else { "^1" }.to_owned();
        Arrow {
            from: from.to_owned(),
            to: to.to_owned(),
            kind,
            internal,
            version,
        }
    }

    fn is_forbidden(from: &str, to: &str, kind: Kind) -> bool {
        !forbidden(&[arrow(from, to, kind)]).is_empty()
    }

    #[test]
    fn the_architecture_is_allowed() {
        for adapter in [
            "jit-http",
            "jit-idp",
            "jit-gateway",
            "jit-sqlite",
            "jit-postgres",
        ] {
            assert!(
                !is_forbidden(adapter, "jit-domain", Kind::Build),
                "{adapter}"
            );
            assert!(
                !is_forbidden(adapter, "jit-testkit", Kind::Test),
                "{adapter}"
            );
            assert!(!is_forbidden("portal", adapter, Kind::Build), "{adapter}");
        }
        assert!(!is_forbidden("jit-domain", "jit-testkit", Kind::Test));
        assert!(!is_forbidden("jit-domain", "serde", Kind::Build));
        assert!(!is_forbidden("jit-domain", "proptest", Kind::Test));
        assert!(!is_forbidden("jit-sqlite", "sqlx", Kind::Build));
    }

    #[test]
    fn a_wrong_arrow_is_found() {
        assert!(is_forbidden("jit-domain", "jit-http", Kind::Build));
        assert!(is_forbidden("jit-domain", "jit-testkit", Kind::Build));
        assert!(is_forbidden("jit-http", "jit-sqlite", Kind::Build));
        assert!(is_forbidden("jit-http", "jit-sqlite", Kind::Test));
        assert!(is_forbidden("jit-testkit", "jit-idp", Kind::Build));
        assert!(is_forbidden("jit-domain", "tokio", Kind::Build));
        assert!(is_forbidden("jit-http", "sqlx", Kind::Build));
        assert!(is_forbidden("jit-sqlite", "axum", Kind::Build));
        assert!(is_forbidden("jit-http", "roxmltree", Kind::Test));
    }

    #[test]
    fn a_version_beside_a_path_is_found() {
        let mut arrow = arrow("jit-http", "jit-testkit", Kind::Test);
        arrow.version = "^0.1".to_owned();
        assert_eq!(forbidden(&[arrow]).len(), 1);
    }

    #[test]
    fn lax_lints_are_found() {
        let strict = ("a/Cargo.toml", "[lints]\nworkspace = true");
        let lax = ("b/Cargo.toml", "[package]\nname = 'b'");
        assert_eq!(without_lints([strict, lax]).len(), 1);
        assert!(forbids_unsafe(
            "[workspace.lints.rust]\nunsafe_code = 'forbid'"
        ));
        assert!(!forbids_unsafe(
            "[workspace.lints.rust]\nunsafe_code = 'warn'"
        ));
    }
}
