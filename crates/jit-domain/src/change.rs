//! The one write: a list of changes that a store applies all or nothing.

use crate::{
    access::{AccessRequest, Grant},
    audit::AuditEvent,
    catalogue::{ApiCollection, Policy},
    clients::ApiClient,
    connections::IdpConnection,
    console::{Administrator, ApiToken, SetupLink, Workspace},
    ids::{
        AccessRequestId, AdministratorId, ApiClientId, ApiCollectionId, ApiTokenId, EndUserGroupId,
        EndUserId, GrantId, IdpConnectionId, PolicyId, SamlKeyId, SessionId, SetupLinkId,
        SignInAttemptId, WorkspaceId,
    },
    people::{EndUser, EndUserGroup},
    saml_keys::SamlKey,
    sessions::{AuthnRequest, AuthnRequestId, Session},
    settings::JitSettings,
    sign_in_log::SignInAttempt,
    values::{Timestamp, Version},
};

/// What a decision wants to happen, all or nothing, in one workspace.
///
/// Whatever the decision read and relied on is put, removed or guarded by `Unchanged`;
/// forgetting that is the one mistake that this design allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The workspace; every change belongs to it (R38).
    pub workspace: WorkspaceId,
    /// The changes, applied in this order.
    pub changes: Vec<Change>,
    /// What the audit log gets in the same commit (R35).
    pub events: Vec<AuditEvent>,
}

/// One change. Deliberately exhaustive: a new kind has to break every adapter at compile time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Insert if its version is 1, else replace the version before it.
    Put(Aggregate),
    /// Remove it if it is at that version.
    Remove(Ref, Version),
    /// Refuse the commit unless it is at that version.
    Unchanged(Ref, Version),
    /// Refuse the commit unless the JIT user settings are at that [epoch](JitSettings::epoch) (R6).
    SameEpoch(Version),
    /// Refuse the commit if that assertion was accepted before, else remember it (R11).
    Accept(AcceptedAssertion),
}

/// An assertion that must not be accepted twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedAssertion {
    /// The provider's `entityID`.
    pub idp_entity_id: String,
    /// `Assertion/@ID`.
    pub assertion_id: String,
    /// From then on it is expired for everybody and may be forgotten.
    pub valid_until: Timestamp,
}

macro_rules! aggregates {
    ($($name:ident { $id:ty, $get_id:expr, $get_version:expr, $get_workspace:expr })*) => {
        /// Something with a version that is written as a whole.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is the type of the same name")]
        pub enum Aggregate {
            $($name(Box<$name>),)*
        }

        /// Which aggregate, without its content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant is the id of the aggregate of the same name")]
        pub enum Ref {
            $($name($id),)*
        }

        impl Aggregate {
            /// Which one it is.
            pub fn reference(&self) -> Ref {
                match self {
                    $(Self::$name(it) => Ref::$name(($get_id)(it)),)*
                }
            }

            /// The version that it will be stored as.
            pub fn version(&self) -> Version {
                match self {
                    $(Self::$name(it) => ($get_version)(it),)*
                }
            }

            /// The workspace that it belongs to.
            pub fn workspace(&self) -> WorkspaceId {
                match self {
                    $(Self::$name(it) => ($get_workspace)(it),)*
                }
            }
        }

        $(impl From<$name> for Aggregate {
            fn from(it: $name) -> Self {
                Self::$name(Box::new(it))
            }
        })*
    };
}

