//! The key pair of a provider, fresh for each.

use std::fs;
use std::path::Path;

use anyhow::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

/// Writes `idp.key` and `idp.crt`, both as PEM.
pub(super) fn write(folder: &Path) -> Result<()> {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let certificate = CertificateParams::default().self_signed(&key)?;
    fs::write(
        folder.join("idp.key"),
        pem("PRIVATE KEY", &key.serialize_der()),
    )?;
    fs::write(
        folder.join("idp.crt"),
        pem("CERTIFICATE", certificate.der()),
    )?;
    Ok(())
}

/// RFC 7468: lines of 64 characters between two marks.
fn pem(label: &str, der: &[u8]) -> String {
    let base64: Vec<char> = STANDARD.encode(der).chars().collect();
    let lines = base64
        .chunks(64)
        .map(|line| line.iter().collect::<String>() + "\n");
    format!(
        "-----BEGIN {label}-----\n{}-----END {label}-----\n",
        lines.collect::<String>()
    )
}
