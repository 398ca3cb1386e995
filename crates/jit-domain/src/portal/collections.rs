use crate::{
    api_document::ApiDocument,
    audit::Event,
    catalogue::{ApiCollection, Audience, Publication},
    change::{Change, Ref},
    console::ConsoleCaller,
    error::{Error, InvalidField, Problems, Rejection},
    ids::ApiCollectionId,
    values::{Name, Slug, Summary, Timestamp, Version, http_address},
    views::GroupRow,
};

use super::{Decided, Expected, Portal};

mod publication;

/// What an administrator wants a collection to be. What is absent is taken from the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CollectionDraft {
    /// The OpenAPI document as JSON text. When a collection is changed, absent keeps the present one.
    pub document: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// Its place in addresses. Only read when the collection is made.
    pub slug: Option<String>,
    /// The version in addresses.
    pub api_version: Option<String>,
    /// What it is for.
    pub summary: Option<String>,
    /// Who answers for it; at most 100 characters.
    pub owner: Option<String>,
    /// Words to filter by; at most 20 of at most 40 characters.
    pub tags: Option<Vec<String>>,
    /// Where calls go; `servers` of the document if absent.
    pub upstream: Option<String>,
    /// Who may see it; everyone if absent.
    pub audience: Option<Audience>,
}

/// What a change of the publication did besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionChanges {
    /// The collection.
    pub collection: ApiCollection,
    /// How many pending requests were cancelled (R23).
    pub cancelled_requests: usize,
}

fn decide_collection(
    before: Option<&ApiCollection>,
    others: &[ApiCollection],
    groups: &[GroupRow],
    draft: &CollectionDraft,
    caller: &ConsoleCaller,
    new: ApiCollectionId,
    now: Timestamp,
) -> Result<Decided<ApiCollection>, Rejection> {
    let document = match (&draft.document, before) {
        (Some(text), _) => ApiDocument::parse(text)?,
        (None, Some(before)) => ApiDocument::parse(&before.document)?,
        (None, None) => return Err(InvalidField::new("document", "an OpenAPI document", "").into()),
    };
    // What was set by hand stays, also when a newer document is imported.
    let kept = |given: &Option<String>, kept: Option<String>, read: String| {
        given.clone().or(kept).unwrap_or(read)
    };
    let name = kept(
        &draft.name,
        before.map(|b| b.name.to_string()),
        document.title.clone(),
    );
    let api_version = kept(
        &draft.api_version,
        before.map(|b| b.api_version.to_string()),
        document.api_version(),
    );
    let summary = kept(
        &draft.summary,
        before.map(|b| b.summary.to_string()),
        document.summary.clone(),
    );
    let owner = kept(&draft.owner, before.map(|b| b.owner.clone()), String::new());
    let upstream = kept(
        &draft.upstream,
        before.map(|b| b.upstream.clone()),
        document.server.clone().unwrap_or_default(),
    );
    let tags = draft
        .tags
        .clone()
        .or(before.map(|b| b.tags.clone()))
        .unwrap_or(document.tags);
    let audience = draft
        .audience
        .clone()
        .or(before.map(|b| b.audience.clone()))
        .unwrap_or(Audience::Everyone);

    let mut problems = Problems::default();
    let slug = match (before, &draft.slug) {
        (Some(before), _) => Some(before.slug.clone()),
        (None, Some(slug)) => problems.check(Slug::parse("slug", slug)),
        (None, None) => problems.check(Slug::from_text("slug", &name)),
    };
    let name = problems.check(Name::parse("name", &name));
    let api_version = problems.check(Slug::parse("api_version", &api_version));
    let summary = problems.check(Summary::parse("summary", &summary));
    let upstream = problems.check(parse_upstream(&upstream));
    let owner = problems.check(short_text("owner", &owner, 100));
    let tags: Vec<_> = tags
        .iter()
        .filter_map(|tag| problems.check(short_text("tags", tag, 40)))
        .collect();
    if tags.len() > 20 {
        problems.add(InvalidField::new(
            "tags",
            "at most 20 tags",
            tags.len().to_string(),
        ));
    }
    let mut changes = audience_guards(&audience, groups, &mut problems);
    problems.finish()?;
    let (Some(slug), Some(name), Some(api_version), Some(summary), Some(upstream), Some(owner)) =
        (slug, name, api_version, summary, upstream, owner)
    else {
        return Err(Rejection::NotFound {
            what: "API collection",
        });
    };
    if before.is_none() && others.iter().any(|other| other.slug == slug) {
        return Err(Rejection::AlreadyExists {
            what: "API collection",
            name: slug.to_string(),
        });
    }
    let collection = ApiCollection {
        id: before.map_or(new, |before| before.id),
        workspace: caller.workspace,
        version: before.map_or(Version::FIRST, |before| before.version.next()),
        slug,
        api_version,
        name,
        summary,
        owner,
        tags,
        upstream,
        publication: before.map_or(Publication::Draft, |before| before.publication),
        audience,
        operations: document.operations,
        document_version: document.version,
        document: document.text,
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    };
    let event = match before {
        None => Event::made("api_collection.created", collection.id),
        Some(before) => Event::changed("api_collection.changed", before.id, before.version),
    };
    changes.push(Change::put(collection.clone()));
    Ok(Decided {
        result: collection,
        changes,
        events: vec![event],
    })
}

