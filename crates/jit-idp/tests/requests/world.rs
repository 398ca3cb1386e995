//! A connection, our key, and a reader of what we send.

use std::{io::Read, sync::LazyLock};

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use flate2::read::DeflateDecoder;
use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    saml_keys::SamlKey,
    values::{Timestamp, Version},
};
use jit_idp::generate_saml_key;
use jit_testkit::fixtures::Fixtures;
use percent_encoding::percent_decode_str;
use x509_cert::{Certificate, der::Decode};

pub(crate) static OURS: LazyLock<Vec<SamlKey>> = LazyLock::new(|| {
    let (private, certificate) = generate_saml_key(now()).unwrap();
    vec![SamlKey {
        id: format!("key_{:032x}", 1).parse().unwrap(),
        workspace: Fixtures::named("acme", 1).workspace_id(),
        version: Version::FIRST,
        private,
        certificate,
        created_at: now(),
    }]
});

pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 5).unwrap()
}

pub(crate) fn connection() -> IdpConnection {
    Fixtures::named("acme", 1).connection("idp")
}

pub(crate) fn service() -> ServiceProvider {
    ServiceProvider {
        entity_id: "https://portal.example/sso/saml/a&b/metadata".into(),
        acs_url: "https://portal.example/sso/saml/a&b/acs".into(),
        slo_url: "https://portal.example/sso/saml/a&b/slo".into(),
    }
}

/// Whether our newest key made that signature with SHA-256.
pub(crate) fn is_ours(octets: &[u8], signature: &str) -> bool {
    let der = STANDARD.decode(&OURS[0].certificate.base64_der).unwrap();
    let certificate = Certificate::from_der(&der).unwrap();
    let key = certificate.tbs_certificate().subject_public_key_info();
    let key = key.subject_public_key.as_bytes().unwrap();
    let signature = STANDARD.decode(signature).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
    key.verify(octets, &signature).is_ok()
}

/// The value of a parameter of an address.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.find(|(found, _)| *found == name)?.1;
    Some(
        percent_decode_str(value)
            .decode_utf8()
            .unwrap()
            .into_owned(),
    )
}

pub(crate) fn inflated(base64: &str) -> String {
    let deflated = STANDARD.decode(base64).unwrap();
    let mut xml = String::new();
    let mut inflated = DeflateDecoder::new(deflated.as_slice());
    inflated.read_to_string(&mut xml).unwrap();
    xml
}
