use jit_domain::connections;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    connection_options::{Binding, Provider, RoleRule, SamlOptions},
    connection_values::{AttributeMapping, ConnectionState, GroupSync, Switch},
    moment::Moment,
};
use crate::respond::HasId;

/// An identity provider.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Connection {
    id: String,
    slug: String,
    name: String,
    state: ConnectionState,
    provider: Provider,
    /// What the provider says of itself; null until that is known.
    idp: Option<IdpDescription>,
    /// Where that comes from.
    metadata: MetadataSource,
    saml: SamlOptions,
    /// What to tell the identity provider about this portal.
    sp: ServiceProvider,
    attributes: AttributeMapping,
    jit: Switch,
    group_sync: GroupSync,
    enforced_domains: Vec<String>,
    linking: Switch,
    console_roles: Vec<RoleRule>,
    created_at: Moment,
    version: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdpDescription {
    entity_id: String,
    sso_url: String,
    sso_binding: Binding,
    slo_url: Option<String>,
    certificates: Vec<Certificate>,
}

/// Where the description of the provider comes from.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "source", rename_all = "snake_case")]
pub(crate) enum MetadataSource {
    /// It was given, and stays.
    Given,
    /// It is read from an address again and again.
    Url {
        url: String,
        /// Why the last attempt changed nothing, if it did not work.
        problem: Option<RefreshProblem>,
    },
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefreshProblem {
    since: Moment,
    cause: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Certificate {
    /// SHA-256 of the DER form, to compare by eye.
    sha256: String,
    not_after: Moment,
    base64_der: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceProvider {
    entity_id: String,
    acs_url: String,
    slo_url: String,
    metadata_url: String,
    /// Where a login through this provider begins.
    login_url: String,
}

impl Connection {
    pub(crate) fn new(connection: connections::IdpConnection, public_url: &str) -> Self {
        let sp = connections::ServiceProvider::of(&connection, public_url);
        let certificate = |found: connections::SigningCertificate| Certificate {
            sha256: found.sha256,
            not_after: Moment(found.not_after),
            base64_der: found.base64_der,
        };
        let description = |idp: connections::IdpDescription| IdpDescription {
            entity_id: idp.entity_id,
            sso_url: idp.sso_url,
            sso_binding: idp.sso_binding.into(),
            slo_url: idp.slo.map(|slo| slo.url),
            certificates: idp.certificates.into_iter().map(certificate).collect(),
        };
        Self {
            id: connection.id.to_string(),
            name: connection.name.to_string(),
            state: match connection.state {
                connections::ConnectionState::Inactive => ConnectionState::Inactive,
                connections::ConnectionState::Active => ConnectionState::Active,
            },
            provider: connection.provider.into(),
            idp: connection.idp.map(description),
            metadata: connection.metadata.into(),
            saml: connection.saml.into(),
            sp: ServiceProvider {
                // The metadata stands at the address that names us.
                metadata_url: sp.entity_id.clone(),
                entity_id: sp.entity_id,
                acs_url: sp.acs_url,
                slo_url: sp.slo_url,
                login_url: format!("{public_url}/sso/saml/{}/login", connection.slug),
            },
            slug: connection.slug.to_string(),
            attributes: connection.attributes.into(),
            jit: connection.jit.into(),
            group_sync: connection.group_sync.into(),
            enforced_domains: connection.enforced_domains.into_iter().collect(),
            linking: connection.linking.into(),
            console_roles: connection
                .console_roles
                .into_iter()
                .map(RoleRule::from)
                .collect(),
            created_at: Moment(connection.created_at),
            version: connection.version.0,
        }
    }
}

impl From<connections::MetadataSource> for MetadataSource {
    fn from(source: connections::MetadataSource) -> Self {
        let problem = |it: connections::RefreshProblem| RefreshProblem {
            since: Moment(it.since),
            cause: it.cause,
        };
        match source {
            connections::MetadataSource::Given => Self::Given,
            connections::MetadataSource::Url { url, problem: it } => Self::Url {
                url,
                problem: it.map(problem),
            },
        }
    }
}

impl HasId for Connection {
    fn id(&self) -> &str {
        &self.id
    }
}
