//! What we say of ourselves to one identity provider (SAML metadata 2.4.4).

use jit_domain::{
    connections::{IdpConnection, ServiceProvider},
    saml_keys::SamlKey,
};

use crate::{
    escape::attribute_value,
    login_request::signs_requests,
    saml::names::{DSIG, METADATA, POST, PROTOCOL, REDIRECT, XENC11},
};

/// The metadata document of a connection.
///
/// It names each of our keys, newest first: for signing, and for encryption with the methods that do not depend
/// on anything else. CBC is understood too, but only in signed responses, so it is not asked for.
pub fn sp_metadata(
    connection: &IdpConnection,
    service: &ServiceProvider,
    keys: &[SamlKey],
) -> String {
    let keys_of = |write: fn(&SamlKey) -> String| keys.iter().map(write).collect::<String>();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="{METADATA}" entityID="{entity_id}">
  <md:SPSSODescriptor protocolSupportEnumeration="{PROTOCOL}" AuthnRequestsSigned="{signed}" WantAssertionsSigned="true">
{signing}{encryption}    <md:SingleLogoutService Binding="{REDIRECT}" Location="{slo_url}"/>
    <md:SingleLogoutService Binding="{POST}" Location="{slo_url}"/>
    <md:AssertionConsumerService Binding="{POST}" Location="{acs_url}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
"#,
        signed = signs_requests(connection) && !keys.is_empty(),
        signing = keys_of(|key| key_descriptor(key, "signing", "")),
        encryption = keys_of(|key| key_descriptor(key, "encryption", &encryption_methods())),
        entity_id = attribute_value(&service.entity_id),
        acs_url = attribute_value(&service.acs_url),
        slo_url = attribute_value(&service.slo_url),
    )
}

fn key_descriptor(key: &SamlKey, purpose: &str, methods: &str) -> String {
    format!(
        r#"    <md:KeyDescriptor use="{purpose}">
      <ds:KeyInfo xmlns:ds="{DSIG}"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
{methods}    </md:KeyDescriptor>
"#,
        certificate = key.certificate.base64_der,
    )
}

/// For the content, then for the key of the content; in either the better one first.
fn encryption_methods() -> String {
    let sha1 = format!(r#"<ds:DigestMethod xmlns:ds="{DSIG}" Algorithm="{DSIG}sha1"/>"#);
    let sha256 = format!(
        r#"<ds:DigestMethod xmlns:ds="{DSIG}" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{XENC11}mgf1sha256"/>"#
    );
    [
        ("http://www.w3.org/2009/xmlenc11#aes256-gcm", ""),
        ("http://www.w3.org/2009/xmlenc11#aes128-gcm", ""),
        ("http://www.w3.org/2009/xmlenc11#rsa-oaep", &sha256),
        ("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", &sha1),
    ]
    .map(|(algorithm, parameters)| {
        format!(
            "      <md:EncryptionMethod Algorithm=\"{algorithm}\">{parameters}</md:EncryptionMethod>\n"
        )
    })
    .concat()
}
