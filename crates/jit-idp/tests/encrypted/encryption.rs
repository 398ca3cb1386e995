//! XML Encryption 1.1 as providers do it.

use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey},
    cipher::{self, DecryptionContext, EncryptingKey, UnboundCipherKey},
    rand,
    rsa::{
        OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OAEP_SHA384_MGF1SHA384, OAEP_SHA512_MGF1SHA512,
        OaepAlgorithm, OaepPublicEncryptingKey, PublicEncryptingKey,
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_domain::connections::SigningCertificate;
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
};

pub(crate) const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
pub(crate) const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";
pub(crate) const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";
pub(crate) const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// How the content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Aes128Gcm,
    Aes256Gcm,
    Aes128Cbc,
    Aes256Cbc,
}

pub(crate) use Content::{Aes128Cbc, Aes128Gcm, Aes256Cbc, Aes256Gcm};

impl Content {
    pub(crate) const ALL: [Self; 4] = [Aes128Gcm, Aes256Gcm, Aes128Cbc, Aes256Cbc];

    fn uri(self) -> String {
        match self {
            Aes128Gcm => format!("{XENC11}aes128-gcm"),
            Aes256Gcm => format!("{XENC11}aes256-gcm"),
            Aes128Cbc => format!("{XENC}aes128-cbc"),
            Aes256Cbc => format!("{XENC}aes256-cbc"),
        }
    }

    fn key(self) -> Vec<u8> {
        match self {
            Aes128Gcm | Aes128Cbc => random::<16>().to_vec(),
            Aes256Gcm | Aes256Cbc => random::<32>().to_vec(),
        }
    }

    /// Initialization vector and ciphertext.
    pub(crate) fn encrypt(self, key: &[u8], plaintext: &[u8]) -> Vec<u8> {
        match self {
            Aes128Gcm => gcm(&AES_128_GCM, key, plaintext),
            Aes256Gcm => gcm(&AES_256_GCM, key, plaintext),
            Aes128Cbc => cbc(&cipher::AES_128, key, plaintext),
            Aes256Cbc => cbc(&cipher::AES_256, key, plaintext),
        }
    }
}

/// How the key of the content is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transport {
    Mgf1p,
    Oaep1,
    Oaep256,
    Oaep384,
    Oaep512,
}

impl Transport {
    pub(crate) const ALL: [Self; 5] = [
        Self::Mgf1p,
        Self::Oaep1,
        Self::Oaep256,
        Self::Oaep384,
        Self::Oaep512,
    ];

    fn algorithm(self) -> &'static OaepAlgorithm {
        match self {
            Self::Mgf1p | Self::Oaep1 => &OAEP_SHA1_MGF1SHA1,
            Self::Oaep256 => &OAEP_SHA256_MGF1SHA256,
            Self::Oaep384 => &OAEP_SHA384_MGF1SHA384,
            Self::Oaep512 => &OAEP_SHA512_MGF1SHA512,
        }
    }

    fn method(self) -> String {
        let (name, parameters) = match self {
            Self::Mgf1p => return method(&format!("{XENC}rsa-oaep-mgf1p"), &digest(SHA1)),
            Self::Oaep1 => ("rsa-oaep", String::new()),
            Self::Oaep256 => ("rsa-oaep", digest(SHA256) + &mask("mgf1sha256")),
            Self::Oaep384 => (
                "rsa-oaep",
                digest("http://www.w3.org/2001/04/xmldsig-more#sha384") + &mask("mgf1sha384"),
            ),
            Self::Oaep512 => (
                "rsa-oaep",
                digest("http://www.w3.org/2001/04/xmlenc#sha512") + &mask("mgf1sha512"),
            ),
        };
        method(&format!("{XENC11}{name}"), &parameters)
    }

    fn encrypt(self, certificate: &SigningCertificate, key: &[u8]) -> Vec<u8> {
        let der = STANDARD.decode(&certificate.base64_der).unwrap();
        let certificate = Certificate::from_der(&der).unwrap();
        let public = certificate.tbs_certificate().subject_public_key_info();
        let public = PublicEncryptingKey::from_der(&public.to_der().unwrap()).unwrap();
        let public = OaepPublicEncryptingKey::new(public).unwrap();
        let mut room = vec![0; public.ciphertext_size()];
        let wrapped = public.encrypt(self.algorithm(), key, &mut room, None);
        wrapped.unwrap().to_vec()
    }
}

