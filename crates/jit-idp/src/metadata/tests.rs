use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    thread,
};

use jit_domain::connections::{Binding, LogoutEndpoint};
use jit_testkit::idp::{IdentityProvider, IdpKey};

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
    let kinds = [
        (
            xml.replace("HTTP-Redirect", "HTTP-Artifact")
                .replace("HTTP-POST", "SOAP"),
            MetadataError::NoLoginAddress,
        ),
        (xml.replace("entityID=", "id="), MetadataError::NoEntityId),
        (
            xml.replace("IDPSSODescriptor", "SPSSODescriptor"),
            MetadataError::NoProvider,
        ),
        (
            xml.replace("SAML:2.0:protocol\"", "SAML:1.1:protocol\""),
            MetadataError::NoProvider,
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

/// Answers each request on a free port of this machine with what belongs to its path, and closes.
fn serve(answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while stream.read_line(&mut head).unwrap() > 2 {}
            let path = head.split(' ').nth(1).unwrap();
            // Whoever has read enough may hang up before the end.
            let _ = stream.get_mut().write_all(answer(path).as_bytes());
        }
    });
    base
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
}

#[tokio::test]
async fn metadata_is_fetched_from_the_provider() {
    let base = serve(|_| ok(&idp().metadata_xml()));
    let fetched = SamlMetadata
        .fetch(&format!("{base}/metadata"))
        .await
        .unwrap();
    assert_eq!(fetched.entity_id, "http://127.0.0.1/idp/metadata");
}

#[tokio::test]
async fn what_is_too_large_too_far_or_no_success_is_refused() {
    let base = serve(|path| match path {
        "/large" => ok(&"x".repeat(1024 * 1024 + 1)),
        "/loop" => redirect("/loop"),
        "/fine" => ok("fine"),
        "/once" => redirect("/fine"),
        "/away" => redirect("http://idp.invalid/"),
        "/up" => redirect("https://idp.invalid/"),
        _ => "HTTP/1.1 410 Gone\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
    });
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

/// The endpoint for logins by redirect, and these behind it.
fn with_endpoints(endpoints: &[(&str, &str, &str)]) -> String {
    let whole = idp().metadata_xml();
    let others = |line: &&str| !line.contains("HTTP-POST") && !line.contains("Logout");
    let mut xml: String = whole.lines().filter(others).collect();
    for (kind, binding, rest) in endpoints {
        let node = format!(
            "<md:{kind} Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:{binding}\" {rest}/></md:IDPSSODescriptor>"
        );
        xml = xml.replace("</md:IDPSSODescriptor>", &node);
    }
    xml
}

#[test]
fn the_redirect_binding_is_preferred_and_the_post_binding_is_enough() {
    let post = (
        "SingleSignOnService",
        "HTTP-POST",
        "Location=\"https://idp.example/post\"",
    );
    let both = SamlMetadata.read(&with_endpoints(&[post])).unwrap();
    assert_eq!(both.sso_binding, Binding::Redirect);
    let only = with_endpoints(&[post]).replace("HTTP-Redirect", "SOAP");
    let only = SamlMetadata.read(&only).unwrap();
    assert_eq!(
        (only.sso_url.as_str(), only.sso_binding),
        ("https://idp.example/post", Binding::Post)
    );
}

#[test]
fn a_logout_endpoint_is_kept_with_the_address_of_answers() {
    let xml = with_endpoints(&[
        (
            "SingleLogoutService",
            "SOAP",
            "Location=\"https://idp.example/soap\"",
        ),
        (
            "SingleLogoutService",
            "HTTP-POST",
            "Location=\"https://idp.example/out\" ResponseLocation=\"https://idp.example/done\"",
        ),
    ]);
    let slo = LogoutEndpoint {
        url: "https://idp.example/out".into(),
        response_url: Some("https://idp.example/done".into()),
        binding: Binding::Post,
    };
    assert_eq!(SamlMetadata.read(&xml).unwrap().slo, Some(slo));
    let script = xml.replace("https://idp.example/done", "javascript:a");
    assert!(SamlMetadata.read(&script).is_err());
}

#[test]
fn a_provider_may_want_signed_requests() {
    let wants = |value| {
        let said = format!("WantAuthnRequestsSigned=\"{value}\"");
        let xml = idp()
            .metadata_xml()
            .replace("WantAuthnRequestsSigned=\"false\"", &said);
        SamlMetadata.read(&xml).unwrap().wants_signed_requests
    };
    assert!(wants("true") && wants("1"));
    assert!(!wants("false") && !wants("0") && !wants("yes"));
}

#[test]
fn a_federation_is_refused_with_the_number_of_its_providers() {
    let one = idp().metadata_xml();
    let one = &one[one.find("<md:EntityDescriptor").unwrap()..];
    let federation = format!(
        "<m:EntitiesDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\">{one}{one}</m:EntitiesDescriptor>"
    );
    assert_eq!(
        describe(federation.as_bytes()).unwrap_err(),
        MetadataError::Federation(2)
    );
}
