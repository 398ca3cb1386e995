//! The reads, a trait for each aggregate. Use cases take the whole [`Store`](super::Store);
//! code that needs less can ask for less, and tests can mock one alone.

use async_trait::async_trait;

use crate::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    change::GatewayChanges,
    clients::ApiClient,
    connections::IdpConnection,
    console::{Administrator, ApiToken, SetupLink, Workspace},
    error::{Reference, StoreError},
    gateway::{CallingClient, Route},
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, EndUserGroupId,
        EndUserId, GrantId, IdpConnectionId, PolicyId, SetupLinkId, SignInAttemptId, WorkspaceId,
    },
    people::{EndUser, EndUserGroup, Subject},
    saml_keys::SamlKey,
    sessions::{AuthnRequest, AuthnRequestId, Principal, Session},
    settings::JitSettings,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    tokens::SecretHash,
    values::{EmailAddress, Slug},
    views::{
        AccessRequestFilter, AccessRequestRow, AuditFilter, EndUserFilter, GrantFilter, GrantRow,
        GroupRow, Page, PageRequest, PolicyRow,
    },
};

type Read<T> = Result<T, StoreError>;

/// Tenants.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait WorkspaceRepository: Send + Sync {
    /// The workspace of that name.
    async fn find_workspace(&self, slug: &Slug) -> Read<Option<Workspace>>;
}

/// JIT user settings.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait SettingsRepository: Send + Sync {
    /// The settings, or `None`: not configured (R1).
    async fn find_jit_settings(&self, workspace: WorkspaceId) -> Read<Option<JitSettings>>;
}

/// Identity providers.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait ConnectionRepository: Send + Sync {
    /// One connection.
    async fn find_connection(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
    ) -> Read<Option<IdpConnection>>;
    /// The connection with that place in our addresses.
    async fn find_connection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<IdpConnection>>;
    /// All connections by name.
    async fn list_connections(&self, workspace: WorkspaceId) -> Read<Vec<IdpConnection>>;
    /// Our own keys, newest first.
    async fn list_saml_keys(&self, workspace: WorkspaceId) -> Read<Vec<SamlKey>>;
    /// One invitation to set up a connection.
    async fn find_setup_link(
        &self,
        workspace: WorkspaceId,
        id: SetupLinkId,
    ) -> Read<Option<SetupLink>>;
    /// The invitation with that hash.
    async fn find_setup_link_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<SetupLink>>;
    /// Every invitation for a connection, newest first.
    async fn list_setup_links(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
    ) -> Read<Vec<SetupLink>>;
}

/// The log of sign-ins.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait SignInLogRepository: Send + Sync {
    /// One attempt.
    async fn find_sign_in_attempt(
        &self,
        workspace: WorkspaceId,
        id: SignInAttemptId,
    ) -> Read<Option<SignInAttempt>>;
    /// A page of attempts, newest first.
    async fn list_sign_in_attempts(
        &self,
        workspace: WorkspaceId,
        filter: &SignInAttemptFilter,
        page: &PageRequest,
    ) -> Read<Page<SignInAttempt>>;
}

/// End users.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait EndUserRepository: Send + Sync {
    /// One person.
    async fn find_end_user(&self, workspace: WorkspaceId, id: EndUserId) -> Read<Option<EndUser>>;
    /// The person whom that provider knows by that name; byte for byte.
    async fn find_end_user_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<EndUser>>;
    /// Everybody with that address, without letter case, oldest first; addresses are not unique (R15).
    async fn list_end_users_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Vec<EndUser>>;
    /// A page of people, newest first.
    async fn list_end_users(
        &self,
        workspace: WorkspaceId,
        filter: &EndUserFilter,
        page: &PageRequest,
    ) -> Read<Page<EndUser>>;
    /// How many people there are.
    async fn count_end_users(&self, workspace: WorkspaceId) -> Read<u64>;
}

/// End-user groups.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait GroupRepository: Send + Sync {
    /// One group.
    async fn find_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Option<EndUserGroup>>;
    /// All groups by name.
    async fn list_groups(&self, workspace: WorkspaceId) -> Read<Vec<GroupRow>>;
    /// What keeps the group from being deleted (R8), in this order and by these names, as far as there are any:
    /// `JIT user settings`, `API collections` (audiences), `identity providers` (rules of group sync),
    /// `end users` (memberships of source `jit`).
    async fn list_references_to_group(
        &self,
        workspace: WorkspaceId,
        id: EndUserGroupId,
    ) -> Read<Vec<Reference>>;
}

/// API clients.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait ApiClientRepository: Send + Sync {
    /// One client.
    async fn find_client(&self, workspace: WorkspaceId, id: ApiClientId)
    -> Read<Option<ApiClient>>;
    /// The JIT client of a person.
    async fn find_client_of(
        &self,
        workspace: WorkspaceId,
        owner: EndUserId,
    ) -> Read<Option<ApiClient>>;
    /// A page of clients, newest first.
    async fn list_clients(
        &self,
        workspace: WorkspaceId,
        page: &PageRequest,
    ) -> Read<Page<ApiClient>>;
    /// How many clients a first login has made (R5, R7).
    async fn count_jit_clients(&self, workspace: WorkspaceId) -> Read<u64>;
}

/// Policies.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait PolicyRepository: Send + Sync {
    /// One policy.
    async fn find_policy(&self, workspace: WorkspaceId, id: PolicyId) -> Read<Option<Policy>>;
    /// All policies by name.
    async fn list_policies(&self, workspace: WorkspaceId) -> Read<Vec<PolicyRow>>;
    /// What keeps the policy from being deleted (R8), in this order and by these names, as far as there are any:
    /// `JIT user settings`, `API clients`.
    async fn list_references_to_policy(
        &self,
        workspace: WorkspaceId,
        id: PolicyId,
    ) -> Read<Vec<Reference>>;
}