/// One way to encrypt, to one certificate.
#[derive(Clone, Copy)]
pub(crate) struct Encryption<'a> {
    pub(crate) content: Content,
    pub(crate) transport: Transport,
    pub(crate) to: &'a SigningCertificate,
}

impl Encryption<'_> {
    /// `EncryptedAssertion` with the key in `KeyInfo`, canonical.
    pub(crate) fn assertion(self, plaintext: &str) -> String {
        let (data, key) = self.parts(plaintext.as_bytes());
        wrapped("EncryptedAssertion", &data, &key_info(&key), "")
    }

    /// `CipherValue` of the content, and `EncryptedKey`.
    pub(crate) fn parts(self, plaintext: &[u8]) -> (String, String) {
        let key = self.content.key();
        let value = STANDARD.encode(self.content.encrypt(&key, plaintext));
        let method = method(&self.content.uri(), "");
        let data = format!("{method}{{}}{}", cipher_data(&value));
        (data, self.key_for(&key, ""))
    }

    pub(crate) fn key_for(self, key: &[u8], attributes: &str) -> String {
        let wrapped = STANDARD.encode(self.transport.encrypt(self.to, key));
        format!(
            "<xenc:EncryptedKey xmlns:xenc=\"{XENC}\"{attributes}>{}{}</xenc:EncryptedKey>",
            self.transport.method(),
            cipher_data(&wrapped)
        )
    }
}

/// An encrypted element of that name; `{}` in `data` is the place of `KeyInfo`.
pub(crate) fn wrapped(name: &str, data: &str, key_info: &str, beside: &str) -> String {
    format!(
        "<saml:{name} xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">\
         <xenc:EncryptedData xmlns:xenc=\"{XENC}\" Type=\"{XENC}Element\">{}</xenc:EncryptedData>{beside}</saml:{name}>",
        data.replace("{}", key_info),
    )
}

/// `KeyInfo`; what it and the element around it declare is not declared again.
pub(crate) fn key_info(content: &str) -> String {
    let dsig = " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
    let xenc = format!(" xmlns:xenc=\"{XENC}\"");
    let content = content.replace(dsig, "").replace(&xenc, "");
    format!("<ds:KeyInfo{dsig}>{content}</ds:KeyInfo>")
}

pub(crate) fn method(uri: &str, parameters: &str) -> String {
    format!("<xenc:EncryptionMethod Algorithm=\"{uri}\">{parameters}</xenc:EncryptionMethod>")
}

pub(crate) fn digest(uri: &str) -> String {
    format!(
        "<ds:DigestMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Algorithm=\"{uri}\"></ds:DigestMethod>"
    )
}

fn mask(name: &str) -> String {
    format!("<xenc11:MGF xmlns:xenc11=\"{XENC11}\" Algorithm=\"{XENC11}{name}\"></xenc11:MGF>")
}

fn cipher_data(value: &str) -> String {
    format!("<xenc:CipherData><xenc:CipherValue>{value}</xenc:CipherValue></xenc:CipherData>")
}

fn gcm(algorithm: &'static Algorithm, key: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let nonce = random::<12>();
    let key = LessSafeKey::new(UnboundKey::new(algorithm, key).unwrap());
    let mut room = plaintext.to_vec();
    let unique = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(unique, Aad::empty(), &mut room)
        .unwrap();
    [nonce.as_slice(), &room].concat()
}

/// With the padding of XML Encryption: its length in the last octet, anything before it.
fn cbc(algorithm: &'static cipher::Algorithm, key: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let padding = 16 - plaintext.len() % 16;
    let mut room = plaintext.to_vec();
    room.extend_from_slice(&random::<16>()[..padding - 1]);
    room.push(u8::try_from(padding).unwrap());
    let key = EncryptingKey::cbc(UnboundCipherKey::new(algorithm, key).unwrap()).unwrap();
    let context = key.encrypt(&mut room).unwrap();
    let DecryptionContext::Iv128(vector) = context else {
        panic!("CBC without a vector")
    };
    [vector.as_ref().as_slice(), &room].concat()
}

fn random<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    rand::fill(&mut octets).unwrap();
    octets
}
