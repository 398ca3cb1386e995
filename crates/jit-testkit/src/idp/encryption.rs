//! Encrypted assertions (XML Encryption 1.1, SAML core 2.3.4 and 6.1).

mod cipher;
mod transport;

use aws_lc_rs::rsa::PublicEncryptingKey;
use base64::{Engine, engine::general_purpose::STANDARD};

pub use self::{cipher::ContentCipher, transport::KeyTransport};
use super::{
    Dialect, certificate,
    dialect::{Style, declares},
    xml::{ASSERTION, DSIG, new_id},
};

const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";

/// To whom and how an assertion is encrypted.
///
/// What is not chosen is as the dialect does it. `Neutral` takes AES-256-GCM, RSA-OAEP with SHA-1,
/// and puts the key inside; Okta takes AES-256-CBC and puts the key beside.
#[derive(Debug, Clone)]
pub struct Encryption {
    key: PublicEncryptingKey,
    cipher: Option<ContentCipher>,
    transport: KeyTransport,
    place: Option<KeyPlace>,
}

/// Where `EncryptedKey` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In `KeyInfo` of the encrypted data.
    Inside,
    /// Beside the encrypted data, which refers to it by a `RetrievalMethod`.
    Beside,
}

impl Encryption {
    /// Encrypts to the holder of this certificate or public key, in DER form.
    ///
    /// # Panics
    ///
    /// If it is neither, or the key is not RSA.
    #[expect(
        clippy::expect_used,
        reason = "a test that hands over something else is mistaken"
    )]
    pub fn to(certificate_or_key: &[u8]) -> Self {
        let key = certificate::encrypting_key(certificate_or_key);
        Self {
            key: key.expect("a certificate or a SubjectPublicKeyInfo with an RSA key, in DER form"),
            cipher: None,
            transport: KeyTransport::OaepSha1,
            place: None,
        }
    }

    /// Encrypts the content with another cipher.
    #[must_use]
    pub fn cipher(mut self, cipher: ContentCipher) -> Self {
        self.cipher = Some(cipher);
        self
    }

    /// Encrypts the key in another way.
    #[must_use]
    pub fn transport(mut self, transport: KeyTransport) -> Self {
        self.transport = transport;
        self
    }

    /// Puts the encrypted key elsewhere.
    #[must_use]
    pub fn key_place(mut self, place: KeyPlace) -> Self {
        self.place = Some(place);
        self
    }

    /// `EncryptedAssertion` with that text inside, in canonical form.
    pub(super) fn encrypted(&self, assertion: &str, dialect: Dialect, style: Style) -> String {
        let usual = match dialect {
            Dialect::Neutral => (ContentCipher::Aes256Gcm, KeyPlace::Inside),
            Dialect::Okta => (ContentCipher::Aes256Cbc, KeyPlace::Beside),
            _ => (ContentCipher::Aes256Cbc, KeyPlace::Inside),
        };
        let cipher = self.cipher.unwrap_or(usual.0);
        let (key, octets) = cipher.encrypt(assertion.as_bytes());
        let key = self.transport.encrypt(&self.key, &key);
        let (inside, beside) = match self.place.unwrap_or(usual.1) {
            KeyPlace::Inside => (self.encrypted_key("", "", &key), String::new()),
            KeyPlace::Beside => {
                let id = new_id();
                let refers = format!(
                    "<ds:RetrievalMethod Type=\"{XENC}EncryptedKey\" URI=\"#{id}\"></ds:RetrievalMethod>"
                );
                let declared = format!(" xmlns:xenc=\"{XENC}\" Id=\"{id}\"");
                let xmlns_ds = format!(" xmlns:ds=\"{DSIG}\"");
                (refers, self.encrypted_key(&declared, &xmlns_ds, &key))
            }
        };
        let a = style.assertion;
        format!(
            "<{a}EncryptedAssertion{xmlns}>\
             <xenc:EncryptedData xmlns:xenc=\"{XENC}\" Type=\"{XENC}Element\">\
             <xenc:EncryptionMethod Algorithm=\"{method}\"></xenc:EncryptionMethod>\
             <ds:KeyInfo xmlns:ds=\"{DSIG}\">{inside}</ds:KeyInfo>{data}</xenc:EncryptedData>\
             {beside}</{a}EncryptedAssertion>",
            xmlns = declares(a, ASSERTION),
            method = cipher.uri(),
            data = cipher_data(&octets),
        )
    }

    fn encrypted_key(&self, attributes: &str, xmlns_ds: &str, key: &[u8]) -> String {
        format!(
            "<xenc:EncryptedKey{attributes}>{method}{data}</xenc:EncryptedKey>",
            method = self.transport.method(xmlns_ds),
            data = cipher_data(key),
        )
    }
}

/// A certificate or key, and everything else as the dialect does it.
impl From<&[u8]> for Encryption {
    fn from(certificate_or_key: &[u8]) -> Self {
        Self::to(certificate_or_key)
    }
}

fn cipher_data(octets: &[u8]) -> String {
    format!(
        "<xenc:CipherData><xenc:CipherValue>{}</xenc:CipherValue></xenc:CipherData>",
        STANDARD.encode(octets)
    )
}

#[cfg(test)]
mod tests;
