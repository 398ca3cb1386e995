//! A provider that logs out, and what it sends.

use std::{io::Write, sync::LazyLock};

use aws_lc_rs::{
    digest,
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use flate2::{Compression, write::DeflateEncoder};
use jit_domain::{
    connections::{Binding, IdpConnection, IdpDescription, LogoutEndpoint, ServiceProvider},
    saml_keys::SamlKey,
    values::{Timestamp, Version},
};
use jit_idp::{Received, ReceivedLogout, generate_saml_key, read_logout, saml::Refusal};
use jit_testkit::fixtures::Fixtures;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) static THEIRS: LazyLock<SamlKey> = LazyLock::new(key);
pub(crate) static OURS: LazyLock<SamlKey> = LazyLock::new(key);

pub(crate) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

fn key() -> SamlKey {
    let (private, certificate) = generate_saml_key(now()).unwrap();
    SamlKey {
        id: format!("key_{:032x}", 1).parse().unwrap(),
        workspace: Fixtures::named("acme", 1).workspace_id(),
        version: Version::FIRST,
        private,
        certificate,
        created_at: now(),
    }
}

pub(crate) fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap()
}

pub(crate) fn connection() -> IdpConnection {
    let fixtures = Fixtures::named("acme", 1);
    IdpConnection {
        idp: Some(IdpDescription {
            entity_id: "https://idp.example/metadata".into(),
            slo: Some(LogoutEndpoint {
                url: "https://idp.example/slo?a=b".into(),
                response_url: None,
                binding: Binding::Redirect,
            }),
            certificates: vec![THEIRS.certificate.clone()],
            ..fixtures.idp_description("idp")
        }),
        ..fixtures.connection("idp")
    }
}

pub(crate) fn service() -> ServiceProvider {
    ServiceProvider::of(&connection(), "https://portal.example")
}

/// `LogoutRequest` about Dana, canonical.
pub(crate) fn request() -> String {
    message(
        "LogoutRequest",
        " NotOnOrAfter=\"2026-01-01T00:05:00Z\"",
        "<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" Format=\"urn:f\">dana@example.com</saml:NameID>\
         <samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex>",
    )
}

/// `LogoutResponse` with that status, canonical.
pub(crate) fn response(status: &str) -> String {
    let status = format!("<samlp:Status>{status}</samlp:Status>");
    message("LogoutResponse", "", &status)
        .replace(" IssueInstant", " InResponseTo=\"_1\" IssueInstant")
}

pub(crate) fn code(value: &str, inner: &str) -> String {
    format!(
        "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:{value}\">{inner}</samlp:StatusCode>"
    )
}

fn message(name: &str, attributes: &str, body: &str) -> String {
    format!(
        "<samlp:{name} xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" Destination=\"{slo}\" ID=\"_m\" \
         IssueInstant=\"2026-01-01T00:00:00Z\"{attributes} Version=\"2.0\">\
         <saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">https://idp.example/metadata</saml:Issuer>\
         {body}</samlp:{name}>",
        slo = service().slo_url,
    )
}

pub(crate) fn sign(key: &SamlKey, octets: &[u8]) -> String {
    let pair = RsaKeyPair::from_pkcs8(&key.private.0).unwrap();
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        octets,
        &mut signature,
    )
    .unwrap();
    STANDARD.encode(signature)
}

/// The form field with an enveloped signature in the message.
pub(crate) fn posted(message: &str, key: &SamlKey) -> String {
    const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    const C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let digest = STANDARD.encode(digest::digest(&digest::SHA256, message.as_bytes()));
    let info = format!(
        "<SignedInfo xmlns=\"{DSIG}\"><CanonicalizationMethod Algorithm=\"{C14N}\"></CanonicalizationMethod>\
         <SignatureMethod Algorithm=\"{RSA_SHA256}\"></SignatureMethod><Reference URI=\"#_m\"><Transforms>\
         <Transform Algorithm=\"{DSIG}enveloped-signature\"></Transform><Transform Algorithm=\"{C14N}\"></Transform>\
         </Transforms><DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></DigestMethod>\
         <DigestValue>{digest}</DigestValue></Reference></SignedInfo>"
    );
    let value = sign(key, info.as_bytes());
    let signature = format!(
        "<Signature xmlns=\"{DSIG}\">{info}<SignatureValue>{value}</SignatureValue></Signature>"
    );
    STANDARD.encode(message.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1))
}

/// A query without a signature.
pub(crate) fn query(parameter: &str, message: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(message.as_bytes()).unwrap();
    let deflated = STANDARD.encode(encoder.finish().unwrap());
    format!("{parameter}={}", escaped(&deflated))
}

/// Adds `SigAlg` and `Signature` to a query.
pub(crate) fn signed(query: &str, algorithm: &str, key: &SamlKey) -> String {
    let query = format!("{query}&SigAlg={}", escaped(algorithm));
    let signature = sign(key, query.as_bytes());
    format!("{query}&Signature={}", escaped(&signature))
}

pub(crate) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

pub(crate) fn read(received: Received<'_>) -> Result<ReceivedLogout, Refusal> {
    let keys = std::slice::from_ref(&*OURS);
    read_logout(received, &connection(), &service(), keys, now())
}

#[track_caller]
pub(crate) fn assert_dana(received: Result<ReceivedLogout, Refusal>) {
    let Ok(ReceivedLogout::Request {
        id,
        name_id,
        session_indexes,
    }) = received
    else {
        panic!("{received:?}")
    };
    assert_eq!(id, "_m");
    assert_eq!(name_id.value, "dana@example.com");
    assert_eq!(name_id.format.as_deref(), Some("urn:f"));
    assert_eq!(session_indexes, ["_s1", "_s2"]);
}

#[track_caller]
pub(crate) fn assert_refused(received: Result<ReceivedLogout, Refusal>, code: &str) {
    assert_eq!(received.expect_err(code).code(), code);
}
