//! SimpleSAMLphp, on the web server that PHP has for development.

use anyhow::Result;
use tokio::process::Command;

use super::{Paths, Software, installed};
use crate::paths::root;

/// SimpleSAMLphp 1.19: PHP, its own SAML library, people with persistent identifiers and LDAP's names of attributes.
pub const SIMPLESAMLPHP: Software = Software {
    name: "SimpleSAMLphp",
    command,
    paths: Paths {
        metadata: "/saml2/idp/metadata.php",
        start: ("/saml2/idp/SSOService.php", "spentityid"),
        logout: "/saml2/idp/initSLO.php?RelayState=/",
    },
};

fn command() -> Result<Command> {
    let pages = installed("simplesamlphp")?.join("usr/share/simplesamlphp/www");
    let mut php = Command::new("php");
    php.env(
        "SIMPLESAMLPHP_CONFIG_DIR",
        root().join("tests/peers/simplesamlphp"),
    )
    .args(["-S", "127.0.0.1:0", "-t"])
    .arg(pages);
    Ok(php)
}
