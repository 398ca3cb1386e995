use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
        ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, RSA_PKCS1_SHA256,
        RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaKeyPair,
    },
};
use rcgen::{CertificateParams, KeyPair, RsaKeySize, SignatureAlgorithm};

use super::*;

const METHODS: [SignatureMethod; 6] = [
    SignatureMethod::RsaSha256,
    SignatureMethod::RsaSha384,
    SignatureMethod::RsaSha512,
    SignatureMethod::EcdsaSha256,
    SignatureMethod::EcdsaSha384,
    SignatureMethod::EcdsaSha512,
];

fn key_of(pair: &KeyPair) -> Result<VerifyingKey, Refusal> {
    let certificate = CertificateParams::default().self_signed(pair).unwrap();
    let pem = X509::parse(&certificate.pem_lines()).unwrap();
    VerifyingKey::from_certificate(&pem)
}

trait PemLines {
    fn pem_lines(&self) -> String;
}

impl PemLines for rcgen::Certificate {
    fn pem_lines(&self) -> String {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let text = STANDARD.encode(self.der());
        let lines: Vec<_> = text
            .as_bytes()
            .chunks(64)
            .map(String::from_utf8_lossy)
            .collect();
        format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            lines.join("\n")
        )
    }
}

#[test]
fn an_elliptic_curve_key_verifies_its_own_method_only() {
    let curves: [(
        &'static SignatureAlgorithm,
        &'static EcdsaSigningAlgorithm,
        SignatureMethod,
    ); 3] = [
        (
            &rcgen::PKCS_ECDSA_P256_SHA256,
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            SignatureMethod::EcdsaSha256,
        ),
        (
            &rcgen::PKCS_ECDSA_P384_SHA384,
            &ECDSA_P384_SHA384_FIXED_SIGNING,
            SignatureMethod::EcdsaSha384,
        ),
        (
            &rcgen::PKCS_ECDSA_P521_SHA512,
            &ECDSA_P521_SHA512_FIXED_SIGNING,
            SignatureMethod::EcdsaSha512,
        ),
    ];
    for (algorithm, signing, method) in curves {
        let pair = KeyPair::generate_for(algorithm).unwrap();
        let key = key_of(&pair).unwrap();
        let signer = EcdsaKeyPair::from_pkcs8(signing, &pair.serialize_der()).unwrap();
        let signature = signer.sign(&SystemRandom::new(), b"message").unwrap();
        for tried in METHODS {
            assert_eq!(
                key.verifies(tried, b"message", signature.as_ref()),
                tried == method
            );
        }
        assert!(!key.verifies(method, b"another", signature.as_ref()));
    }
}

#[test]
fn an_rsa_key_verifies_with_each_length_of_sha2() {
    let pair = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let key = key_of(&pair).unwrap();
    let signer = RsaKeyPair::from_pkcs8(&pair.serialize_der()).unwrap();
    for (encoding, method) in [
        (&RSA_PKCS1_SHA256, SignatureMethod::RsaSha256),
        (&RSA_PKCS1_SHA384, SignatureMethod::RsaSha384),
        (&RSA_PKCS1_SHA512, SignatureMethod::RsaSha512),
    ] {
        let mut signature = vec![0; signer.public_modulus_len()];
        signer
            .sign(encoding, &SystemRandom::new(), b"message", &mut signature)
            .unwrap();
        for tried in METHODS {
            assert_eq!(key.verifies(tried, b"message", &signature), tried == method);
        }
    }
}

#[test]
fn other_kinds_of_keys_are_refused_by_name() {
    let pair = KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    assert_eq!(key_of(&pair).unwrap_err().code(), "key_unsupported");
}

#[test]
fn the_length_of_a_modulus_is_counted_in_bits() {
    // RSAPublicKey ::= SEQUENCE { INTEGER 0x00ff01 (16 bits), INTEGER 3 }
    assert_eq!(
        rsa_bits(&[0x30, 8, 2, 3, 0x00, 0xff, 0x01, 2, 1, 3]),
        Some(16)
    );
    assert_eq!(rsa_bits(&[0x30, 7, 2, 2, 0x01, 0x01, 2, 1, 3]), Some(9));
    assert_eq!(rsa_bits(b"not DER"), None);
}

#[test]
fn what_is_no_certificate_is_refused_by_name() {
    for text in [
        "",
        "AAAA",
        "-----BEGIN CERTIFICATE-----\nÄ\n-----END CERTIFICATE-----",
    ] {
        assert_eq!(
            X509::parse(text).unwrap_err().code(),
            "certificate_invalid",
            "{text}"
        );
    }
}
