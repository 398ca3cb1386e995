//! Reading the document. Its signature, if any, is not looked at: an administrator vouches for where it is from.

use jit_domain::connections::{Binding, LogoutEndpoint};
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
    /// `SingleSignOnService`, for the redirect binding if it has one.
    pub sso_url: String,
    /// How requests travel there.
    pub sso_binding: Binding,
    /// `SingleLogoutService`, for the redirect binding if it has one.
    pub slo: Option<LogoutEndpoint>,
    /// `WantAuthnRequestsSigned`.
    pub wants_signed_requests: bool,
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
        let entity_id = entity_id.ok_or(MetadataError::NoEntityId)?.to_owned();
        let (sso, sso_binding) =
            endpoint(role, "SingleSignOnService").ok_or(MetadataError::NoLoginAddress)?;
        let wants_signed = attribute(role, "WantAuthnRequestsSigned").map(str::trim);
        Ok(Self {
            entity_id,
            sso_url: address(sso, "Location")?.ok_or(MetadataError::NoLoginAddress)?,
            sso_binding,
            slo: logout(role)?,
            wants_signed_requests: matches!(wants_signed, Some("true" | "1")),
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
        [] => Err(MetadataError::NoProvider),
        several => Err(MetadataError::Federation(several.len())),
    }
}

/// The first endpoint of that kind for the redirect binding, or else for the POST binding.
fn endpoint<'a, 'x>(role: Node<'a, 'x>, kind: &'static str) -> Option<(Node<'a, 'x>, Binding)> {
    let find =
        |uri| children(role, METADATA, kind).find(|it| attribute(*it, "Binding") == Some(uri));
    let redirect = find(REDIRECT).map(|it| (it, Binding::Redirect));
    redirect.or_else(|| find(POST).map(|it| (it, Binding::Post)))
}

fn logout(role: Node<'_, '_>) -> Result<Option<LogoutEndpoint>, MetadataError> {
    let Some((node, binding)) = endpoint(role, "SingleLogoutService") else {
        return Ok(None);
    };
    let response_url = address(node, "ResponseLocation")?;
    Ok(address(node, "Location")?.map(|url| LogoutEndpoint {
        url,
        response_url,
        binding,
    }))
}

/// An attribute that is a web address.
fn address(node: Node<'_, '_>, name: &str) -> Result<Option<String>, MetadataError> {
    let Some(location) = attribute(node, name) else {
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
