use crate::{
    access::{AccessRequest, RequestState},
    audit::Event,
    catalogue::{ApiCollection, Publication},
    change::Change,
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

impl Portal {
    /// Offers a collection to its audience, or takes it back and cancels pending requests (R23).
    pub async fn set_publication(
        &self,
        caller: &ConsoleCaller,
        id: ApiCollectionId,
        publication: Publication,
    ) -> Result<CollectionChanges, Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let collection = self.find_collection_to_change(caller, id).await?;
            let pending = self
                .ports
                .store
                .list_pending_requests_for(caller.workspace, id)
                .await?;
            let now = self.now();
            let decided = decide_publication(collection, publication, pending, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
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
