use crate::{
    access::{AccessRequest, RequestState},
    audit::Event,
    catalogue::{ApiCollection, Publication},
    change::{Change, Ref},
    console::ConsoleCaller,
    error::{Error, Rejection},
    ids::ApiCollectionId,
    portal::{Decided, Portal},
    values::{Slug, Timestamp},
};

use super::CollectionChanges;

fn decide_publication(
    collection: ApiCollection,
    publication: Publication,
    pending: Vec<AccessRequest>,
    now: Timestamp,
) -> Result<Decided<CollectionChanges>, Rejection> {
    if collection.publication == publication {
        let result = CollectionChanges {
            collection,
            cancelled_requests: 0,
        };
        return Ok(Decided {
            result,
            changes: vec![],
            events: vec![],
        });
    }
    let action = match publication {
        Publication::Published => "api_collection.published",
        Publication::Draft => "api_collection.unpublished",
        Publication::Deleted => "api_collection.deleted",
    };
    let event =
        Event::changed(action, collection.id, collection.version).with("slug", &collection.slug);
    let version = collection.version.next();
    let slug = match publication {
        // Frees the place in addresses for a successor.
        Publication::Deleted => Slug::restore(format!("deleted-{}", collection.id.uuid().simple())),
        _ => collection.slug.clone(),
    };
    let collection = ApiCollection {
        publication,
        slug,
        version,
        updated_at: now,
        ..collection
    };
    let mut changes = vec![Change::put(collection.clone())];
    let mut events = vec![event];
    let ended = if publication == Publication::Published {
        vec![]
    } else {
        pending
    };
    let cancelled_requests = ended.len();
    for request in ended {
        cancel(&request, now, &mut changes, &mut events)?;
    }
    Ok(Decided {
        result: CollectionChanges {
            collection,
            cancelled_requests,
        },
        changes,
        events,
    })
}

/// R23: a request for something that went away is cancelled, not forgotten.
fn cancel(
    request: &AccessRequest,
    now: Timestamp,
    changes: &mut Vec<Change>,
    events: &mut Vec<Event>,
) -> Result<(), Rejection> {
    events.push(Event::changed(
        "access_request.cancelled",
        request.id,
        request.version,
    ));
    changes.push(Change::put(
        request.ended(RequestState::Cancelled { at: now })?,
    ));
    Ok(())
}

fn decide_late_cancellations(
    collection: &ApiCollection,
    late: &[AccessRequest],
    now: Timestamp,
) -> Result<Decided<usize>, Rejection> {
    let (mut changes, mut events) = (vec![], vec![]);
    for request in late {
        cancel(request, now, &mut changes, &mut events)?;
    }
    if !changes.is_empty() {
        let guard = Change::Unchanged(Ref::ApiCollection(collection.id), collection.version);
        changes.push(guard);
    }
    Ok(Decided {
        result: late.len(),
        changes,
        events,
    })
}

impl Portal {
    /// Offers a collection to its audience, or takes it back and cancels pending requests (R23).
    pub async fn set_publication(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
        publication: Publication,
    ) -> Result<CollectionChanges, Error> {
        caller.require_administrator()?;
        let mut done = self
            .deciding(|| async {
                let collection = self.find_collection_to_change(caller, id).await?;
                let pending = self.pending_requests(caller, id).await?;
                let now = self.now();
                let decided = decide_publication(collection, publication, pending, now)?;
                self.commit(&caller.acting(now), decided).await
            })
            .await?;
        if publication != Publication::Published {
            done.cancelled_requests += self.cancel_late_requests(caller, id).await?;
        }
        Ok(done)
    }

    /// A request that was committed after the pending ones had been read relied on the collection as it
    /// was. None can come any more, so what waits now is all that is left.
    async fn cancel_late_requests(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
    ) -> Result<usize, Error> {
        let store = &self.ports.store;
        self.deciding(|| async {
            let found = store.find_collection(caller.workspace, id).await?;
            // Somebody may have offered it again, and then requests for it are welcome.
            let away = found.filter(|it| it.publication != Publication::Published);
            let Some(collection) = away else {
                return Ok(0);
            };
            let late = self.pending_requests(caller, id).await?;
            let now = self.now();
            let decided = decide_late_cancellations(&collection, &late, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    async fn pending_requests(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
    ) -> Result<Vec<AccessRequest>, Error> {
        let store = &self.ports.store;
        Ok(store
            .list_pending_requests_for(caller.workspace, id)
            .await?)
    }

    /// Deletes a collection: its grants end with it and its pending requests are cancelled (R23, R25).
    pub async fn delete_collection(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
    ) -> Result<CollectionChanges, Error> {
        self.set_publication(caller, id, Publication::Deleted).await
    }
}