aggregates! {
    Workspace { WorkspaceId, |it: &Workspace| it.id, |it: &Workspace| it.version, |it: &Workspace| it.id }
    JitSettings { WorkspaceId, |it: &JitSettings| it.workspace, |it: &JitSettings| it.version, |it: &JitSettings| it.workspace }
    IdpConnection { IdpConnectionId, |it: &IdpConnection| it.id, |it: &IdpConnection| it.version, |it: &IdpConnection| it.workspace }
    EndUser { EndUserId, |it: &EndUser| it.id, |it: &EndUser| it.version, |it: &EndUser| it.workspace }
    EndUserGroup { EndUserGroupId, |it: &EndUserGroup| it.id, |it: &EndUserGroup| it.version, |it: &EndUserGroup| it.workspace }
    ApiClient { ApiClientId, |it: &ApiClient| it.id(), |it: &ApiClient| it.version, |it: &ApiClient| it.workspace() }
    Policy { PolicyId, |it: &Policy| it.id, |it: &Policy| it.version, |it: &Policy| it.workspace }
    ApiCollection { ApiCollectionId, |it: &ApiCollection| it.id, |it: &ApiCollection| it.version, |it: &ApiCollection| it.workspace }
    AccessRequest { AccessRequestId, |it: &AccessRequest| it.id, |it: &AccessRequest| it.version, |it: &AccessRequest| it.workspace }
    Grant { GrantId, |it: &Grant| it.id, |it: &Grant| it.version, |it: &Grant| it.workspace }
    Administrator { AdministratorId, |it: &Administrator| it.id, |it: &Administrator| it.version, |it: &Administrator| it.workspace }
    ApiToken { ApiTokenId, |it: &ApiToken| it.id, |it: &ApiToken| it.version, |it: &ApiToken| it.workspace }
    Session { SessionId, |it: &Session| it.id, |it: &Session| it.version, |it: &Session| it.workspace }
    AuthnRequest { AuthnRequestId, |it: &AuthnRequest| it.id, |it: &AuthnRequest| it.version, |it: &AuthnRequest| it.workspace }
    SamlKey { SamlKeyId, |it: &SamlKey| it.id, |it: &SamlKey| it.version, |it: &SamlKey| it.workspace }
    SetupLink { SetupLinkId, |it: &SetupLink| it.id, |it: &SetupLink| it.version, |it: &SetupLink| it.workspace }
    SignInAttempt { SignInAttemptId, |it: &SignInAttempt| it.id, |it: &SignInAttempt| it.version, |it: &SignInAttempt| it.workspace }
}

impl Change {
    /// Insert or replace.
    pub fn put(aggregate: impl Into<Aggregate>) -> Self {
        Self::Put(aggregate.into())
    }
}

/// Something that the gateway must look at again after a commit (R28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayChange {
    /// A client, its credentials or its grants.
    Client(ApiClientId),
    /// Everything of a person: their holds and groups.
    EndUser(EndUserId),
    /// A policy.
    Policy(PolicyId),
    /// A collection.
    Collection(ApiCollectionId),
}

/// A part of the changelog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayChanges {
    /// Each with its number, in order.
    pub changes: Vec<(u64, GatewayChange)>,
    /// Every change that cannot be read yet will have a greater number, so this is where to read on.
    /// Less than the last number where the order of numbers is not the order of commits: whoever reads on
    /// then meets changes again.
    pub settled: u64,
}

impl Commit {
    /// What the gateway must look at again; adapters write it to the changelog in the same transaction.
    pub fn gateway_changes(&self) -> Vec<GatewayChange> {
        let mut found: Vec<_> = self
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Put(Aggregate::Grant(grant)) => Some(GatewayChange::Client(grant.client)),
                Change::Put(aggregate) => gateway_change(aggregate.reference()),
                Change::Remove(what, _) => gateway_change(*what),
                Change::Unchanged(..) | Change::SameEpoch(_) | Change::Accept(_) => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn gateway_change(what: Ref) -> Option<GatewayChange> {
    match what {
        Ref::ApiClient(id) => Some(GatewayChange::Client(id)),
        Ref::EndUser(id) => Some(GatewayChange::EndUser(id)),
        Ref::Policy(id) => Some(GatewayChange::Policy(id)),
        Ref::ApiCollection(id) => Some(GatewayChange::Collection(id)),
        // Grants are never removed, only revoked, so a removal names no client to look at.
        Ref::Grant(_)
        | Ref::Workspace(_)
        | Ref::JitSettings(_)
        | Ref::IdpConnection(_)
        | Ref::EndUserGroup(_)
        | Ref::AccessRequest(_)
        | Ref::Administrator(_)
        | Ref::ApiToken(_)
        | Ref::Session(_)
        | Ref::AuthnRequest(_)
        | Ref::SamlKey(_)
        | Ref::SetupLink(_)
        | Ref::SignInAttempt(_) => None,
    }
}
