use std::{collections::BTreeMap, sync::Mutex};

use async_trait::async_trait;
use jit_domain::{
    connections::{IdpDescription, SigningCertificate},
    error::InvalidField,
    ports::IdpMetadataSource,
    values::Timestamp,
};

/// Knows in advance what each metadata document and each address says, and opens no connection.
#[derive(Debug, Default)]
pub struct ScriptedMetadata {
    script: Mutex<BTreeMap<String, IdpDescription>>,
}

impl ScriptedMetadata {
    /// From now on that document, or that address, describes that provider.
    pub fn describe(&self, text: &str, provider: IdpDescription) {
        if let Ok(mut script) = self.script.lock() {
            script.insert(text.to_owned(), provider);
        }
    }

    fn find(&self, field: &'static str, text: &str) -> Result<IdpDescription, InvalidField> {
        let known = self.script.lock().ok().and_then(|s| s.get(text).cloned());
        let expected = "a text that the test has written into the script";
        known.ok_or_else(|| InvalidField::new(field, expected, text))
    }
}

#[async_trait]
impl IdpMetadataSource for ScriptedMetadata {
    fn read(&self, xml: &str) -> Result<IdpDescription, InvalidField> {
        self.find("metadata", xml)
    }

    /// Any text is a certificate, and its own fingerprint.
    fn read_certificate(&self, text: &str) -> Result<SigningCertificate, InvalidField> {
        Ok(SigningCertificate {
            base64_der: text.to_owned(),
            sha256: text.to_owned(),
            not_after: Timestamp::UNIX_EPOCH,
        })
    }

    async fn fetch(&self, url: &str) -> Result<IdpDescription, InvalidField> {
        self.find("metadata_url", url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fixtures;

    #[tokio::test]
    async fn only_what_the_script_says_is_described() {
        let (metadata, provider) = (
            ScriptedMetadata::default(),
            Fixtures::default().idp_description("okta"),
        );
        metadata.describe("https://idp.example/metadata", provider.clone());
        let fetched = metadata.fetch("https://idp.example/metadata").await;
        assert_eq!(fetched, Ok(provider));
        assert!(metadata.read("<md:EntityDescriptor/>").is_err());
    }
}
