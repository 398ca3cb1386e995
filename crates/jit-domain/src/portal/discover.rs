use crate::{
    access::{AccessRequest, Grant, RequestState},
    catalogue::{self, ApiCollection},
    clients::ApiClient,
    error::{Error, Rejection},
    people::EndUser,
    values::{Slug, Timestamp},
    views::{AccessState, CollectionForUser},
};

use super::{EndUserCaller, Portal};

/// What somebody looks for among the collections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiscoverQuery {
    /// Words, all of which must stand in the name, summary, owner or tags.
    pub text: String,
    /// Where the user stands with it.
    pub access: Option<AccessFilter>,
    /// A tag.
    pub tag: Option<String>,
}

/// Where a user stands with a collection, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessFilter {
    /// No request and no grant, or a rejected request.
    None,
    /// A request waits.
    Pending,
    /// The client may call.
    Granted,
}

/// What an end user may see, and where they stand with each (R18, R19).
///
/// A collection that the client may call is shown even if its audience has become smaller.
pub(super) fn for_user(
    collections: Vec<ApiCollection>,
    user: &EndUser,
    requests: &[AccessRequest],
    grants: &[Grant],
    now: Timestamp,
) -> Vec<CollectionForUser> {
    let groups = user.groups();
    let stand = |mut collection: ApiCollection| {
        let access = access_state(&collection, requests, grants, now);
        let granted = matches!(access, AccessState::Granted(_));
        let published = collection.publication == catalogue::Publication::Published;
        let seen = catalogue::is_visible(collection.publication, &collection.audience, &groups);
        if !granted {
            collection.document.clear();
        }
        (seen || (granted && published)).then_some(CollectionForUser { collection, access })
    };
    collections.into_iter().filter_map(stand).collect()
}

/// The live grant, else the pending request, else the latest request if it was rejected.
fn access_state(
    collection: &ApiCollection,
    requests: &[AccessRequest],
    grants: &[Grant],
    now: Timestamp,
) -> AccessState {
    if let Some(grant) = grants
        .iter()
        .find(|g| g.collection == collection.id && g.is_live(now))
    {
        return AccessState::Granted(grant.clone());
    }
    let mut own = requests
        .iter()
        .filter(|request| request.collection == collection.id);
    if let Some(pending) = own
        .clone()
        .find(|request| request.state == RequestState::Pending)
    {
        return AccessState::Pending(pending.clone());
    }
    match own.next() {
        Some(latest) if matches!(latest.state, RequestState::Rejected { .. }) => {
            AccessState::Rejected(latest.clone())
        }
        _ => AccessState::None,
    }
}

impl DiscoverQuery {
    /// Whether a collection is among what is looked for.
    pub fn finds(&self, found: &CollectionForUser) -> bool {
        let collection = &found.collection;
        let text = format!(
            "{} {} {} {}",
            collection.name,
            collection.summary,
            collection.owner,
            collection.tags.join(" ")
        )
        .to_lowercase();
        let words = self.text.to_lowercase();
        let standing = match (&found.access, self.access) {
            (_, None) => true,
            (AccessState::None | AccessState::Rejected(_), Some(filter)) => {
                filter == AccessFilter::None
            }
            (AccessState::Pending(_), Some(filter)) => filter == AccessFilter::Pending,
            (AccessState::Granted(_), Some(filter)) => filter == AccessFilter::Granted,
        };
        standing
            && words.split_whitespace().all(|word| text.contains(word))
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| collection.tags.contains(tag))
    }
}

/// An end user with their client, as they are now.
pub(super) struct Standing {
    pub(super) user: EndUser,
    pub(super) client: ApiClient,
}

impl Portal {
    pub(super) async fn standing(&self, caller: &EndUserCaller) -> Result<Standing, Error> {
        let store = &self.ports.store;
        let user = store
            .find_end_user(caller.workspace, caller.end_user)
            .await?;
        let user = user.ok_or(Rejection::NotFound { what: "end user" })?;
        if !user.is_usable() {
            return Err(Rejection::Suspended.into());
        }
        let client = store.find_client_of(caller.workspace, user.id).await?;
        let client = client.ok_or(Rejection::NotFound { what: "API client" })?;
        Ok(Standing { user, client })
    }

    /// Everything that the caller may see, by name; documents are left out.
    pub async fn discover(&self, caller: &EndUserCaller) -> Result<Vec<CollectionForUser>, Error> {
        let store = &self.ports.store;
        let Standing { user, client } = self.standing(caller).await?;
        let collections = store.list_collections(caller.workspace).await?;
        let requests = store
            .list_requests_of_client(caller.workspace, client.id())
            .await?;
        let grants = store
            .list_grants_of_client(caller.workspace, client.id())
            .await?;
        Ok(for_user(collections, &user, &requests, &grants, self.now()))
    }

    /// One collection that the caller may see; its document only with a grant (R19).
    /// One that the caller may not see is as unknown as one that does not exist (R18).
    pub async fn find_collection_for_user(
        &self,
        caller: &EndUserCaller,
        slug: &Slug,
    ) -> Result<CollectionForUser, Error> {
        let store = &self.ports.store;
        let Standing { user, client } = self.standing(caller).await?;
        let collection = store
            .find_collection_by_slug(caller.workspace, slug)
            .await?;
        let requests = store
            .list_requests_of_client(caller.workspace, client.id())
            .await?;
        let grants = store
            .list_grants_of_client(caller.workspace, client.id())
            .await?;
        let mut found = for_user(
            collection.into_iter().collect(),
            &user,
            &requests,
            &grants,
            self.now(),
        );
        Ok(found.pop().ok_or(Rejection::NotFound {
            what: "API collection",
        })?)
    }

    /// The caller's own client.
    pub async fn find_own_client(&self, caller: &EndUserCaller) -> Result<ApiClient, Error> {
        Ok(self.standing(caller).await?.client)
    }
}
