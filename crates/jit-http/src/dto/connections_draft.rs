use jit_domain::{
    connections::{self, IdpConnection, IdpDescription},
    error::{InvalidField, Rejection},
    portal,
    ports::IdpMetadataSource,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::connections::{AttributeMapping, ConnectionState, GroupSync, Switch};

/// What a connection should be. What the provider says of itself comes from exactly one of
/// `metadata_xml`, `metadata_url`, or the values `entity_id`, `sso_url` and `certificates`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectionDraft {
    /// What people see on the sign-in button.
    name: Option<String>,
    /// Its place in our addresses; made of the name if absent. Never changes afterwards.
    slug: Option<String>,
    /// `active` if absent.
    state: Option<ConnectionState>,
    /// The text of the provider's metadata.
    #[serde(alias = "metadata")]
    metadata_xml: Option<String>,
    /// An https address of the provider's metadata.
    metadata_url: Option<String>,
    entity_id: Option<String>,
    sso_url: Option<String>,
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
}

impl ConnectionDraft {
    /// The draft, with what is absent taken from `kept`, or as for a new connection.
    pub(crate) async fn into_draft(
        self,
        kept: Option<IdpConnection>,
        source: &dyn IdpMetadataSource,
    ) -> Result<portal::ConnectionDraft, Rejection> {
        let idp = self.describe(kept.as_ref().map(|kept| &kept.idp), source);
        let idp = idp.await?;
        let kept = kept.as_ref();
        let state = kept.map_or(connections::ConnectionState::Active, |kept| kept.state);
        let off = connections::Switch::Off;
        Ok(portal::ConnectionDraft {
            name: self
                .name
                .or_else(|| kept.map(|kept| kept.name.to_string()))
                .unwrap_or_default(),
            slug: self.slug,
            state: self.state.map_or(state, Into::into),
            idp,
            attributes: self
                .attributes
                .map(Into::into)
                .or_else(|| kept.map(|kept| kept.attributes.clone()))
                .unwrap_or_default(),
            jit: self.jit.map_or(
                kept.map_or(connections::Switch::On, |kept| kept.jit),
                Into::into,
            ),
            group_sync: self
                .group_sync
                .map(Into::into)
                .or_else(|| kept.map(|kept| kept.group_sync.clone()))
                .unwrap_or(connections::GroupSync::Off),
            enforced_domains: self
                .enforced_domains
                .map(|domains| domains.into_iter().collect())
                .or_else(|| kept.map(|kept| kept.enforced_domains.clone()))
                .unwrap_or_default(),
            linking: self
                .linking
                .map_or(kept.map_or(off, |kept| kept.linking), Into::into),
        })
    }

    async fn describe(
        &self,
        kept: Option<&IdpDescription>,
        source: &dyn IdpMetadataSource,
    ) -> Result<IdpDescription, Rejection> {
        let by_hand = self.entity_id.is_some()
            || self.sso_url.is_some()
            || self.slo_url.is_some()
            || self.certificates.is_some();
        match (&self.metadata_xml, &self.metadata_url, by_hand) {
            (Some(xml), None, false) => Ok(source.read(xml).map_err(named("metadata_xml"))?),
            (None, Some(url), false) => {
                let fetched = source.fetch(url).await;
                Ok(fetched.map_err(named("metadata_url"))?)
            }
            (None, None, true) => self.by_hand(kept, source),
            (None, None, false) => kept
                .cloned()
                .ok_or_else(|| one_source("none of them").into()),
            _ => Err(one_source("more than one of them").into()),
        }
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
            slo_url: self
                .slo_url
                .clone()
                .or_else(|| kept.and_then(|kept| kept.slo_url.clone())),
            certificates,
        })
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
