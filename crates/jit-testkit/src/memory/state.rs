use std::collections::{BTreeMap, BTreeSet};

use jit_domain::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    change::{Aggregate, GatewayChange, Ref},
    clients::ApiClient,
    connections::IdpConnection,
    console::{Administrator, ApiToken, SetupLink, Workspace},
    error::StoreError,
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, AuditEventId,
        EndUserGroupId, EndUserId, GrantId, IdpConnectionId, PolicyId, SamlKeyId, SessionId,
        SetupLinkId, SignInAttemptId, WorkspaceId,
    },
    people::{EndUser, EndUserGroup},
    saml_keys::SamlKey,
    sessions::{AuthnRequest, AuthnRequestId, Session, SessionState},
    settings::JitSettings,
    sign_in_log::SignInAttempt,
    values::{Timestamp, Version},
};
use uuid::Uuid;

use super::table::{Row, Table};

macro_rules! tables {
    ($($kind:ident in $table:ident { $id:ty, $get_id:expr, $get_workspace:expr })*) => {
        /// Everything that is kept.
        #[derive(Debug, Clone, Default)]
        pub(super) struct State {
            $(pub(super) $table: Table<$kind>,)*
            pub(super) audit: Table<AuditEvent>,
            pub(super) accepted: BTreeMap<Accepted, Timestamp>,
            pub(super) changelog: Vec<(WorkspaceId, u64, GatewayChange)>,
            /// The workspaces with a changelog are few; the numbers are common to all of them.
            pub(super) last_change: u64,
        }

        impl State {
            /// Stores an aggregate whose keys and references were checked.
            pub(super) fn put(&mut self, aggregate: &Aggregate) -> Result<(), StoreError> {
                match aggregate {
                    $(Aggregate::$kind(it) => self.$table.put((**it).clone()),)*
                }
            }

            /// Stores an aggregate, whatever is there.
            pub(super) fn overwrite(&mut self, aggregate: &Aggregate) {
                match aggregate {
                    $(Aggregate::$kind(it) => self.$table.overwrite((**it).clone()),)*
                }
            }

            pub(super) fn remove(
                &mut self,
                workspace: WorkspaceId,
                what: Ref,
                version: Version,
            ) -> Result<(), StoreError> {
                match what {
                    $(Ref::$kind(id) => self.$table.remove(workspace, id, version),)*
                }
            }

            pub(super) fn expect(
                &self,
                workspace: WorkspaceId,
                what: Ref,
                version: Version,
            ) -> Result<(), StoreError> {
                match what {
                    $(Ref::$kind(id) => self.$table.expect(workspace, id, version),)*
                }
            }
        }

        $(impl Row for $kind {
            type Id = $id;

            fn id(&self) -> $id {
                ($get_id)(self)
            }

            fn uuid(id: $id) -> Uuid {
                id.uuid()
            }

            fn version(&self) -> Version {
                self.version
            }

            fn workspace(&self) -> WorkspaceId {
                ($get_workspace)(self)
            }
        })*
    };
}

tables! {
    Workspace in workspaces { WorkspaceId, |it: &Self| it.id, |it: &Self| it.id }
    JitSettings in settings { WorkspaceId, |it: &Self| it.workspace, |it: &Self| it.workspace }
    IdpConnection in connections { IdpConnectionId, |it: &Self| it.id, |it: &Self| it.workspace }
    EndUser in end_users { EndUserId, |it: &Self| it.id, |it: &Self| it.workspace }
    EndUserGroup in groups { EndUserGroupId, |it: &Self| it.id, |it: &Self| it.workspace }
    ApiClient in clients { ApiClientId, Self::id, Self::workspace }
    Policy in policies { PolicyId, |it: &Self| it.id, |it: &Self| it.workspace }
    ApiCollection in collections { ApiCollectionId, |it: &Self| it.id, |it: &Self| it.workspace }
    AccessRequest in requests { AccessRequestId, |it: &Self| it.id, |it: &Self| it.workspace }
    Grant in grants { GrantId, |it: &Self| it.id, |it: &Self| it.workspace }
    Administrator in administrators { AdministratorId, |it: &Self| it.id, |it: &Self| it.workspace }
    ApiToken in api_tokens { ApiTokenId, |it: &Self| it.id, |it: &Self| it.workspace }
    Session in sessions { SessionId, |it: &Self| it.id, |it: &Self| it.workspace }
    AuthnRequest in authn_requests { AuthnRequestId, |it: &Self| it.id, |it: &Self| it.workspace }
    SamlKey in saml_keys { SamlKeyId, |it: &Self| it.id, |it: &Self| it.workspace }
    SetupLink in setup_links { SetupLinkId, |it: &Self| it.id, |it: &Self| it.workspace }
    SignInAttempt in sign_in_attempts { SignInAttemptId, |it: &Self| it.id, |it: &Self| it.workspace }
}

/// A line of the log has only its first version.
impl Row for AuditEvent {
    type Id = AuditEventId;

    fn id(&self) -> AuditEventId {
        self.id
    }

    fn uuid(id: AuditEventId) -> Uuid {
        id.uuid()
    }

    fn version(&self) -> Version {
        Version::FIRST
    }

    fn workspace(&self) -> WorkspaceId {
        self.workspace
    }
}

/// Which assertion was accepted, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Accepted {
    pub(super) workspace: WorkspaceId,
    pub(super) idp_entity_id: String,
    pub(super) assertion_id: String,
}

impl State {
    pub(super) fn forget_expired(&mut self, before: Timestamp) -> u64 {
        let in_use = |session: &Session| {
            let ended = matches!(session.state, SessionState::Ended { at } if at < before);
            !ended && session.expires_at >= before
        };
        let assertions = self.accepted.len();
        self.accepted.retain(|_, end| *end >= before);
        let forgotten = self.sessions.keep(in_use)
            + self.authn_requests.keep(|login| login.expires_at >= before)
            + self.setup_links.keep(|link| link.expires_at >= before)
            + self
                .sign_in_attempts
                .keep(|attempt| attempt.expires_at >= before)
            + (assertions - self.accepted.len());
        forgotten as u64
    }

    /// The groups that a workspace has.
    pub(super) fn has_groups(
        &self,
        workspace: WorkspaceId,
        groups: &BTreeSet<EndUserGroupId>,
    ) -> bool {
        groups
            .iter()
            .all(|id| self.groups.find(workspace, *id).is_some())
    }
}
