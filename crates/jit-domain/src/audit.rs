//! The audit log: who did what, to what, when, and from where (R35).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    access::Decider,
    console::Origin,
    ids::{AuditEventId, EndUserId, SetupLinkId, WorkspaceId},
    values::{Timestamp, Version},
};

/// One line of the audit log. Written in the commit that it tells of; never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its id; later events have greater ids.
    pub id: AuditEventId,
    /// The tenant that it belongs to.
    pub workspace: WorkspaceId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// From where.
    pub origin: Origin,
    /// What happened.
    pub event: Event,
}

/// What happened, as a decision says it; use cases add who, when and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What, as `subject.verb`, such as `access_request.approved`.
    pub action: &'static str,
    /// On what: the id in text form.
    pub target: String,
    /// The version before, if there was one.
    pub before: Option<Version>,
    /// The version after, if there is one.
    pub after: Option<Version>,
    /// Facts that a reader needs: ids, methods, dates. Never a secret; people only as ids.
    pub details: BTreeMap<String, String>,
}

impl Event {
    /// An event about something that was made.
    pub fn made(action: &'static str, target: impl ToString) -> Self {
        Self {
            action,
            target: target.to_string(),
            before: None,
            after: Some(Version::FIRST),
            details: BTreeMap::new(),
        }
    }

    /// An event about something that went from one version to the next.
    pub fn changed(action: &'static str, target: impl ToString, before: Version) -> Self {
        Self {
            before: Some(before),
            after: Some(before.next()),
            ..Self::made(action, target)
        }
    }

    /// An event about something that is gone.
    pub fn removed(action: &'static str, target: impl ToString, before: Version) -> Self {
        Self {
            before: Some(before),
            after: None,
            ..Self::made(action, target)
        }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.details.insert(key.to_owned(), value.to_string());
        self
    }

    /// Adds a fact if there is one.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }
}

/// An action that a store kept, as the static text that the code knows, for adapters.
pub fn action_from(text: &str) -> Option<&'static str> {
    ACTIONS.iter().copied().find(|action| *action == text)
}

/// Every action that is ever written.
pub const ACTIONS: &[&str] = &[
    "workspace.created",
    "workspace.administrator_invited",
    "administrator.created",
    "administrator.refreshed",
    "administrator.signed_in",
    "administrator.signed_out",
    "api_token.created",
    "api_token.revoked",
    "idp_connection.created",
    "idp_connection.changed",
    "idp_connection.metadata_refreshed",
    "idp_connection.metadata_refresh_failed",
    "idp_connection.certificate_ending",
    "setup_link.created",
    "setup_link.opened",
    "setup_link.closed",
    "setup_link.deleted",
    "saml_key.created",
    "jit_settings.saved",
    "jit_settings.method_locked",
    "jit_settings.applied",
    "jit_settings.applied_to_client",
    "end_user.created",
    "end_user.linked",
    "end_user.refreshed",
    "end_user.signed_in",
    "end_user.signed_out",
    "session.ended_by_provider",
    "end_user.groups_changed",
    "end_user.hold_opened",
    "end_user.hold_cleared",
    "end_user_group.created",
    "end_user_group.changed",
    "end_user_group.deleted",
    "policy.created",
    "policy.changed",
    "policy.deleted",
    "api_client.created",
    "api_client.changed",
    "credential.created",
    "credential.rotated",
    "credential.revoked",
    "api_collection.created",
    "api_collection.changed",
    "api_collection.published",
    "api_collection.unpublished",
    "api_collection.deleted",
    "access_request.submitted",
    "access_request.approved",
    "access_request.rejected",
    "access_request.withdrawn",
    "access_request.cancelled",
    "grant.created",
    "grant.revoked",
];

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who came through an identity provider.
    EndUser(EndUserId),
    /// Somebody in the console, or a script.
    Console(Decider),
    /// Somebody from outside who sets up one connection.
    SetupContact(SetupLinkId),
    /// The program itself.
    System,
}
