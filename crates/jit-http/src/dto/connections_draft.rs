use jit_domain::{
    connections::{self, Binding, IdpConnection, IdpDescription, LogoutEndpoint},
    error::{InvalidField, Rejection},
    portal,
    ports::IdpMetadataSource,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    connection_options::{self, Provider, RoleRule, SamlOptions},
    connection_values::{AttributeMapping, ConnectionState, GroupSync, Switch},
};

/// What a connection should be. What the provider says of itself comes from exactly one of
/// `metadata_xml`, `metadata_url`, or the values `entity_id`, `sso_url` and `certificates`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectionDraft {
    /// What people see on the sign-in button.
    name: Option<String>,
    /// Its place in our addresses; made of the name if absent. Never changes afterwards.
    slug: Option<String>,
    /// If absent, `active` for a new connection whose provider is described, else `inactive`.
    state: Option<ConnectionState>,
    /// `other` if absent.
    provider: Option<Provider>,
    /// The text of the provider's metadata.
    #[serde(alias = "metadata")]
    metadata_xml: Option<String>,
    /// An https address of the provider's metadata. It is read again and again, so that new certificates arrive.
    metadata_url: Option<String>,
    entity_id: Option<String>,
    sso_url: Option<String>,
    /// `redirect` if absent.
    sso_binding: Option<connection_options::Binding>,
    slo_url: Option<String>,
    /// As PEM, or as base64 of the DER form.
    certificates: Option<Vec<String>>,
    attributes: Option<AttributeMapping>,
    /// `on` if absent.
    jit: Option<Switch>,
    /// Off if absent.
    group_sync: Option<GroupSync>,
    enforced_domains: Option<Vec<String>>,
    /// `off` if absent.
    linking: Option<Switch>,
    saml: Option<SamlOptions>,
    /// Which values of the groups attribute give a role in the console; the first that fits counts.
    console_roles: Option<Vec<RoleRule>>,
}

impl ConnectionDraft {
    /// The draft, with what is absent taken from `kept`, or as for a new connection.
    pub(crate) async fn into_draft(
        self,
        kept: Option<IdpConnection>,
        source: &dyn IdpMetadataSource,
    ) -> Result<portal::ConnectionDraft, Rejection> {
        let mut draft = kept.as_ref().map_or_else(
            || portal::ConnectionDraft::new("", connections::Provider::Other),
            portal::ConnectionDraft::of,
        );
        self.describe(&mut draft, source).await?;
        // A new connection is in use as soon as its provider is described, if nothing else is said.
        let usual =
            (kept.is_none() && draft.idp.is_some()).then_some(connections::ConnectionState::Active);
        let state = self.state.map(Into::into).or(usual);
        draft.slug = self.slug;
        set(&mut draft.name, self.name);
        set(&mut draft.state, state);
        set(&mut draft.provider, self.provider.map(Into::into));
        set(&mut draft.saml, self.saml.map(Into::into));
        set(&mut draft.attributes, self.attributes.map(Into::into));
        set(&mut draft.jit, self.jit.map(Into::into));
        set(&mut draft.group_sync, self.group_sync.map(Into::into));
        set(&mut draft.linking, self.linking.map(Into::into));
        let domains = self.enforced_domains.map(|it| it.into_iter().collect());
        set(&mut draft.enforced_domains, domains);
        let roles = |it: Vec<RoleRule>| it.into_iter().map(Into::into).collect();
        set(&mut draft.console_roles, self.console_roles.map(roles));
        Ok(draft)
    }

    /// What the provider says of itself, and where that comes from.
    async fn describe(
        &self,
        draft: &mut portal::ConnectionDraft,
        source: &dyn IdpMetadataSource,
    ) -> Result<(), Rejection> {
        let by_hand = self.entity_id.is_some()
            || self.sso_url.is_some()
            || self.slo_url.is_some()
            || self.certificates.is_some();
        let (idp, url) = match (&self.metadata_xml, &self.metadata_url, by_hand) {
            (Some(xml), None, false) => (source.read(xml).map_err(named("metadata_xml"))?, None),
            (None, Some(url), false) => {
                let fetched = source.fetch(url).await;
                let fetched = fetched.map_err(named("metadata_url"))?;
                (fetched, Some(url.clone()))
            }
            (None, None, true) => (self.by_hand(draft.idp.as_ref(), source)?, None),
            // A connection may be made first and described later.
            (None, None, false) => return Ok(()),
            _ => return Err(one_source("more than one of them").into()),
        };
        draft.idp = Some(idp);
        draft.metadata_url = url;
        Ok(())
    }

    fn by_hand(
        &self,
        kept: Option<&IdpDescription>,
        source: &dyn IdpMetadataSource,
    ) -> Result<IdpDescription, Rejection> {
        let needed = |field, given: &Option<String>, kept: Option<&String>| {
            let found = given.as_ref().or(kept).map(|text| text.trim().to_owned());
            found
                .filter(|text| !text.is_empty())
                .ok_or_else(|| InvalidField::new(field, "the value that the provider states", ""))
        };
        let certificates = match &self.certificates {
            Some(texts) => texts
                .iter()
                .map(|text| {
                    let read = source.read_certificate(text);
                    read.map_err(named("certificates"))
                })
                .collect::<Result<_, _>>()?,
            None => kept
                .map(|kept| kept.certificates.clone())
                .unwrap_or_default(),
        };
        Ok(IdpDescription {
            entity_id: needed("entity_id", &self.entity_id, kept.map(|k| &k.entity_id))?,
            sso_url: needed("sso_url", &self.sso_url, kept.map(|k| &k.sso_url))?,
            sso_binding: self.sso_binding.map_or_else(
                || kept.map(|kept| kept.sso_binding).unwrap_or_default(),
                Into::into,
            ),
            slo: match &self.slo_url {
                Some(url) => Some(LogoutEndpoint {
                    url: url.clone(),
                    response_url: None,
                    binding: Binding::Redirect,
                }),
                None => kept.and_then(|kept| kept.slo.clone()),
            },
            wants_signed_requests: kept.is_some_and(|kept| kept.wants_signed_requests),
            certificates,
        })
    }
}

fn set<T>(kept: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *kept = given;
    }
}

/// A mistake under the name of our input, whatever the reader calls it.
fn named(field: &'static str) -> impl Fn(InvalidField) -> InvalidField {
    move |wrong| InvalidField { field, ..wrong }
}

fn one_source(found: &str) -> InvalidField {
    InvalidField::new(
        "metadata_xml",
        "exactly one of metadata_xml, metadata_url, or entity_id with sso_url and certificates",
        found,
    )
}