fn audience_guards(
    audience: &Audience,
    groups: &[GroupRow],
    problems: &mut Problems,
) -> Vec<Change> {
    let Audience::Groups(ids) = audience else {
        return vec![];
    };
    if ids.is_empty() {
        problems.add(InvalidField::new(
            "audience",
            "everyone, or at least one group",
            "",
        ));
    }
    let mut guards = Vec::new();
    for id in ids {
        match groups.iter().find(|row| row.group.id == *id) {
            Some(row) => guards.push(Change::Unchanged(Ref::EndUserGroup(*id), row.group.version)),
            None => problems.add(InvalidField::new(
                "audience",
                "groups that exist",
                id.to_string(),
            )),
        }
    }
    guards
}

fn short_text(field: &'static str, text: &str, most: usize) -> Result<String, InvalidField> {
    let text = text.trim();
    if text.chars().count() <= most && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err(InvalidField::new(
            field,
            format!("at most {most} printable characters"),
            text,
        ))
    }
}

/// An absolute http or https address without user, query and fragment; kept without a slash at its end.
fn parse_upstream(text: &str) -> Result<String, InvalidField> {
    const EXAMPLE: &str = "https://orders.internal/api";
    let text = text.trim().trim_end_matches('/');
    let address = http_address("upstream", text, EXAMPLE)?;
    let (_, path) = address.split_once("://").unwrap_or_default();
    // Whatever an upstream could read as another path would lead calls out of the collection.
    let climbs = path.contains("//") || path.contains("/.");
    if climbs || address.contains(['?', '#', '%', ';']) || address.len() > 500 {
        let expected = format!("an address such as {EXAMPLE}, without query, escapes and dots");
        return Err(InvalidField::new("upstream", expected, text));
    }
    Ok(address)
}

impl Portal {
    /// Every collection, drafts too, without documents.
    pub async fn list_collections(
        &self,
        caller: &ConsoleCaller,
    ) -> Result<Vec<ApiCollection>, Error> {
        caller.require_reader()?;
        let mut collections = self.ports.store.list_collections(caller.workspace).await?;
        collections.retain(|collection| collection.publication != Publication::Deleted);
        Ok(collections)
    }

    /// One collection with its document.
    pub async fn find_collection(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
    ) -> Result<ApiCollection, Error> {
        caller.require_reader()?;
        self.find_collection_to_change(caller, id).await
    }

    /// Makes a draft out of an OpenAPI document.
    pub async fn create_collection(
        &self,
        caller: &ConsoleCaller,
        draft: &CollectionDraft,
    ) -> Result<ApiCollection, Error> {
        self.save_collection(caller, None, Expected::Any, draft)
            .await
    }

    /// Changes a collection, or imports a newer document.
    pub async fn change_collection(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
        expected: Expected,
        draft: &CollectionDraft,
    ) -> Result<ApiCollection, Error> {
        self.save_collection(caller, Some(id), expected, draft)
            .await
    }

    async fn save_collection(
        &self,
        caller: &ConsoleCaller,
        id: Option<ApiCollectionId>,
        expected: Expected,
        draft: &CollectionDraft,
    ) -> Result<ApiCollection, Error> {
        caller.require_administrator()?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let others = store.list_collections(caller.workspace).await?;
            let groups = store.list_groups(caller.workspace).await?;
            let before = match id {
                None => None,
                Some(id) => {
                    let found = self.find_collection_to_change(caller, id).await?;
                    expected.check(found.version)?;
                    Some(found)
                }
            };
            let now = self.now();
            let new = self.id(ApiCollectionId::new, now);
            let decided =
                decide_collection(before.as_ref(), &others, &groups, draft, caller, new, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    async fn find_collection_to_change(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
    ) -> Result<ApiCollection, Error> {
        let found = self
            .ports
            .store
            .find_collection(caller.workspace, id)
            .await?;
        let present = found.filter(|found| found.publication != Publication::Deleted);
        Ok(present.ok_or(Rejection::NotFound {
            what: "API collection",
        })?)
    }
}
