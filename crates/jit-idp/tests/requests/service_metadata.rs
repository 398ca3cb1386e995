use jit_domain::connections::Switch;
use jit_idp::sp_metadata;
use roxmltree::{Document, Node};

use crate::world::{OURS, connection, service};

const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

fn all<'a>(document: &'a Document<'a>, name: &'static str) -> Vec<Node<'a, 'a>> {
    let nodes = document.descendants();
    nodes
        .filter(|node| node.tag_name().name() == name)
        .collect()
}

#[test]
fn metadata_names_the_audience_and_the_addresses() {
    let xml = sp_metadata(&connection(), &service(), &[]);
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name((METADATA, "EntityDescriptor")));
    assert_eq!(
        root.attribute("entityID"),
        Some(service().entity_id.as_str())
    );
    let locations: Vec<_> = document
        .descendants()
        .filter_map(|node| {
            let binding = node.attribute("Binding")?.rsplit(':').next()?;
            Some((node.tag_name().name(), binding, node.attribute("Location")?))
        })
        .collect();
    let (acs, slo) = (service().acs_url, service().slo_url);
    assert_eq!(
        locations,
        [
            ("SingleLogoutService", "HTTP-Redirect", slo.as_str()),
            ("SingleLogoutService", "HTTP-POST", slo.as_str()),
            ("AssertionConsumerService", "HTTP-POST", acs.as_str()),
        ]
    );
    assert!(all(&document, "KeyDescriptor").is_empty());
}

#[test]
fn metadata_names_our_key_for_both_uses_and_the_methods_that_are_safe() {
    let xml = sp_metadata(&connection(), &service(), &OURS);
    let document = Document::parse(&xml).unwrap();
    let keys = all(&document, "KeyDescriptor");
    let uses: Vec<_> = keys
        .iter()
        .map(|key| key.attribute("use").unwrap())
        .collect();
    assert_eq!(uses, ["signing", "encryption"]);
    for certificate in all(&document, "X509Certificate") {
        assert_eq!(
            certificate.text(),
            Some(OURS[0].certificate.base64_der.as_str())
        );
    }
    let methods: Vec<_> = all(&document, "EncryptionMethod")
        .into_iter()
        .map(|method| {
            method
                .attribute("Algorithm")
                .unwrap()
                .split('#')
                .nth(1)
                .unwrap()
        })
        .collect();
    assert_eq!(
        methods,
        ["aes256-gcm", "aes128-gcm", "rsa-oaep", "rsa-oaep-mgf1p"]
    );
}

#[test]
fn metadata_says_whether_requests_are_signed() {
    let mut connection = connection();
    let says = |connection: &_, keys: &[_]| {
        let xml = sp_metadata(connection, &service(), keys);
        xml.contains("AuthnRequestsSigned=\"true\"")
    };
    assert!(!says(&connection, &OURS));
    connection.saml.signed_requests = Switch::On;
    assert!(says(&connection, &OURS));
    assert!(!says(&connection, &[]), "a promise that cannot be kept");
    connection.saml.signed_requests = Switch::Off;
    connection.idp.as_mut().unwrap().wants_signed_requests = true;
    assert!(says(&connection, &OURS));
}
