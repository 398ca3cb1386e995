//! The npm package samlp, in a small program of ours.

use anyhow::Result;
use tokio::process::Command;

use super::{Paths, Software, installed};
use crate::paths::root;

/// samlp 8: Node.js, xml-crypto, people with e-mail addresses as identifiers and Entra ID's names of attributes.
pub const SAMLP: Software = Software {
    name: "samlp",
    command,
    paths: Paths {
        metadata: "/metadata",
        start: ("/sso", "sp"),
        logout: "/slo",
    },
};

fn command() -> Result<Command> {
    let mut node = Command::new("node");
    node.env("NODE_PATH", installed("samlp")?.join("node_modules"))
        .arg(root().join("tests/peers/samlp/server.js"));
    Ok(node)
}
