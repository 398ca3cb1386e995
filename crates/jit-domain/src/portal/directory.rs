//! What the console lists and looks up.

use crate::{
    access::{AccessRequest, Grant},
    catalogue::ApiCollection,
    clients::ApiClient,
    console::{Administrator, ConsoleCaller},
    error::{Error, Rejection},
    ids::{AccessRequestId, ApiClientId, EndUserId},
    people::EndUser,
    views::{
        AccessRequestFilter, AccessRequestRow, EndUserFilter, GrantFilter, GrantRow, Page,
        PageRequest,
    },
};

use super::{Caller, Portal};

/// A person with everything that the console shows of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUserDetail {
    /// The person.
    pub end_user: EndUser,
    /// Their client.
    pub client: Option<ApiClient>,
    /// Their newest grants, ended ones too.
    pub grants: Vec<GrantRow>,
    /// Their newest requests.
    pub requests: Vec<AccessRequestRow>,
}

/// A request with what it would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequestDetail {
    /// The request.
    pub request: AccessRequest,
    /// Who asks.
    pub requester: EndUser,
    /// What would call.
    pub client: ApiClient,
    /// What would be called.
    pub collection: ApiCollection,
    /// The grants of the client that the caller may see, ended ones too (R24).
    pub grants: Vec<Grant>,
}

impl Portal {
    /// A page of people.
    pub async fn list_end_users(
        &self,
        caller: &ConsoleCaller,
        filter: &EndUserFilter,
        page: &PageRequest,
    ) -> Result<Page<EndUser>, Error> {
        caller.require_reader()?;
        Ok(self
            .ports
            .store
            .list_end_users(caller.workspace, filter, page)
            .await?)
    }

    /// One person.
    pub async fn find_end_user(
        &self,
        caller: &ConsoleCaller,
        id: EndUserId,
    ) -> Result<EndUserDetail, Error> {
        caller.require_reader()?;
        let store = &self.ports.store;
        let end_user = store.find_end_user(caller.workspace, id).await?;
        let end_user = end_user.ok_or(Rejection::NotFound { what: "end user" })?;
        let client = store.find_client_of(caller.workspace, id).await?;
        let (mut grants, mut requests) = (vec![], vec![]);
        if let Some(client) = &client {
            let of_client = Some(client.id());
            let filter = GrantFilter {
                client: of_client,
                ..GrantFilter::default()
            };
            grants = store
                .list_grants(caller.workspace, &filter, &PageRequest::FIRST)
                .await?
                .items;
            let filter = AccessRequestFilter {
                client: of_client,
                ..AccessRequestFilter::default()
            };
            requests = store
                .list_access_requests(caller.workspace, &filter, &PageRequest::FIRST)
                .await?
                .items;
        }
        Ok(EndUserDetail {
            end_user,
            client,
            grants,
            requests,
        })
    }

    /// A page of clients.
    pub async fn list_clients(
        &self,
        caller: &ConsoleCaller,
        page: &PageRequest,
    ) -> Result<Page<ApiClient>, Error> {
        caller.require_reader()?;
        Ok(self
            .ports
            .store
            .list_clients(caller.workspace, page)
            .await?)
    }

    /// One client, for its owner and for readers of the console.
    pub async fn find_client(&self, caller: &Caller, id: ApiClientId) -> Result<ApiClient, Error> {
        match caller {
            Caller::EndUser(caller) => {
                let own = self.find_own_client(caller).await?;
                if own.id() == id {
                    Ok(own)
                } else {
                    Err(Rejection::NotFound { what: "API client" }.into())
                }
            }
            Caller::Console(caller) => {
                caller.require_reader()?;
                let found = self.ports.store.find_client(caller.workspace, id).await?;
                Ok(found.ok_or(Rejection::NotFound { what: "API client" })?)
            }
        }
    }

    /// A page of requests; approvers of named collections see theirs (R24).
    pub async fn list_access_requests(
        &self,
        caller: &ConsoleCaller,
        filter: &AccessRequestFilter,
        page: &PageRequest,
    ) -> Result<Page<AccessRequestRow>, Error> {
        let filter = limited(caller, filter);
        Ok(self
            .ports
            .store
            .list_access_requests(caller.workspace, &filter, page)
            .await?)
    }

    /// How many requests of the filter the caller sees (R24).
    pub async fn count_access_requests(
        &self,
        caller: &ConsoleCaller,
        filter: &AccessRequestFilter,
    ) -> Result<u64, Error> {
        let filter = limited(caller, filter);
        Ok(self
            .ports
            .store
            .count_access_requests(caller.workspace, &filter)
            .await?)
    }

    /// One request with what it would change; one of another's collections does not exist (R24).
    pub async fn find_access_request(
        &self,
        caller: &ConsoleCaller,
        id: AccessRequestId,
    ) -> Result<AccessRequestDetail, Error> {
        let store = &self.ports.store;
        let missing = Rejection::NotFound {
            what: "access request",
        };
        let request = store.find_access_request(caller.workspace, id).await?;
        let request = request
            .filter(|r| caller.may_see(r.collection))
            .ok_or(missing.clone())?;
        let requester = store
            .find_end_user(caller.workspace, request.requester)
            .await?;
        let client = store.find_client(caller.workspace, request.client).await?;
        let collection = store
            .find_collection(caller.workspace, request.collection)
            .await?;
        let mut grants = store
            .list_grants_of_client(caller.workspace, request.client)
            .await?;
        grants.retain(|grant| caller.may_see(grant.collection));
        Ok(AccessRequestDetail {
            requester: requester.ok_or(missing.clone())?,
            client: client.ok_or(missing.clone())?,
            collection: collection.ok_or(missing)?,
            request,
            grants,
        })
    }

    /// Every administrator.
    pub async fn list_administrators(
        &self,
        caller: &ConsoleCaller,
    ) -> Result<Vec<Administrator>, Error> {
        caller.require_reader()?;
        Ok(self
            .ports
            .store
            .list_administrators(caller.workspace)
            .await?)
    }
}

/// R24: an approver of named collections sees those only.
fn limited(caller: &ConsoleCaller, filter: &AccessRequestFilter) -> AccessRequestFilter {
    AccessRequestFilter {
        collections: caller.visible_collections().cloned(),
        ..filter.clone()
    }
}
