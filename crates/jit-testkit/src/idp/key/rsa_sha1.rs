//! RSA signatures with SHA-1, which no library makes any more and every service provider must refuse.
//!
//! A test that only claims to have used SHA-1 would pass with a service provider that accepts it.
//! So this is RSA as in RFC 8017 section 5.2.1, slow and not in constant time: its keys live as long as a test.

use aws_lc_rs::digest;
use x509_cert::der::{
    Decode, Error, Reader, SliceReader,
    asn1::{AnyRef, OctetStringRef, UintRef},
};

/// `DigestInfo` up to the digest itself (RFC 8017 section 9.2, note 1).
const SHA1_INFO: [u8; 15] = [
    0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14,
];

/// A private key, as numbers of 64-bit digits with the least one first.
pub(super) struct RsaSha1 {
    modulus: Vec<u64>,
    exponent: Vec<u64>,
}

impl std::fmt::Debug for RsaSha1 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RsaSha1").finish_non_exhaustive()
    }
}

impl RsaSha1 {
    /// Takes `n` and `d` of a PKCS #8 document (RFC 5208 section 5, RFC 8017 appendix A.1.2).
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        SliceReader::new(der)?.sequence(|info| {
            UintRef::decode(info)?;
            AnyRef::decode(info)?;
            let key = <&OctetStringRef>::decode(info)?;
            while !info.is_finished() {
                AnyRef::decode(info)?;
            }
            SliceReader::new(key.as_bytes())?.sequence(|key| {
                UintRef::decode(key)?;
                let modulus = digits(UintRef::decode(key)?.as_bytes());
                UintRef::decode(key)?;
                let exponent = digits(UintRef::decode(key)?.as_bytes());
                while !key.is_finished() {
                    AnyRef::decode(key)?;
                }
                Ok(Self { modulus, exponent })
            })
        })
    }

    /// RSASSA-PKCS1-v1_5 with SHA-1.
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, message);
        let length = self.modulus.len() * 8;
        let tail = [&[0], SHA1_INFO.as_slice(), digest.as_ref()].concat();
        let mut padded = vec![0xff; length - tail.len()];
        padded[..2].copy_from_slice(&[0, 1]);
        padded.extend(tail);
        let signed = self.power(&digits(&padded));
        signed.iter().rev().flat_map(|d| d.to_be_bytes()).collect()
    }

    /// `base` to the power of the exponent, modulo the modulus.
    fn power(&self, base: &[u64]) -> Vec<u64> {
        let mut result = vec![0; self.modulus.len()];
        result[0] = 1;
        let bits = (0..self.exponent.len() * 64).rev();
        for bit in bits {
            result = self.product(&result, &result);
            if (self.exponent[bit / 64] >> (bit % 64)) & 1 == 1 {
                result = self.product(&result, base);
            }
        }
        result
    }

    /// The product modulo the modulus: a digit of one factor at a time, from the greatest.
    fn product(&self, left: &[u64], right: &[u64]) -> Vec<u64> {
        // Two digits more than the modulus: one for the shift, one for its sum with a product.
        let mut sum = vec![0; self.modulus.len() + 2];
        for &digit in right.iter().rev() {
            sum.rotate_right(1);
            let mut carry = 0;
            for (place, &factor) in sum.iter_mut().zip(left.iter().chain([&0, &0])) {
                carry += u128::from(*place) + u128::from(factor) * u128::from(digit);
                *place = low(carry);
                carry >>= 64;
            }
            self.reduce(&mut sum);
        }
        sum.truncate(self.modulus.len());
        sum
    }

    /// Subtracts the modulus until the sum is smaller, by guesses that are never too large.
    fn reduce(&self, sum: &mut [u64]) {
        let length = self.modulus.len();
        let more_than_highest = u128::from(self.modulus[length - 1]) + 1;
        loop {
            let head = u128::from(sum[length]) << 64 | u128::from(sum[length - 1]);
            let times = match (sum[length + 1], head / more_than_highest) {
                (0, 0) if sum[..length].iter().rev().lt(self.modulus.iter().rev()) => return,
                (0, guess) => guess.clamp(1, u128::from(u64::MAX)),
                _ => u128::from(u64::MAX),
            };
            let (mut owed, mut borrow) = (0, false);
            for (place, &digit) in sum.iter_mut().zip(self.modulus.iter().chain([&0, &0])) {
                owed += u128::from(digit) * times;
                let (first, one) = place.overflowing_sub(low(owed));
                let (second, other) = first.overflowing_sub(u64::from(borrow));
                (*place, borrow) = (second, one || other);
                owed >>= 64;
            }
        }
    }
}

fn digits(big_endian: &[u8]) -> Vec<u64> {
    big_endian
        .rchunks(8)
        .map(|octets| octets.iter().fold(0, |digit, o| digit << 8 | u64::from(*o)))
        .collect()
}

fn low(wide: u128) -> u64 {
    u64::try_from(wide & u128::from(u64::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{
        KeyPair as _, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RsaKeyPair, UnparsedPublicKey,
    };

    use super::*;

    #[test]
    fn a_library_that_still_verifies_sha1_is_convinced() {
        let pair =
            rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
        let pkcs8 = pair.unwrap().serialize_der();
        let signature = RsaSha1::from_pkcs8(&pkcs8).unwrap().sign(b"message");
        let key = RsaKeyPair::from_pkcs8(&pkcs8).unwrap();
        let public = key.public_key().as_ref();
        let method = &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY;
        let verifying = UnparsedPublicKey::new(method, public);
        assert!(verifying.verify(b"message", &signature).is_ok());
        assert!(verifying.verify(b"another", &signature).is_err());
    }
}
