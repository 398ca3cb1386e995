use jit_domain::{
    catalogue::{ApiCollection, Audience},
    error::InvalidField,
    portal::CollectionDraft,
};

use super::{
    super::form::{FieldNames, Fields},
    CollectionFields,
};

pub(super) const NAMES: &FieldNames = &[
    ("slug", "slug", "Short name"),
    ("document", "document", "Document"),
    ("name", "name", "Name"),
    ("api_version", "api_version", "Version"),
    ("summary", "summary", "Summary"),
    ("owner", "owner", "Owner"),
    ("tags", "tags", "Tags"),
    ("upstream", "upstream", "Upstream"),
    ("audience", "audience", "Audience"),
];

/// For a new one, what is left empty is read from the document.
pub(super) fn draft_of_new(fields: &Fields) -> Result<CollectionDraft, InvalidField> {
    Ok(CollectionDraft {
        document: Some(jit_http::document::from_text(fields.text("document"))?),
        name: fields.some("name"),
        slug: fields.some("slug"),
        api_version: fields.some("api_version"),
        summary: fields.some("summary"),
        owner: fields.some("owner"),
        tags: fields.some("tags").map(|text| tags(&text)),
        upstream: fields.some("upstream"),
        audience: Some(audience(fields)?),
    })
}

/// For one that is there, everything is as the form says; the document stays.
pub(super) fn draft_of_change(fields: &Fields) -> Result<CollectionDraft, InvalidField> {
    let text = |name| Some(fields.text(name).to_owned());
    Ok(CollectionDraft {
        document: None,
        name: text("name"),
        slug: None,
        api_version: text("api_version"),
        summary: text("summary"),
        owner: text("owner"),
        tags: Some(tags(fields.text("tags"))),
        upstream: text("upstream"),
        audience: Some(audience(fields)?),
    })
}

fn tags(text: &str) -> Vec<String> {
    let tags = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    tags.map(str::to_owned).collect()
}

fn audience(fields: &Fields) -> Result<Audience, InvalidField> {
    if fields.text("audience") != "groups" {
        return Ok(Audience::Everyone);
    }
    let groups = fields.all("groups").map(|text| {
        let wrong = |_| InvalidField::new("audience", "groups that exist", text);
        text.parse().map_err(wrong)
    });
    Ok(Audience::Groups(groups.collect::<Result<_, _>>()?))
}

impl CollectionFields {
    pub(super) fn stored(collection: &ApiCollection) -> Self {
        let audience = match collection.audience {
            Audience::Everyone => "everyone",
            Audience::Groups(_) => "groups",
        };
        Self {
            name: collection.name.to_string(),
            slug: collection.slug.to_string(),
            api_version: collection.api_version.to_string(),
            summary: collection.summary.to_string(),
            owner: collection.owner.clone(),
            tags: collection.tags.join(", "),
            upstream: collection.upstream.clone(),
            audience: audience.to_owned(),
        }
    }

    pub(super) fn typed(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            name: text("name"),
            slug: text("slug"),
            api_version: text("api_version"),
            summary: text("summary"),
            owner: text("owner"),
            tags: text("tags"),
            upstream: text("upstream"),
            audience: text("audience"),
        }
    }
}
