//! Secrets: what they look like, and what is kept of them (R29).

use std::fmt;

use sha2::{Digest, Sha256};

/// What a secret is for, visible in its first letters so that leak scanners find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// Lets a client call APIs.
    AuthToken,
    /// Lets a script use the console's API.
    ApiToken,
    /// Keeps a browser signed in.
    Session,
    /// Ties a login to the browser that began it.
    Browser,
    /// Makes the first administrator.
    Setup,
    /// Lets somebody from outside set up one connection.
    SetupLink,
}

impl SecretKind {
    /// What the secret starts with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::AuthToken => "jat_",
            Self::ApiToken => "jpt_",
            Self::Session => "jss_",
            Self::Browser => "jbr_",
            Self::Setup => "jsu_",
            Self::SetupLink => "jsl_",
        }
    }
}

/// A secret in clear: prefix, 160 random bits in base 62, and a checksum. Shown once, kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

const RANDOM_DIGITS: usize = 27;
const CHECKSUM_DIGITS: usize = 6;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Secret {
    /// Makes the secret of 20 random bytes.
    pub fn new(kind: SecretKind, random: [u8; 20]) -> Self {
        let mut text = kind.prefix().to_owned();
        text.extend(base62(random).map(char::from));
        text.extend(checksum(&text).map(char::from));
        Self(text)
    }

    /// Reads a secret of one kind; a typing error fails here, without a look-up.
    pub fn parse(kind: SecretKind, text: &str) -> Option<Self> {
        let random = text.strip_prefix(kind.prefix())?;
        if random.len() != RANDOM_DIGITS + CHECKSUM_DIGITS || !text.is_ascii() {
            return None;
        }
        let (body, sum) = text.split_at(text.len() - CHECKSUM_DIGITS);
        (sum.as_bytes() == checksum(body)).then(|| Self(text.to_owned()))
    }

    /// The text to show to its owner, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps. A plain SHA-256 is enough: nobody guesses 160 random bits.
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0.as_bytes()).into())
    }

    /// What people recognise it by afterwards: the prefix and the last four characters.
    pub fn hint(&self) -> String {
        let prefix = &self.0[..4];
        format!("{prefix}…{}", &self.0[self.0.len() - 4..])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a secret. Finding a record by it is safe: the attacker cannot steer the hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretHash(pub [u8; 32]);

impl SecretHash {
    /// Lower-case hexadecimal, for what is kept inside other text.
    pub fn hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits
            .map(|digit| char::from(DIGITS[usize::from(digit)]))
            .collect()
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// A number of 20 bytes, most significant first, in 27 digits of base 62.
fn base62(mut number: [u8; 20]) -> [u8; RANDOM_DIGITS] {
    let mut digits = [b'0'; RANDOM_DIGITS];
    for digit in digits.iter_mut().rev() {
        let mut rest = 0u16;
        for byte in &mut number {
            let value = rest * 256 + u16::from(*byte);
            *byte = (value / 62).to_le_bytes()[0];
            rest = value % 62;
        }
        *digit = BASE62[usize::from(rest)];
    }
    digits
}

/// CRC-32 (ISO-HDLC, as in zlib) in 6 digits of base 62. It finds typing errors and proves nothing.
fn checksum(text: &str) -> [u8; CHECKSUM_DIGITS] {
    let mut rest = crc32(text.as_bytes());
    let mut digits = [b'0'; CHECKSUM_DIGITS];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    digits
}

const CRC_TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut index = 0u32;
    while index < 256 {
        let mut crc = index;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
            bit += 1;
        }
        table[index as usize] = crc;
        index += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        let index = (crc ^ u32::from(*byte)) & 0xFF;
        (crc >> 8) ^ CRC_TABLE[index as usize]
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_checksum_is_the_well_known_crc32() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    proptest! {
        /// R29: a token is recognised by its prefix, and a typing error costs no look-up.
        #[test]
        fn a_secret_reads_back_and_a_changed_character_does_not(random: [u8; 20], at in 0usize..37) {
            let secret = Secret::new(SecretKind::AuthToken, random);
            prop_assert_eq!(secret.reveal().len(), 37);
            let read = Secret::parse(SecretKind::AuthToken, secret.reveal());
            prop_assert_eq!(read.as_ref(), Some(&secret));
            prop_assert_eq!(Secret::parse(SecretKind::Session, secret.reveal()), None);
            let mut typo = secret.reveal().as_bytes().to_vec();
            typo[at] = if typo[at] == b'x' { b'y' } else { b'x' };
            let typo = String::from_utf8(typo).unwrap();
            prop_assert_eq!(Secret::parse(SecretKind::AuthToken, &typo), None);
        }
    }

    /// R29: a secret never appears in a log by accident.
    #[test]
    fn a_secret_does_not_print_itself() {
        let secret = Secret::new(SecretKind::AuthToken, [7; 20]);
        assert_eq!(
            format!("{secret:?} {:?}", secret.hash()),
            "Secret(…) SecretHash(…)"
        );
        assert!(secret.hint().len() < 12);
    }
}
