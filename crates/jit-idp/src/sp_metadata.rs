//! What we say of ourselves to one identity provider (SAML metadata 2.4.4).

use jit_domain::connections::ServiceProvider;

use crate::{
    escape::attribute_value,
    saml::names::{METADATA, POST, PROTOCOL},
};

/// The metadata document of a connection. It names no keys: requests are not signed, assertions not encrypted.
pub fn sp_metadata(service: &ServiceProvider) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="{METADATA}" entityID="{entity_id}">
  <md:SPSSODescriptor protocolSupportEnumeration="{PROTOCOL}" AuthnRequestsSigned="false" WantAssertionsSigned="true">
    <md:AssertionConsumerService Binding="{POST}" Location="{acs_url}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
"#,
        entity_id = attribute_value(&service.entity_id),
        acs_url = attribute_value(&service.acs_url),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_names_the_audience_and_the_address() {
        let service = ServiceProvider {
            entity_id: "https://portal.example/a\"b/metadata".into(),
            acs_url: "https://portal.example/a&b/acs".into(),
        };
        let xml = sp_metadata(&service);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let root = document.root_element();
        assert!(root.has_tag_name((METADATA, "EntityDescriptor")));
        assert_eq!(root.attribute("entityID"), Some(service.entity_id.as_str()));
        let acs = document
            .descendants()
            .find(|n| n.has_tag_name((METADATA, "AssertionConsumerService")));
        assert_eq!(
            acs.and_then(|n| n.attribute("Location")),
            Some(service.acs_url.as_str())
        );
    }
}
