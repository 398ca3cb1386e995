//! The pinned keys of a connection.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use x509_cert::der::{
    Decode, Reader, SliceReader,
    asn1::{ObjectIdentifier, UintRef},
};

use super::{
    algorithms::SignatureMethod,
    certificate::X509,
    refusal::{Reason, Refusal},
};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

/// A public key that may have made a signature. Parsed once, used for any number of messages.
#[derive(Debug)]
pub struct VerifyingKey {
    kind: Kind,
    parsed: ParsedPublicKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    P521,
}

impl VerifyingKey {
    /// Takes the key of a certificate: RSA of at least 2048 bits, or ECDSA on P-256, P-384 or P-521.
    ///
    /// Validity and chain are not looked at: an administrator has pinned this very key.
    pub fn from_certificate(certificate: &X509) -> Result<Self, Refusal> {
        let key = certificate.public_key();
        let octets = key.subject_public_key.as_bytes().unwrap_or_default();
        let algorithm = key.algorithm.oid;
        let curve = || {
            key.algorithm
                .parameters
                .as_ref()?
                .decode_as::<ObjectIdentifier>()
                .ok()
        };
        let (kind, method): (_, &'static dyn VerificationAlgorithm) = if algorithm == RSA {
            let bits = rsa_bits(octets).unwrap_or_default();
            if !(2048..=8192).contains(&bits) {
                return Err(unsupported(&format!("RSA with {bits} bits")));
            }
            (Kind::Rsa, &RSA_PKCS1_2048_8192_SHA256)
        } else if algorithm == EC {
            match curve() {
                Some(P256) => (Kind::P256, &ECDSA_P256_SHA256_FIXED),
                Some(P384) => (Kind::P384, &ECDSA_P384_SHA384_FIXED),
                Some(P521) => (Kind::P521, &ECDSA_P521_SHA512_FIXED),
                other => return Err(unsupported(&format!("an elliptic curve {other:?}"))),
            }
        } else {
            return Err(unsupported(&format!("a key of kind {algorithm}")));
        };
        let parsed = ParsedPublicKey::new(method, octets)
            .map_err(|error| unsupported(&format!("a key that does not parse: {error}")))?;
        Ok(Self { kind, parsed })
    }

    /// Whether this key made this signature by this method.
    pub(super) fn verifies(
        &self,
        method: SignatureMethod,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        use SignatureMethod as M;
        let again =
            |algorithm| UnparsedPublicKey::new(algorithm, &self.parsed).verify(message, signature);
        match (self.kind, method) {
            (Kind::Rsa, M::RsaSha256)
            | (Kind::P256, M::EcdsaSha256)
            | (Kind::P384, M::EcdsaSha384)
            | (Kind::P521, M::EcdsaSha512) => self.parsed.verify_sig(message, signature).is_ok(),
            (Kind::Rsa, M::RsaSha384) => again(&RSA_PKCS1_2048_8192_SHA384).is_ok(),
            (Kind::Rsa, M::RsaSha512) => again(&RSA_PKCS1_2048_8192_SHA512).is_ok(),
            _ => false,
        }
    }
}

/// The length of the modulus in `RSAPublicKey` (RFC 8017 appendix A.1.1).
fn rsa_bits(octets: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(octets).ok()?;
    let bits = reader.sequence(|fields| {
        let modulus = UintRef::decode(fields)?;
        UintRef::decode(fields)?;
        let octets = modulus.as_bytes();
        let unused = octets
            .first()
            .map_or(0, |first| first.leading_zeros() as usize);
        Ok::<_, x509_cert::der::Error>(octets.len() * 8 - unused)
    });
    bits.ok()
}

fn unsupported(found: &str) -> Refusal {
    Refusal::new(
        Reason::KeyUnsupported,
        "RSA with 2048 to 8192 bits, or ECDSA on P-256, P-384 or P-521",
        found,
    )
}

#[cfg(test)]
mod tests;
