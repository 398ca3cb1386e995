//! X.509 as a wrapper around a key (RFC 5280). No chain, no validity: what counts is who pinned it.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use jit_domain::{connections::SigningCertificate, values::Timestamp};
use x509_cert::{Certificate, der::Decode, spki::SubjectPublicKeyInfoOwned};

use super::{
    decode::decode_base64,
    refusal::{Reason, Refusal},
};

/// A parsed certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct X509 {
    der: Vec<u8>,
    certificate: Certificate,
}

impl X509 {
    /// Takes base64 on any number of lines, with or without the PEM frame.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let body = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("-----"));
        let der = decode_base64(&body.collect::<Vec<_>>().join("\n"));
        Self::from_der(der.ok_or_else(|| invalid("something that is not base64"))?)
    }

    /// Takes the binary form.
    pub fn from_der(der: Vec<u8>) -> Result<Self, Refusal> {
        match Certificate::from_der(&der) {
            Ok(certificate) => Ok(Self { der, certificate }),
            Err(error) => Err(invalid(&error.to_string())),
        }
    }

    pub(super) fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        self.certificate.tbs_certificate().subject_public_key_info()
    }

    /// The end of validity that it states.
    pub fn not_after(&self) -> Timestamp {
        let stated = self
            .certificate
            .tbs_certificate()
            .validity()
            .not_after
            .to_unix_duration();
        let seconds = i64::try_from(stated.as_secs()).unwrap_or(i64::MAX);
        DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<chrono::Utc>::MAX_UTC)
    }

    /// What a connection keeps of it.
    pub fn to_signing_certificate(&self) -> SigningCertificate {
        let hash = digest::digest(&digest::SHA256, &self.der);
        SigningCertificate {
            base64_der: STANDARD.encode(&self.der),
            sha256: hash
                .as_ref()
                .iter()
                .map(|octet| format!("{octet:02x}"))
                .collect::<Vec<_>>()
                .concat(),
            not_after: self.not_after(),
        }
    }
}

fn invalid(found: &str) -> Refusal {
    Refusal::new(
        Reason::CertificateInvalid,
        "an X.509 certificate in base64 or PEM form",
        found,
    )
}
