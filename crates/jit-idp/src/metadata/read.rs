//! Reading the document. Its signature, if any, is not looked at: an administrator vouches for where it is from.

use roxmltree::Node;

use super::MetadataError;
use crate::saml::{
    VerifyingKey, X509,
    decode::utf8,
    document::parse,
    limits::Limits,
    names::{DSIG, METADATA, POST, PROTOCOL, REDIRECT},
    nodes::{attribute, children, text},
};

/// The parts of the metadata of one identity provider that a login needs.
#[derive(Debug, Clone)]
pub struct IdpMetadata {
    /// `entityID`.
    pub entity_id: String,
    /// `SingleSignOnService` for the redirect binding.
    pub sso_redirect_url: Option<String>,
    /// `SingleSignOnService` for the POST binding.
    pub sso_post_url: Option<String>,
    /// `SingleLogoutService`, for the redirect binding if it has one.
    pub slo_url: Option<String>,
    /// The certificates for signing whose key can be used, each once; at least one.
    pub certificates: Vec<X509>,
}

impl IdpMetadata {
    /// A provider that rolls its key over has two; more than this is a mistake.
    const MOST_CERTIFICATES: usize = 10;

    /// Reads an `EntityDescriptor`, also inside an `EntitiesDescriptor` that has no other provider.
    pub fn read(xml: &[u8]) -> Result<Self, MetadataError> {
        let document = parse(utf8(xml, &Limits::METADATA)?, &Limits::METADATA)?;
        let (entity, role) = only_provider(document.root_element())?;
        let entity_id = attribute(entity, "entityID").filter(|id| !id.trim().is_empty());
        let sso = |binding| endpoint(role, "SingleSignOnService", binding);
        let slo = |binding| endpoint(role, "SingleLogoutService", binding);
        Ok(Self {
            entity_id: entity_id.ok_or(MetadataError::NoEntityId)?.to_owned(),
            sso_redirect_url: sso(REDIRECT)?,
            sso_post_url: sso(POST)?,
            slo_url: slo(REDIRECT)?.or(slo(POST)?),
            certificates: certificates(role)?,
        })
    }
}

/// The entity and its role as an identity provider of SAML 2.0.
fn only_provider<'a, 'x>(
    root: Node<'a, 'x>,
) -> Result<(Node<'a, 'x>, Node<'a, 'x>), MetadataError> {
    let name = root.tag_name();
    if name.namespace() != Some(METADATA)
        || !matches!(name.name(), "EntityDescriptor" | "EntitiesDescriptor")
    {
        return Err(MetadataError::NotMetadata(
            name.name().chars().take(80).collect(),
        ));
    }
    let roles: Vec<_> = root
        .descendants()
        .filter(|node| node.has_tag_name((METADATA, "EntityDescriptor")))
        .flat_map(|entity| {
            children(entity, METADATA, "IDPSSODescriptor").map(move |role| (entity, role))
        })
        .filter(|(_, role)| {
            let protocols = attribute(*role, "protocolSupportEnumeration").unwrap_or_default();
            protocols
                .split_ascii_whitespace()
                .any(|protocol| protocol == PROTOCOL)
        })
        .collect();
    match roles.as_slice() {
        &[only] => Ok(only),
        several => Err(MetadataError::NotOneProvider(several.len())),
    }
}

/// The first endpoint of that kind and binding.
fn endpoint(
    role: Node<'_, '_>,
    kind: &'static str,
    binding: &str,
) -> Result<Option<String>, MetadataError> {
    let found =
        children(role, METADATA, kind).find(|node| attribute(*node, "Binding") == Some(binding));
    let Some(location) = found.and_then(|node| attribute(node, "Location")) else {
        return Ok(None);
    };
    match reqwest::Url::parse(location) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(Some(location.to_owned()))
        }
        _ => Err(MetadataError::EndpointRefused(
            location.chars().take(80).collect(),
        )),
    }
}

/// The certificates of keys for signing, or for anything (SAML metadata 2.4.1.1).
fn certificates(role: Node<'_, '_>) -> Result<Vec<X509>, MetadataError> {
    let mut usable: Vec<X509> = Vec::new();
    let mut unusable = None;
    let nodes = children(role, METADATA, "KeyDescriptor")
        .filter(|key| matches!(attribute(*key, "use"), None | Some("signing")))
        .flat_map(|key| children(key, DSIG, "KeyInfo"))
        .flat_map(|info| children(info, DSIG, "X509Data"))
        // The first certificate has the key; more of them would be its chain.
        .filter_map(|data| children(data, DSIG, "X509Certificate").next());
    for node in nodes.take(IdpMetadata::MOST_CERTIFICATES) {
        let parsed = text(node).and_then(X509::parse);
        match parsed.and_then(|parsed| VerifyingKey::from_certificate(&parsed).map(|_| parsed)) {
            Ok(certificate) if usable.contains(&certificate) => {}
            Ok(certificate) => usable.push(certificate),
            Err(refusal) => unusable = Some(refusal),
        }
    }
    if usable.is_empty() {
        let why = unusable.map(|refusal| format!(": {}", refusal.found));
        return Err(MetadataError::NoCertificate(why.unwrap_or_default()));
    }
    Ok(usable)
}
