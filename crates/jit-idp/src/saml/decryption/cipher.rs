//! How the content is encrypted (XML Encryption 1.1 section 5.2).

use aws_lc_rs::{
    aead::{self, Aad, LessSafeKey, Nonce, UnboundKey},
    cipher::{self, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey},
};

use crate::saml::refusal::{Reason, Refusal};

/// AES with 128 or 256 bits.
pub(super) enum Cipher {
    Gcm(&'static aead::Algorithm),
    Cbc(&'static cipher::Algorithm),
}

impl Cipher {
    pub(super) fn parse(uri: &str) -> Result<Self, Refusal> {
        Ok(match uri {
            "http://www.w3.org/2009/xmlenc11#aes128-gcm" => Self::Gcm(&aead::AES_128_GCM),
            "http://www.w3.org/2009/xmlenc11#aes256-gcm" => Self::Gcm(&aead::AES_256_GCM),
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => Self::Cbc(&cipher::AES_128),
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => Self::Cbc(&cipher::AES_256),
            _ => {
                return Err(Refusal::new(
                    Reason::CipherRefused,
                    "AES-GCM or AES-CBC with 128 or 256 bits: choose it at the provider",
                    uri,
                ));
            }
        })
    }

    /// Whether a stranger can change a ciphertext and learn from what becomes of it.
    pub(super) fn is_malleable(&self) -> bool {
        matches!(self, Self::Cbc(_))
    }

    /// The plaintext. The ciphertext begins with the initialization vector.
    pub(super) fn decrypt(&self, key: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Gcm(algorithm) => {
                let (nonce, sealed) = ciphertext.split_first_chunk()?;
                let key = LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?);
                let nonce = Nonce::assume_unique_for_key(*nonce);
                let mut room = sealed.to_vec();
                let opened = key.open_in_place(nonce, Aad::empty(), &mut room).ok()?;
                let length = opened.len();
                room.truncate(length);
                Some(room)
            }
            Self::Cbc(algorithm) => {
                let (vector, blocks) = ciphertext.split_first_chunk::<16>()?;
                let key = UnboundCipherKey::new(algorithm, key).ok()?;
                // The last octet counts the padding, and the rest of the padding may be anything.
                let key = PaddedBlockDecryptingKey::cbc_iso10126(key).ok()?;
                let context = DecryptionContext::Iv128(vector.into());
                let mut room = blocks.to_vec();
                let length = key.decrypt(&mut room, context).ok()?.len();
                room.truncate(length);
                Some(room)
            }
        }
    }
}
