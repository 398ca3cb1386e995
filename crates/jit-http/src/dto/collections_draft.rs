use jit_domain::portal;
use serde::Deserialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::collections::Audience;
use crate::{document, problem::Problem};

/// What a new collection should be. What is absent is taken from the document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCollection {
    /// An OpenAPI document: an object, or JSON or YAML text. At most 2 MiB.
    #[schema(value_type = Object)]
    document: Option<Value>,
    name: Option<String>,
    slug: Option<String>,
    api_version: Option<String>,
    summary: Option<String>,
    owner: Option<String>,
    tags: Option<Vec<String>>,
    /// Where calls go; the first absolute server of the document if absent.
    upstream: Option<String>,
    audience: Option<Audience>,
}

/// What to change about a collection. What is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectionChange {
    /// A newer OpenAPI document: an object, or JSON or YAML text. At most 2 MiB.
    #[schema(value_type = Option<Object>)]
    document: Option<Value>,
    name: Option<String>,
    api_version: Option<String>,
    summary: Option<String>,
    owner: Option<String>,
    tags: Option<Vec<String>>,
    upstream: Option<String>,
    audience: Option<Audience>,
}

/// What stands beside a document that is itself the body.
#[derive(Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BesideDocument {
    name: Option<String>,
    slug: Option<String>,
    api_version: Option<String>,
    summary: Option<String>,
    owner: Option<String>,
    /// Separated by commas.
    tags: Option<String>,
    upstream: Option<String>,
}

impl NewCollection {
    pub(crate) fn into_draft(self) -> Result<portal::CollectionDraft, Problem> {
        Ok(portal::CollectionDraft {
            document: self.document.map(document::from_member).transpose()?,
            name: self.name,
            slug: self.slug,
            api_version: self.api_version,
            summary: self.summary,
            owner: self.owner,
            tags: self.tags,
            upstream: self.upstream,
            audience: self.audience.map(Into::into),
        })
    }
}

impl CollectionChange {
    pub(crate) fn into_draft(self) -> Result<portal::CollectionDraft, Problem> {
        Ok(portal::CollectionDraft {
            document: self.document.map(document::from_member).transpose()?,
            name: self.name,
            slug: None,
            api_version: self.api_version,
            summary: self.summary,
            owner: self.owner,
            tags: self.tags,
            upstream: self.upstream,
            audience: self.audience.map(Into::into),
        })
    }
}

impl BesideDocument {
    pub(crate) fn with_document(self, document: String) -> portal::CollectionDraft {
        let words = |list: String| {
            let words = list
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            words.map(ToOwned::to_owned).collect()
        };
        portal::CollectionDraft {
            document: Some(document),
            name: self.name,
            slug: self.slug,
            api_version: self.api_version,
            summary: self.summary,
            owner: self.owner,
            tags: self.tags.map(words),
            upstream: self.upstream,
            audience: None,
        }
    }
}
