//! One list of all reads, for those who stand between a store and its callers.

/// Gives every read to a macro of yours, so that a store which stands in front of another needs no list
/// of its own. All of them but [`find_workspace`](crate::ports::WorkspaceRepository::find_workspace),
/// the one that names no workspace.
///
/// `for_each_read! { [my_macro] (anything) }` becomes `my_macro! { (anything) Repository { .. } .. }`.
/// In each repository come first the reads with plain answers, then, in brackets, the one that gives pages.
/// Left out, for they are the same in all: the first argument `workspace: WorkspaceId`, the last argument
/// `page: &PageRequest` of one that gives pages, and what holds the answers, `Result<_, StoreError>`
/// and, for pages, `Result<Page<_>, StoreError>`.
#[macro_export]
macro_rules! for_each_read {
    ([$($callback:tt)*] ($($extra:tt)*)) => {
        $($callback)*! {
            ($($extra)*)
            SettingsRepository {
                find_jit_settings() -> Option<$crate::settings::JitSettings>;
            }
            ConnectionRepository {
                find_connection(id: $crate::ids::IdpConnectionId) -> Option<$crate::connections::IdpConnection>;
                find_connection_by_slug(slug: &$crate::values::Slug) -> Option<$crate::connections::IdpConnection>;
                list_connections() -> Vec<$crate::connections::IdpConnection>;
                list_saml_keys() -> Vec<$crate::saml_keys::SamlKey>;
                find_setup_link(id: $crate::ids::SetupLinkId) -> Option<$crate::console::SetupLink>;
                find_setup_link_by_hash(hash: &$crate::tokens::SecretHash) -> Option<$crate::console::SetupLink>;
                list_setup_links(connection: $crate::ids::IdpConnectionId) -> Vec<$crate::console::SetupLink>;
            }
            SignInLogRepository {
                find_sign_in_attempt(id: $crate::ids::SignInAttemptId) -> Option<$crate::sign_in_log::SignInAttempt>;
                [list_sign_in_attempts(filter: &$crate::sign_in_log::SignInAttemptFilter) -> $crate::sign_in_log::SignInAttempt;]
            }
            EndUserRepository {
                find_end_user(id: $crate::ids::EndUserId) -> Option<$crate::people::EndUser>;
                find_end_user_by_subject(subject: &$crate::people::Subject) -> Option<$crate::people::EndUser>;
                list_end_users_by_email(email: &$crate::values::EmailAddress) -> Vec<$crate::people::EndUser>;
                count_end_users() -> u64;
                [list_end_users(filter: &$crate::views::EndUserFilter) -> $crate::people::EndUser;]
            }
            GroupRepository {
                find_group(id: $crate::ids::EndUserGroupId) -> Option<$crate::people::EndUserGroup>;
                list_groups() -> Vec<$crate::views::GroupRow>;
                list_references_to_group(id: $crate::ids::EndUserGroupId) -> Vec<$crate::error::Reference>;
            }
            ApiClientRepository {
                find_client(id: $crate::ids::ApiClientId) -> Option<$crate::clients::ApiClient>;
                find_client_of(owner: $crate::ids::EndUserId) -> Option<$crate::clients::ApiClient>;
                count_jit_clients() -> u64;
                [list_clients() -> $crate::clients::ApiClient;]
            }
            PolicyRepository {
                find_policy(id: $crate::ids::PolicyId) -> Option<$crate::catalogue::Policy>;
                list_policies() -> Vec<$crate::views::PolicyRow>;
                list_references_to_policy(id: $crate::ids::PolicyId) -> Vec<$crate::error::Reference>;
            }
            CollectionRepository {
                find_collection(id: $crate::ids::ApiCollectionId) -> Option<$crate::catalogue::ApiCollection>;
                find_collection_by_slug(slug: &$crate::values::Slug) -> Option<$crate::catalogue::ApiCollection>;
                list_collections() -> Vec<$crate::catalogue::ApiCollection>;
            }
            AccessRequestRepository {
                find_access_request(id: $crate::ids::AccessRequestId) -> Option<$crate::access::AccessRequest>;
                list_requests_of_client(client: $crate::ids::ApiClientId) -> Vec<$crate::access::AccessRequest>;
                list_pending_requests_for(collection: $crate::ids::ApiCollectionId) -> Vec<$crate::access::AccessRequest>;
                count_access_requests(filter: &$crate::views::AccessRequestFilter) -> u64;
                [list_access_requests(filter: &$crate::views::AccessRequestFilter) -> $crate::views::AccessRequestRow;]
            }
            GrantRepository {
                find_grant(id: $crate::ids::GrantId) -> Option<$crate::access::Grant>;
                list_grants_of_client(client: $crate::ids::ApiClientId) -> Vec<$crate::access::Grant>;
                [list_grants(filter: &$crate::views::GrantFilter) -> $crate::views::GrantRow;]
            }
            ConsoleRepository {
                find_administrator(id: $crate::ids::AdministratorId) -> Option<$crate::console::Administrator>;
                find_administrator_by_email(email: &$crate::values::EmailAddress) -> Option<$crate::console::Administrator>;
                find_administrator_by_subject(subject: &$crate::people::Subject) -> Option<$crate::console::Administrator>;
                list_administrators() -> Vec<$crate::console::Administrator>;
                find_api_token(id: $crate::ids::ApiTokenId) -> Option<$crate::console::ApiToken>;
                find_api_token_by_hash(hash: &$crate::tokens::SecretHash) -> Option<$crate::console::ApiToken>;
                list_api_tokens() -> Vec<$crate::console::ApiToken>;
            }
            SessionRepository {
                find_session(hash: &$crate::tokens::SecretHash) -> Option<$crate::sessions::Session>;
                list_sessions_of(principal: $crate::sessions::Principal) -> Vec<$crate::sessions::Session>;
                list_sessions_by_name_id(connection: $crate::ids::IdpConnectionId, name_id: &str) -> Vec<$crate::sessions::Session>;
                find_authn_request(id: $crate::sessions::AuthnRequestId) -> Option<$crate::sessions::AuthnRequest>;
                is_assertion_accepted(idp_entity_id: &str, assertion_id: &str) -> bool;
            }
            AuditRepository {
                [list_audit_events(filter: &$crate::views::AuditFilter) -> $crate::audit::AuditEvent;]
            }
            GatewayRepository {
                find_latest_gateway_change() -> u64;
                list_gateway_changes(after: u64) -> $crate::change::GatewayChanges;
                list_calling_clients(after: Option<$crate::ids::ApiClientId>) -> Vec<$crate::gateway::CallingClient>;
                find_calling_client(id: $crate::ids::ApiClientId) -> Option<$crate::gateway::CallingClient>;
                list_routes() -> Vec<$crate::gateway::Route>;
            }
        }
    };
}

