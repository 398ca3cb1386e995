use async_trait::async_trait;
use jit_domain::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    change::GatewayChanges,
    clients::ApiClient,
    connections::IdpConnection,
    console::{Administrator, ApiToken},
    error::Reference,
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

use super::{Between, Question, Read, Watch};

/// Every read but that of the workspace itself: first those with plain answers, then those that
/// give pages. The workspace is the first argument of each, a page the last.
macro_rules! repositories {
    ($($repository:ident {
        $($read:ident($($arg:ident: $of:ty),*) -> $answer:ty;)*
        $([$($list:ident($($filter:ident: $by:ty),*) -> $row:ty;)*])?
    })*) => {
        $(#[async_trait]
        impl<W: Watch> $repository for Between<W> {
            $(async fn $read(&self, workspace: WorkspaceId, $($arg: $of),*) -> Read<$answer> {
                let behind = self.0.behind();
                let question = Question { read: stringify!($read), workspace };
                self.0
                    .read(question, &move |workspace| behind.$read(workspace, $($arg),*))
                    .await
            })*

            $($(async fn $list(
                &self,
                workspace: WorkspaceId,
                $($filter: $by,)*
                page: &PageRequest,
            ) -> Read<Page<$row>> {
                let behind = self.0.behind();
                let question = Question { read: stringify!($list), workspace };
                self.0
                    .page(question, page, &move |workspace, page| {
                        Box::pin(async move {
                            behind.$list(workspace, $($filter,)* &page).await
                        })
                    })
                    .await
            })*)?
        })*

        /// The reads of a store that belong to a workspace, by name.
        pub const READS: &[&str] = &[
            $($(stringify!($read),)* $($(stringify!($list),)*)?)*
        ];
    };
}

repositories! {
    SettingsRepository {
        find_jit_settings() -> Option<JitSettings>;
    }
    ConnectionRepository {
        find_connection(id: IdpConnectionId) -> Option<IdpConnection>;
        find_connection_by_slug(slug: &Slug) -> Option<IdpConnection>;
        list_connections() -> Vec<IdpConnection>;
    }
    EndUserRepository {
        find_end_user(id: EndUserId) -> Option<EndUser>;
        find_end_user_by_subject(subject: &Subject) -> Option<EndUser>;
        list_end_users_by_email(email: &EmailAddress) -> Vec<EndUser>;
        count_end_users() -> u64;
        [list_end_users(filter: &EndUserFilter) -> EndUser;]
    }
    GroupRepository {
        find_group(id: EndUserGroupId) -> Option<EndUserGroup>;
        list_groups() -> Vec<GroupRow>;
        list_references_to_group(id: EndUserGroupId) -> Vec<Reference>;
    }
    ApiClientRepository {
        find_client(id: ApiClientId) -> Option<ApiClient>;
        find_client_of(owner: EndUserId) -> Option<ApiClient>;
        count_jit_clients() -> u64;
        [list_clients() -> ApiClient;]
    }
    PolicyRepository {
        find_policy(id: PolicyId) -> Option<Policy>;
        list_policies() -> Vec<PolicyRow>;
        list_references_to_policy(id: PolicyId) -> Vec<Reference>;
    }
    CollectionRepository {
        find_collection(id: ApiCollectionId) -> Option<ApiCollection>;
        find_collection_by_slug(slug: &Slug) -> Option<ApiCollection>;
        list_collections() -> Vec<ApiCollection>;
    }
    AccessRequestRepository {
        find_access_request(id: AccessRequestId) -> Option<AccessRequest>;
        list_requests_of_client(client: ApiClientId) -> Vec<AccessRequest>;
        list_pending_requests_for(collection: ApiCollectionId) -> Vec<AccessRequest>;
        count_access_requests(filter: &AccessRequestFilter) -> u64;
        [list_access_requests(filter: &AccessRequestFilter) -> AccessRequestRow;]
    }
    GrantRepository {
        find_grant(id: GrantId) -> Option<Grant>;
        list_grants_of_client(client: ApiClientId) -> Vec<Grant>;
        [list_grants(filter: &GrantFilter) -> GrantRow;]
    }
    ConsoleRepository {
        find_administrator(id: AdministratorId) -> Option<Administrator>;
        find_administrator_by_email(email: &EmailAddress) -> Option<Administrator>;
        list_administrators() -> Vec<Administrator>;
        find_api_token(id: ApiTokenId) -> Option<ApiToken>;
        find_api_token_by_hash(hash: &SecretHash) -> Option<ApiToken>;
        list_api_tokens() -> Vec<ApiToken>;
    }
    SessionRepository {
        find_session(hash: &SecretHash) -> Option<Session>;
        find_authn_request(id: AuthnRequestId) -> Option<AuthnRequest>;
        is_assertion_accepted(idp_entity_id: &str, assertion_id: &str) -> bool;
    }
    AuditRepository {
        [list_audit_events(filter: &AuditFilter) -> AuditEvent;]
    }
    GatewayRepository {
        find_latest_gateway_change() -> u64;
        list_gateway_changes(after: u64) -> GatewayChanges;
        list_calling_clients(after: Option<ApiClientId>) -> Vec<CallingClient>;
        find_calling_client(id: ApiClientId) -> Option<CallingClient>;
        list_routes() -> Vec<Route>;
    }
}
