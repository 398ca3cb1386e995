use std::sync::Arc;

use jit_domain::{
    Portal,
    error::{Error, Rejection},
    ids::{AccessRequestId, ApiCollectionId, WorkspaceId},
    portal::EndUserCaller,
    ports::{AssertionVerifier, IdpMetadataSource},
    values::Slug,
    views::{AccessRequestFilter, AccessRequestRow, Page, PageLimit, PageRequest},
};
use uuid::Uuid;

use crate::problem::Problem;

/// What the API needs of the program around it.
#[derive(Clone)]
pub struct Api {
    /// The use cases.
    pub portal: Portal,
    /// Reads the examples of a preview (R10).
    pub verifier: Arc<dyn AssertionVerifier>,
    /// Reads what identity providers say of themselves.
    pub metadata: Arc<dyn IdpMetadataSource>,
    /// The tenant; the only one that this API reaches (R38).
    pub workspace: WorkspaceId,
    /// Where people reach the portal, without a slash at its end.
    pub public_url: String,
}

impl Api {
    /// The collection that a filter names by id or slug. One that is unknown filters everything away,
    /// so that nobody learns from a filter which collections there are (R24).
    pub(crate) async fn collection_to_filter(
        &self,
        named: Option<&str>,
    ) -> Result<Option<ApiCollectionId>, Problem> {
        let Some(named) = named else { return Ok(None) };
        if let Ok(id) = named.parse() {
            return Ok(Some(id));
        }
        let slug = Slug::parse("collection", named)?;
        let store = self.portal.store();
        let found = store.find_collection_by_slug(self.workspace, &slug).await;
        let id = found.map_err(Error::from)?.map(|found| found.id);
        Ok(Some(id.unwrap_or(ApiCollectionId::new(Uuid::nil()))))
    }

    /// The caller's own requests, as a filter limits them.
    pub(crate) async fn list_own_requests(
        &self,
        caller: &EndUserCaller,
        filter: AccessRequestFilter,
        page: &PageRequest,
    ) -> Result<Page<AccessRequestRow>, Problem> {
        let own = AccessRequestFilter {
            client: Some(self.portal.find_own_client(caller).await?.id()),
            ..filter
        };
        let store = self.portal.store();
        let rows = store.list_access_requests(caller.workspace, &own, page);
        Ok(rows.await.map_err(Error::from)?)
    }

    /// A request of the caller's own.
    pub(crate) async fn find_own_request(
        &self,
        caller: &EndUserCaller,
        id: AccessRequestId,
    ) -> Result<AccessRequestRow, Problem> {
        let mut page = PageRequest {
            after: None,
            limit: PageLimit::clamped(100),
        };
        loop {
            let part = self.portal.list_own_requests(caller, &page).await?;
            if let Some(row) = part.items.into_iter().find(|row| row.request.id == id) {
                return Ok(row);
            }
            page.after = part.next;
            if page.after.is_none() {
                let what = "access request";
                return Err(Rejection::NotFound { what }.into());
            }
        }
    }
}
