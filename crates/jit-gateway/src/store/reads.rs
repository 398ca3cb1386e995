//! Every read, passed on as it is.

use async_trait::async_trait;
use jit_domain::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    change::GatewayChanges,
    clients::ApiClient,
    connections::IdpConnection,
    console::{Administrator, ApiToken, Workspace},
    error::{Reference, StoreError},
    gateway::{CallingClient, Route},
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, EndUserGroupId,
        EndUserId, GrantId, IdpConnectionId, PolicyId, WorkspaceId,
    },
    people::{EndUser, EndUserGroup, Subject},
    ports::{
        AccessRequestRepository, ApiClientRepository, AuditRepository, CollectionRepository,
        ConnectionRepository, ConsoleRepository, EndUserRepository, GatewayRepository,
        GrantRepository, GroupRepository, PolicyRepository, SessionRepository, SettingsRepository,
        WorkspaceRepository,
    },
    sessions::{AuthnRequest, AuthnRequestId, Session},
    settings::JitSettings,
    tokens::SecretHash,
    values::{EmailAddress, Slug},
    views::{
        AccessRequestFilter, AccessRequestRow, AuditFilter, EndUserFilter, GrantFilter, GrantRow,
        GroupRow, Page, PageRequest, PolicyRow,
    },
};

use super::FollowedStore;

macro_rules! passed_on {
    ($($repository:ident {
        $($read:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*
    })*) => {$(
        #[async_trait]
        impl $repository for FollowedStore {
            $(async fn $read(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
                self.inner.$read($($argument),*).await
            })*
        }
    )*};
}

passed_on! {
    WorkspaceRepository {
        find_workspace(slug: &Slug) -> Option<Workspace>;
    }
    SettingsRepository {
        find_jit_settings(workspace: WorkspaceId) -> Option<JitSettings>;
    }
    ConnectionRepository {
        find_connection(workspace: WorkspaceId, id: IdpConnectionId) -> Option<IdpConnection>;
        find_connection_by_slug(workspace: WorkspaceId, slug: &Slug) -> Option<IdpConnection>;
        list_connections(workspace: WorkspaceId) -> Vec<IdpConnection>;
    }
    EndUserRepository {
        find_end_user(workspace: WorkspaceId, id: EndUserId) -> Option<EndUser>;
        find_end_user_by_subject(workspace: WorkspaceId, subject: &Subject) -> Option<EndUser>;
        list_end_users_by_email(workspace: WorkspaceId, email: &EmailAddress) -> Vec<EndUser>;
        list_end_users(workspace: WorkspaceId, filter: &EndUserFilter, page: &PageRequest) -> Page<EndUser>;
        count_end_users(workspace: WorkspaceId) -> u64;
    }
    GroupRepository {
        find_group(workspace: WorkspaceId, id: EndUserGroupId) -> Option<EndUserGroup>;
        list_groups(workspace: WorkspaceId) -> Vec<GroupRow>;
        list_references_to_group(workspace: WorkspaceId, id: EndUserGroupId) -> Vec<Reference>;
    }
    ApiClientRepository {
        find_client(workspace: WorkspaceId, id: ApiClientId) -> Option<ApiClient>;
        find_client_of(workspace: WorkspaceId, owner: EndUserId) -> Option<ApiClient>;
        list_clients(workspace: WorkspaceId, page: &PageRequest) -> Page<ApiClient>;
        count_jit_clients(workspace: WorkspaceId) -> u64;
    }
    PolicyRepository {
        find_policy(workspace: WorkspaceId, id: PolicyId) -> Option<Policy>;
        list_policies(workspace: WorkspaceId) -> Vec<PolicyRow>;
        list_references_to_policy(workspace: WorkspaceId, id: PolicyId) -> Vec<Reference>;
    }
    CollectionRepository {
        find_collection(workspace: WorkspaceId, id: ApiCollectionId) -> Option<ApiCollection>;
        find_collection_by_slug(workspace: WorkspaceId, slug: &Slug) -> Option<ApiCollection>;
        list_collections(workspace: WorkspaceId) -> Vec<ApiCollection>;
    }
    AccessRequestRepository {
        find_access_request(workspace: WorkspaceId, id: AccessRequestId) -> Option<AccessRequest>;
        list_requests_of_client(workspace: WorkspaceId, client: ApiClientId) -> Vec<AccessRequest>;
        list_pending_requests_for(workspace: WorkspaceId, collection: ApiCollectionId) -> Vec<AccessRequest>;
        list_access_requests(workspace: WorkspaceId, filter: &AccessRequestFilter, page: &PageRequest) -> Page<AccessRequestRow>;
        count_access_requests(workspace: WorkspaceId, filter: &AccessRequestFilter) -> u64;
    }
    GrantRepository {
        find_grant(workspace: WorkspaceId, id: GrantId) -> Option<Grant>;
        list_grants_of_client(workspace: WorkspaceId, client: ApiClientId) -> Vec<Grant>;
        list_grants(workspace: WorkspaceId, filter: &GrantFilter, page: &PageRequest) -> Page<GrantRow>;
    }
    ConsoleRepository {
        find_administrator(workspace: WorkspaceId, id: AdministratorId) -> Option<Administrator>;
        find_administrator_by_email(workspace: WorkspaceId, email: &EmailAddress) -> Option<Administrator>;
        list_administrators(workspace: WorkspaceId) -> Vec<Administrator>;
        find_api_token(workspace: WorkspaceId, id: ApiTokenId) -> Option<ApiToken>;
        find_api_token_by_hash(workspace: WorkspaceId, hash: &SecretHash) -> Option<ApiToken>;
        list_api_tokens(workspace: WorkspaceId) -> Vec<ApiToken>;
    }
    SessionRepository {
        find_session(workspace: WorkspaceId, hash: &SecretHash) -> Option<Session>;
        find_authn_request(workspace: WorkspaceId, id: AuthnRequestId) -> Option<AuthnRequest>;
        is_assertion_accepted(workspace: WorkspaceId, idp_entity_id: &str, assertion_id: &str) -> bool;
    }
    AuditRepository {
        list_audit_events(workspace: WorkspaceId, filter: &AuditFilter, page: &PageRequest) -> Page<AuditEvent>;
    }
    GatewayRepository {
        find_latest_gateway_change(workspace: WorkspaceId) -> u64;
        list_gateway_changes(workspace: WorkspaceId, after: u64) -> GatewayChanges;
        list_calling_clients(workspace: WorkspaceId, after: Option<ApiClientId>) -> Vec<CallingClient>;
        find_calling_client(workspace: WorkspaceId, id: ApiClientId) -> Option<CallingClient>;
        list_routes(workspace: WorkspaceId) -> Vec<Route>;
    }
}
