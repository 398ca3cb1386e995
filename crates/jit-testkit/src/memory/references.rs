use jit_domain::{
    change::{Aggregate, Ref},
    ids::{ApiClientId, ApiCollectionId, IdpConnectionId, PolicyId, WorkspaceId},
};

use super::state::State;

impl State {
    /// Whether everything that an aggregate names is there.
    pub(super) fn references_exist(&self, aggregate: &Aggregate) -> bool {
        let workspace = aggregate.workspace();
        match aggregate {
            Aggregate::JitSettings(it) => {
                self.has_policy(workspace, it.policy) && self.has_groups(workspace, &it.groups)
            }
            Aggregate::EndUser(it) => self.has_groups(workspace, &it.groups()),
            Aggregate::ApiClient(it) => {
                self.end_users.find(workspace, it.owner()).is_some()
                    && self.has_policy(workspace, it.policy)
            }
            Aggregate::AccessRequest(it) => self.has_both(workspace, it.client, it.collection),
            Aggregate::Grant(it) => self.has_both(workspace, it.client, it.collection),
            Aggregate::SetupLink(it) => self.has_connection(workspace, it.connection),
            Aggregate::SignInAttempt(it) => self.has_connection(workspace, it.connection),
            _ => true,
        }
    }

    /// Whether a client authenticates as before (R4).
    pub(super) fn keeps_its_method(&self, aggregate: &Aggregate) -> bool {
        let Aggregate::ApiClient(client) = aggregate else {
            return true;
        };
        let before = self.clients.find(client.workspace(), client.id());
        before.is_none_or(|before| before.method() == client.method())
    }

    /// Whether something that must find it still names it (R8).
    pub(super) fn is_referred_to(&self, workspace: WorkspaceId, what: Ref) -> bool {
        let settings = self.settings.find(workspace, workspace);
        let mut clients = self.clients.of(workspace);
        match what {
            Ref::Policy(id) => {
                settings.is_some_and(|it| it.policy == Some(id))
                    || clients.any(|it| it.policy == Some(id))
            }
            Ref::EndUserGroup(id) => settings.is_some_and(|it| it.groups.contains(&id)),
            Ref::EndUser(id) => clients.any(|it| it.owner() == id),
            Ref::ApiClient(id) => {
                self.requests.of(workspace).any(|it| it.client == id)
                    || self.grants.of(workspace).any(|it| it.client == id)
            }
            Ref::ApiCollection(id) => {
                self.requests.of(workspace).any(|it| it.collection == id)
                    || self.grants.of(workspace).any(|it| it.collection == id)
            }
            _ => false,
        }
    }

    fn has_policy(&self, workspace: WorkspaceId, policy: Option<PolicyId>) -> bool {
        policy.is_none_or(|id| self.policies.find(workspace, id).is_some())
    }

    fn has_connection(&self, workspace: WorkspaceId, connection: IdpConnectionId) -> bool {
        self.connections.find(workspace, connection).is_some()
    }

    fn has_both(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
        collection: ApiCollectionId,
    ) -> bool {
        self.clients.find(workspace, client).is_some()
            && self.collections.find(workspace, collection).is_some()
    }
}
