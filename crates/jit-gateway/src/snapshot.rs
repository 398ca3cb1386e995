//! What the gateway knows, in memory: a call is decided without the database.

use std::sync::Arc;

use jit_domain::{
    catalogue::Policy,
    change::GatewayChange,
    error::StoreError,
    gateway::{CallingClient, GatewayView, Route},
    ids::{PolicyId, WorkspaceId},
    ports::Store,
    tokens::SecretHash,
};

use crate::limits::MemoryLimits;

mod clients;
mod tables;

use clients::Clients;
use tables::{Policies, Routes};

/// A picture of one workspace, and what its clients have used of their limits.
///
/// Clients are many and change one by one, so they live in a concurrent map.
/// Routes and policies are few, so each table is replaced as a whole.
#[derive(Debug, Default)]
pub struct Snapshot {
    clients: Clients,
    routes: Routes,
    policies: Policies,
    limits: MemoryLimits,
}

impl Snapshot {
    /// Takes a picture of the workspace.
    ///
    /// What changes meanwhile may or may not be in it: ask for the number of the latest change
    /// before, and refresh what has changed since.
    pub async fn load(store: &dyn Store, workspace: WorkspaceId) -> Result<Self, StoreError> {
        let snapshot = Self::default();
        snapshot.routes.replace(store.list_routes(workspace).await?);
        let policies = store.list_policies(workspace).await?;
        for row in policies {
            snapshot.policies.put(row.policy);
        }
        let mut after = None;
        loop {
            let page = store.list_calling_clients(workspace, after).await?;
            let Some(last) = page.last() else {
                return Ok(snapshot);
            };
            after = Some(last.id);
            for client in page {
                snapshot.clients.put(client);
            }
        }
    }

    /// Puts a picture together by hand, for those who keep their clients elsewhere.
    pub fn from_parts(
        clients: impl IntoIterator<Item = CallingClient>,
        routes: Vec<Route>,
        policies: impl IntoIterator<Item = Policy>,
    ) -> Self {
        let snapshot = Self::default();
        snapshot.routes.replace(routes);
        for policy in policies {
            snapshot.policies.put(policy);
        }
        for client in clients {
            snapshot.clients.put(client);
        }
        snapshot
    }

    /// What clients have used.
    pub fn limits(&self) -> &MemoryLimits {
        &self.limits
    }

    /// Looks at one thing again.
    ///
    /// It reads what is there now, so notices may come twice and in any order. It must not run
    /// beside itself, or the older of two reads might be written last; the follower sees to that.
    pub(crate) async fn refresh(
        &self,
        store: &dyn Store,
        workspace: WorkspaceId,
        change: GatewayChange,
    ) -> Result<(), StoreError> {
        let client = match change {
            GatewayChange::Client(id) => id,
            GatewayChange::EndUser(id) => match store.find_client_of(workspace, id).await? {
                Some(client) => client.id(),
                // A client that went away has a notice of its own.
                None => return Ok(()),
            },
            GatewayChange::Policy(id) => {
                match store.find_policy(workspace, id).await? {
                    Some(policy) => self.policies.put(policy),
                    None => self.policies.remove(id),
                }
                return Ok(());
            }
            GatewayChange::Collection(_) => {
                // A collection's own record comes with its document; all routes weigh less.
                self.routes.replace(store.list_routes(workspace).await?);
                return Ok(());
            }
        };
        if let Some(found) = store.find_calling_client(workspace, client).await? {
            self.clients.put(found);
        } else {
            self.clients.remove(client);
            self.limits.forget(client);
        }
        Ok(())
    }
}

impl GatewayView for Snapshot {
    fn find_client(&self, hash: &SecretHash) -> Option<Arc<CallingClient>> {
        self.clients.find(hash)
    }

    fn find_route(&self, collection: &str, version: &str) -> Option<Arc<Route>> {
        self.routes.find(collection, version)
    }

    fn find_policy(&self, id: PolicyId) -> Option<Arc<Policy>> {
        self.policies.find(id)
    }
}
