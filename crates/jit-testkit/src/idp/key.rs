//! Keys that are made when they are needed. None is ever stored.

mod rsa_sha1;

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeZone, Utc};
use jit_domain::values::Timestamp;
use rcgen::{CertificateParams, DnType, KeyPair, RsaKeySize};

use self::rsa_sha1::RsaSha1;

/// A key pair and its self-signed certificate.
#[derive(Debug)]
pub struct IdpKey {
    signer: Signer,
    certificate_der: Vec<u8>,
}

#[derive(Debug)]
enum Signer {
    Rsa(RsaKeyPair, RsaSha1),
    P256(EcdsaKeyPair),
}

impl IdpKey {
    /// The year in which the certificates end. Nobody enforces it.
    const LAST_YEAR: i32 = 2049;

    /// A fresh RSA key of 2048 bits.
    ///
    /// # Panics
    ///
    /// If the machine has no randomness.
    #[expect(
        clippy::expect_used,
        reason = "fails only if the machine has no randomness or memory"
    )]
    pub fn rsa() -> Self {
        let pair = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048);
        let pair = pair.expect("an RSA key of 2048 bits can be generated");
        let pkcs8 = pair.serialize_der();
        let signer = RsaKeyPair::from_pkcs8(&pkcs8).expect("a fresh key is valid");
        let textbook = RsaSha1::from_pkcs8(&pkcs8).expect("a fresh key is valid");
        Self {
            signer: Signer::Rsa(signer, textbook),
            certificate_der: certificate(&pair),
        }
    }

    /// A fresh ECDSA key on P-256; made in no time.
    ///
    /// # Panics
    ///
    /// If the machine has no randomness.
    #[expect(
        clippy::expect_used,
        reason = "fails only if the machine has no randomness or memory"
    )]
    pub fn ecdsa() -> Self {
        let pair = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256);
        let pair = pair.expect("a key on P-256 can be generated");
        let signer =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pair.serialize_der());
        let signer = signer.expect("a fresh key is valid");
        Self {
            signer: Signer::P256(signer),
            certificate_der: certificate(&pair),
        }
    }

    /// The certificate in DER form.
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate_der
    }

    /// The certificate as base64 of its DER form, on one line.
    pub fn certificate_base64(&self) -> String {
        STANDARD.encode(&self.certificate_der)
    }

    /// The fingerprint that people compare: SHA-256 in lower-case hexadecimal.
    pub fn certificate_sha256(&self) -> String {
        let hash = digest::digest(&digest::SHA256, &self.certificate_der);
        super::xml::hex(hash.as_ref())
    }

    /// The end of validity that the certificate states.
    pub fn not_after(&self) -> Timestamp {
        let end = Utc.with_ymd_and_hms(Self::LAST_YEAR, 12, 31, 0, 0, 0);
        end.single().unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The signature method of XML signatures by this key (RFC 9231).
    pub(super) fn signature_method(&self, sha1: bool) -> &'static str {
        match (&self.signer, sha1) {
            (Signer::Rsa(..), false) => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            (Signer::Rsa(..), true) => "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            (Signer::P256(_), false) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            (Signer::P256(_), true) => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        }
    }

    /// Signs by that method.
    #[expect(
        clippy::expect_used,
        reason = "fails only if the machine has no randomness or memory"
    )]
    pub(super) fn sign(&self, message: &[u8], sha1: bool) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.signer {
            Signer::Rsa(_, textbook) if sha1 => textbook.sign(message),
            Signer::Rsa(pair, _) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("a buffer of the length of the modulus is enough");
                signature
            }
            Signer::P256(pair) => pair
                .sign(&random, message)
                .expect("signing needs randomness only")
                .as_ref()
                .to_vec(),
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "the names are constants, and the key has just been made"
)]
fn certificate(pair: &KeyPair) -> Vec<u8> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "In-process identity provider");
    params.not_after = rcgen::date_time_ymd(IdpKey::LAST_YEAR, 12, 31);
    let certificate = params
        .self_signed(pair)
        .expect("a key can sign its own certificate");
    certificate.der().to_vec()
}