/// API collections.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait CollectionRepository: Send + Sync {
    /// One collection with its document.
    async fn find_collection(
        &self,
        workspace: WorkspaceId,
        id: ApiCollectionId,
    ) -> Read<Option<ApiCollection>>;
    /// The collection with that place in addresses, with its document.
    async fn find_collection_by_slug(
        &self,
        workspace: WorkspaceId,
        slug: &Slug,
    ) -> Read<Option<ApiCollection>>;
    /// All collections by name, with an empty document.
    async fn list_collections(&self, workspace: WorkspaceId) -> Read<Vec<ApiCollection>>;
}

/// Access requests.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait AccessRequestRepository: Send + Sync {
    /// One request.
    async fn find_access_request(
        &self,
        workspace: WorkspaceId,
        id: AccessRequestId,
    ) -> Read<Option<AccessRequest>>;
    /// Every request of a client, newest first.
    async fn list_requests_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<AccessRequest>>;
    /// The pending requests for a collection (R23).
    async fn list_pending_requests_for(
        &self,
        workspace: WorkspaceId,
        collection: ApiCollectionId,
    ) -> Read<Vec<AccessRequest>>;
    /// A page of requests with names, newest first.
    async fn list_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
        page: &PageRequest,
    ) -> Read<Page<AccessRequestRow>>;
    /// How many requests the filter finds; [`MOST_COUNTED`](crate::views::MOST_COUNTED) and one if more.
    async fn count_access_requests(
        &self,
        workspace: WorkspaceId,
        filter: &AccessRequestFilter,
    ) -> Read<u64>;
}

/// Grants.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait GrantRepository: Send + Sync {
    /// One grant.
    async fn find_grant(&self, workspace: WorkspaceId, id: GrantId) -> Read<Option<Grant>>;
    /// Every grant of a client, newest first, ended ones too.
    async fn list_grants_of_client(
        &self,
        workspace: WorkspaceId,
        client: ApiClientId,
    ) -> Read<Vec<Grant>>;
    /// A page of grants with names, newest first, ended ones too.
    async fn list_grants(
        &self,
        workspace: WorkspaceId,
        filter: &GrantFilter,
        page: &PageRequest,
    ) -> Read<Page<GrantRow>>;
}

/// Who uses the console.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait ConsoleRepository: Send + Sync {
    /// One administrator.
    async fn find_administrator(
        &self,
        workspace: WorkspaceId,
        id: AdministratorId,
    ) -> Read<Option<Administrator>>;
    /// The administrator with a password and that address, without letter case.
    async fn find_administrator_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Option<Administrator>>;
    /// The administrator whom that provider knows by that name; byte for byte.
    async fn find_administrator_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<Administrator>>;
    /// Every administrator, oldest first.
    async fn list_administrators(&self, workspace: WorkspaceId) -> Read<Vec<Administrator>>;
    /// One token.
    async fn find_api_token(
        &self,
        workspace: WorkspaceId,
        id: ApiTokenId,
    ) -> Read<Option<ApiToken>>;
    /// The token with that hash.
    async fn find_api_token_by_hash(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<ApiToken>>;
    /// Every token, oldest first.
    async fn list_api_tokens(&self, workspace: WorkspaceId) -> Read<Vec<ApiToken>>;
}

/// Sessions and logins under way.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait SessionRepository: Send + Sync {
    /// The session with that hash.
    async fn find_session(
        &self,
        workspace: WorkspaceId,
        hash: &SecretHash,
    ) -> Read<Option<Session>>;
    /// The sessions of somebody, newest first, at most 1,000; those that have ended too, until they are forgotten.
    async fn list_sessions_of(
        &self,
        workspace: WorkspaceId,
        principal: Principal,
    ) -> Read<Vec<Session>>;
    /// The sessions that came through that connection under that name, byte for byte and whatever its format,
    /// newest first, at most 1,000.
    async fn list_sessions_by_name_id(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
        name_id: &str,
    ) -> Read<Vec<Session>>;
    /// A login under way.
    async fn find_authn_request(
        &self,
        workspace: WorkspaceId,
        id: AuthnRequestId,
    ) -> Read<Option<AuthnRequest>>;
    /// Whether that assertion was accepted before (R11).
    async fn is_assertion_accepted(
        &self,
        workspace: WorkspaceId,
        idp_entity_id: &str,
        assertion_id: &str,
    ) -> Read<bool>;
}

/// The audit log.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait AuditRepository: Send + Sync {
    /// A page of the log, newest first.
    async fn list_audit_events(
        &self,
        workspace: WorkspaceId,
        filter: &AuditFilter,
        page: &PageRequest,
    ) -> Read<Page<AuditEvent>>;
}

/// What the gateway follows.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait GatewayRepository: Send + Sync {
    /// The number of the latest change; 0 if there was none.
    async fn find_latest_gateway_change(&self, workspace: WorkspaceId) -> Read<u64>;
    /// Changes with a greater number, at most 1,000, and where to read on.
    async fn list_gateway_changes(
        &self,
        workspace: WorkspaceId,
        after: u64,
    ) -> Read<GatewayChanges>;
    /// Clients with a greater id, in order of id, at most 1,000.
    async fn list_calling_clients(
        &self,
        workspace: WorkspaceId,
        after: Option<ApiClientId>,
    ) -> Read<Vec<CallingClient>>;
    /// One client.
    async fn find_calling_client(
        &self,
        workspace: WorkspaceId,
        id: ApiClientId,
    ) -> Read<Option<CallingClient>>;
    /// Every route, those of drafts and of deleted collections too.
    async fn list_routes(&self, workspace: WorkspaceId) -> Read<Vec<Route>>;
}
