use std::{net::SocketAddr, sync::Arc};

use axum::{Router, http::StatusCode, response::Redirect, routing::get};
use chrono::DateTime;
use jit_testkit::idp::{IdentityProvider, IdpKey};
use tokio::net::TcpListener;

use super::*;

fn idp() -> IdentityProvider {
    IdentityProvider::with_key("http://127.0.0.1/idp", Vec::new(), IdpKey::ecdsa())
}

#[test]
fn metadata_gives_what_a_connection_keeps() {
    let idp = idp();
    let read = SamlMetadata.read(&idp.metadata_xml()).unwrap();
    assert_eq!(read, idp.description());
    let wrapped = idp.metadata_xml().replacen(
        "<md:EntityDescriptor",
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"><!-- one --><md:EntityDescriptor",
        1,
    ) + "</md:EntitiesDescriptor>";
    assert_eq!(SamlMetadata.read(&wrapped).unwrap(), idp.description());
}

#[test]
fn a_certificate_may_be_pasted_with_or_without_its_frame() {
    let idp = idp();
    let expected = &idp.description().certificates[0];
    let base64 = &expected.base64_der;
    let pem = format!("-----BEGIN CERTIFICATE-----\r\n{base64}\r\n-----END CERTIFICATE-----\r\n");
    assert_eq!(SamlMetadata.read_certificate(&pem).as_ref(), Ok(expected));
    assert_eq!(SamlMetadata.read_certificate(base64).as_ref(), Ok(expected));
    assert!(SamlMetadata.read_certificate("hello").is_err());
}

#[test]
fn a_key_for_any_use_counts_and_one_for_encryption_does_not() {
    let xml = idp().metadata_xml();
    assert!(IdpMetadata::read(xml.replace(" use=\"signing\"", "").as_bytes()).is_ok());
    let encryption = xml.replace("use=\"signing\"", "use=\"encryption\"");
    let refused = IdpMetadata::read(encryption.as_bytes()).unwrap_err();
    assert_eq!(refused, MetadataError::NoCertificate(String::new()));
}

#[test]
fn one_certificate_twice_is_one() {
    let xml = idp().metadata_xml();
    let start = xml.find("<md:KeyDescriptor").unwrap();
    let end = xml.find("<md:NameIDFormat").unwrap();
    let twice = format!("{}{}{}", &xml[..end], &xml[start..end], &xml[end..]);
    assert_eq!(
        IdpMetadata::read(twice.as_bytes())
            .unwrap()
            .certificates
            .len(),
        1
    );
}

#[test]
fn every_other_document_is_refused_for_its_reason() {
    let xml = idp().metadata_xml();
    let read = |xml: &str| SamlMetadata.read(xml).unwrap_err();
    let html = read("<html/>");
    assert_eq!(html.expected, "an EntityDescriptor of SAML 2.0 metadata");
    let redirect = xml.replace("HTTP-Redirect", "HTTP-POST");
    assert!(
        IdpMetadata::read(redirect.as_bytes())
            .unwrap()
            .sso_post_url
            .is_some()
    );
    let kinds = [
        (redirect, MetadataError::NoRedirectBinding),
        (xml.replace("entityID=", "id="), MetadataError::NoEntityId),
        (
            xml.replace("IDPSSODescriptor", "SPSSODescriptor"),
            MetadataError::NotOneProvider(0),
        ),
        (
            xml.replace("SAML:2.0:protocol\"", "SAML:1.1:protocol\""),
            MetadataError::NotOneProvider(0),
        ),
        (
            xml.replace("http://127.0.0.1/idp/sso", "javascript:a"),
            MetadataError::EndpointRefused("javascript:a".into()),
        ),
    ];
    for (xml, expected) in kinds {
        assert_eq!(describe(xml.as_bytes()).unwrap_err(), expected);
    }
    let doctype = read(&xml.replace("?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>"));
    assert!(doctype.found.contains("markup declaration"), "{doctype:?}");
    assert!(
        read(&" ".repeat(1024 * 1024 + 1))
            .expected
            .contains("at most")
    );
}

/// Serves a router on a free port of this machine.
async fn serve(app: impl FnOnce(SocketAddr) -> Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app(address);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

#[tokio::test]
async fn metadata_is_fetched_from_the_provider() {
    let mut description = None;
    let base = serve(|address| {
        let idp = IdentityProvider::with_key(
            format!("http://{address}/idp"),
            Vec::new(),
            IdpKey::ecdsa(),
        );
        description = Some(idp.description());
        Router::new().nest("/idp", Arc::new(idp).router(|| DateTime::UNIX_EPOCH))
    })
    .await;
    let fetched = SamlMetadata.fetch(&format!("{base}/idp/metadata")).await;
    assert_eq!(fetched.ok(), description);
}

#[tokio::test]
async fn what_is_too_large_too_far_or_no_success_is_refused() {
    let base = serve(|_| {
        Router::new()
            .route("/large", get(|| async { "x".repeat(1024 * 1024 + 1) }))
            .route("/gone", get(|| async { StatusCode::GONE }))
            .route("/loop", get(|| async { Redirect::temporary("/loop") }))
            .route("/fine", get(|| async { "fine" }))
            .route("/once", get(|| async { Redirect::temporary("/fine") }))
            .route(
                "/away",
                get(|| async { Redirect::temporary("http://idp.invalid/") }),
            )
            .route(
                "/up",
                get(|| async { Redirect::temporary("https://idp.invalid/") }),
            )
    })
    .await;
    let fetch = async |path: &str| fetch_metadata(&format!("{base}{path}")).await;
    assert_eq!(
        fetch("/large").await,
        Err(MetadataError::TooLarge(1024 * 1024))
    );
    assert_eq!(fetch("/gone").await, Err(MetadataError::Status(410)));
    assert_eq!(fetch("/once").await.as_deref(), Ok(b"fine".as_slice()));
    let unreachable = |result| matches!(result, Err(MetadataError::Unreachable(_)));
    assert!(unreachable(fetch("/loop").await));
    for path in ["/away", "/up"] {
        let Err(MetadataError::Unreachable(why)) = fetch(path).await else {
            panic!("{path} was followed")
        };
        assert!(why.contains("redirect"), "{why}");
    }
    let refused = fetch_metadata("http://idp.example/metadata").await;
    assert!(matches!(refused, Err(MetadataError::AddressRefused(_))));
}
