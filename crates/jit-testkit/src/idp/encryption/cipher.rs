//! Ciphers for content (XML Encryption 1.1 section 5.2).

use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, RandomizedNonceKey},
    cipher::{AES_128, AES_256, EncryptingKey, UnboundCipherKey},
    rand,
};

/// How the assertion is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentCipher {
    /// AES-128-GCM.
    Aes128Gcm,
    /// AES-256-GCM.
    Aes256Gcm,
    /// AES-128-CBC. It does not notice when the ciphertext was changed.
    Aes128Cbc,
    /// AES-256-CBC. It does not notice when the ciphertext was changed.
    Aes256Cbc,
}

impl ContentCipher {
    const BLOCK: usize = 16;

    /// The identifier of the algorithm.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Aes128Gcm => "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            Self::Aes256Gcm => "http://www.w3.org/2009/xmlenc11#aes256-gcm",
            Self::Aes128Cbc => "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            Self::Aes256Cbc => "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
        }
    }

    /// Makes a key, and encrypts with it. Gives both; the second begins with the initialization vector.
    #[expect(
        clippy::expect_used,
        reason = "the keys have the right length, and the machine has randomness"
    )]
    pub(super) fn encrypt(self, plain: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let key = random(match self {
            Self::Aes128Gcm | Self::Aes128Cbc => 16,
            Self::Aes256Gcm | Self::Aes256Cbc => 32,
        });
        let mut octets = plain.to_vec();
        let mut encrypted = match self {
            Self::Aes128Gcm | Self::Aes256Gcm => {
                let algorithm = match self {
                    Self::Aes128Gcm => &AES_128_GCM,
                    _ => &AES_256_GCM,
                };
                let sealing = RandomizedNonceKey::new(algorithm, &key).expect("a key of AES-GCM");
                let nonce = sealing.seal_in_place_append_tag(Aad::empty(), &mut octets);
                nonce.expect("a short message").as_ref().to_vec()
            }
            Self::Aes128Cbc | Self::Aes256Cbc => {
                let algorithm = match self {
                    Self::Aes128Cbc => &AES_128,
                    _ => &AES_256,
                };
                pad(&mut octets);
                let key = UnboundCipherKey::new(algorithm, &key).expect("a key of AES");
                let key = EncryptingKey::cbc(key).expect("a mode of AES");
                let context = key.encrypt(&mut octets).expect("whole blocks");
                let vector: &[u8] = (&context).try_into().expect("a vector of 128 bits");
                vector.to_vec()
            }
        };
        encrypted.append(&mut octets);
        (key, encrypted)
    }
}

/// Fills up to whole blocks: the last octet says how many were added, the others are arbitrary (section 5.2.2).
fn pad(octets: &mut Vec<u8>) {
    let missing = ContentCipher::BLOCK - octets.len() % ContentCipher::BLOCK;
    octets.append(&mut random(missing - 1));
    octets.push(u8::try_from(missing).unwrap_or_default());
}

#[expect(
    clippy::expect_used,
    reason = "a machine without randomness cannot run this at all"
)]
fn random(length: usize) -> Vec<u8> {
    let mut octets = vec![0; length];
    rand::fill(&mut octets).expect("the operating system gives randomness");
    octets
}
