//! Encrypting the key of the content to somebody's RSA key (XML Encryption 1.1 section 5.5).

use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, Pkcs1PublicEncryptingKey,
    PublicEncryptingKey,
};

const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";

/// How the key of the content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyTransport {
    /// `rsa-oaep-mgf1p` with SHA-1, as nearly everybody does. SHA-1 does no harm there.
    OaepSha1,
    /// `rsa-oaep` of version 1.1 with SHA-256, also in the mask.
    OaepSha256,
    /// `rsa-1_5`, which no service provider should decrypt: it answers Bleichenbacher's questions.
    Pkcs1V15,
}

impl KeyTransport {
    /// The identifier of the algorithm.
    pub fn uri(self) -> &'static str {
        match self {
            Self::OaepSha1 => "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
            Self::OaepSha256 => "http://www.w3.org/2009/xmlenc11#rsa-oaep",
            Self::Pkcs1V15 => "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
        }
    }

    /// `EncryptionMethod` of the key. `xmlns_ds` declares `ds` if nothing around it does.
    pub(super) fn method(self, xmlns_ds: &str) -> String {
        let digest = |uri: &str| {
            format!("<ds:DigestMethod{xmlns_ds} Algorithm=\"{uri}\"></ds:DigestMethod>")
        };
        let parameters = match self {
            Self::OaepSha1 => digest("http://www.w3.org/2000/09/xmldsig#sha1"),
            Self::OaepSha256 => format!(
                "{}<xenc11:MGF xmlns:xenc11=\"{XENC11}\" Algorithm=\"{XENC11}mgf1sha256\"></xenc11:MGF>",
                digest("http://www.w3.org/2001/04/xmlenc#sha256"),
            ),
            Self::Pkcs1V15 => String::new(),
        };
        format!(
            "<xenc:EncryptionMethod Algorithm=\"{}\">{parameters}</xenc:EncryptionMethod>",
            self.uri()
        )
    }

    #[expect(clippy::expect_used, reason = "an RSA key has room for a key of AES")]
    pub(super) fn encrypt(self, to: &PublicEncryptingKey, key: &[u8]) -> Vec<u8> {
        let mut encrypted = vec![0; to.key_size_bytes()];
        let oaep = || OaepPublicEncryptingKey::new(to.clone()).expect("an RSA key");
        let length = match self {
            Self::OaepSha1 => oaep().encrypt(&OAEP_SHA1_MGF1SHA1, key, &mut encrypted, None),
            Self::OaepSha256 => oaep().encrypt(&OAEP_SHA256_MGF1SHA256, key, &mut encrypted, None),
            Self::Pkcs1V15 => Pkcs1PublicEncryptingKey::new(to.clone())
                .expect("an RSA key")
                .encrypt(key, &mut encrypted),
        };
        let length = length.expect("a key of AES is short").len();
        encrypted.truncate(length);
        encrypted
    }
}