/// Makes a store out of a field that is one: every read is passed on to it as it is.
///
/// What remains to be written is [`Store`](crate::ports::Store) itself: the commit.
/// `pass_reads_on!(MyStore, inner);`
#[macro_export]
macro_rules! pass_reads_on {
    ($store:ty, $field:ident) => {
        #[$crate::ports::async_trait]
        impl $crate::ports::WorkspaceRepository for $store {
            async fn find_workspace(
                &self,
                slug: &$crate::values::Slug,
            ) -> Result<Option<$crate::console::Workspace>, $crate::error::StoreError> {
                self.$field.find_workspace(slug).await
            }
        }

        $crate::for_each_read! { [$crate::__pass_each_on] ($store, $field) }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __pass_each_on {
    (($store:ty, $field:ident) $($repository:ident {
        $($read:ident($($arg:ident: $of:ty),*) -> $answer:ty;)*
        $([$list:ident($($filter:ident: $by:ty),*) -> $row:ty;])?
    })*) => {
        $($crate::__pass_each_on! {
            $store, $field, $repository
            $($read($($arg: $of),*) -> $answer;)*
            $($list($($filter: $by,)* page: &$crate::views::PageRequest) -> $crate::views::Page<$row>;)?
        })*
    };
    ($store:ty, $field:ident, $repository:ident $(
        $read:ident($($arg:ident: $of:ty),*) -> $answer:ty;
    )*) => {
        #[$crate::ports::async_trait]
        impl $crate::ports::$repository for $store {
            $(async fn $read(
                &self,
                workspace: $crate::ids::WorkspaceId,
                $($arg: $of),*
            ) -> Result<$answer, $crate::error::StoreError> {
                self.$field.$read(workspace, $($arg),*).await
            })*
        }
    };
}
