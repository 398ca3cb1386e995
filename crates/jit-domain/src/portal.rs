//! The use cases, one file for each subject. All have the same four steps:
//! read, decide (a pure function), commit, and on a conflict read and decide again.

use std::future::Future;

use crate::{
    audit::{Actor, AuditEvent, Event},
    change::{Change, Commit},
    console::{ConsoleCaller, Origin},
    error::Error,
    ids::{AuditEventId, EndUserId, WorkspaceId},
    ports::{Ports, Store},
    tokens::{Secret, SecretKind},
    values::Timestamp,
};

mod apply_settings;
mod audit_log;
mod begin_sign_in;
mod collections;
mod connections;
mod console_sign_in;
mod console_sso;
mod credentials;
mod decide_request;
mod directory;
mod discover;
mod grants;
mod groups;
mod holds;
mod jit_settings;
mod policies;
mod preview;
mod request_access;
mod saml_keys;
mod sessions;
mod setup;
mod sign_in;
mod sign_in_log;
mod take_response;
mod tokens;

pub use apply_settings::{Applied, decide_apply};
pub use begin_sign_in::{BegunSignIn, LoginTarget, SignInOptions};
pub use collections::{CollectionChanges, CollectionDraft};
pub use connections::{
    ConnectionDraft, ConnectionEditor, Ending, SetupContact, decide_certificate_notices,
    decide_refresh,
};
pub use console_sso::{ConsoleSsoView, NewConsoleSso, decide_console_sso};
pub use credentials::{CredentialDraft, NewCredential, Overlap};
pub use decide_request::Approval;
pub use directory::{AccessRequestDetail, EndUserDetail};
pub use discover::{AccessFilter, DiscoverQuery};
pub use groups::GroupDraft;
pub use holds::{decide_clear_hold, decide_open_hold};
pub use jit_settings::{Expected, JitSettingsState, decide_save};
pub use policies::PolicyDraft;
pub use preview::{Preview, PreviewOutcome};
pub use sessions::SignedIn;
pub use setup::AdministratorDraft;
pub use sign_in::{NewSignIn, SignInOutcome, SignInView, SignedInNow, decide_sign_in};
pub use take_response::{Answered, Response};
pub use tokens::NewApiToken;

/// The portal, as those who embed it see it.
#[derive(Clone)]
pub struct Portal {
    ports: Ports,
}

/// An end user who acts, for one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUserCaller {
    /// The tenant; the only one whose things this caller reaches (R38).
    pub workspace: WorkspaceId,
    /// Who.
    pub end_user: EndUserId,
    /// Where from.
    pub origin: Origin,
}

/// Somebody who acts on something that both its owner and an administrator may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The owner.
    EndUser(EndUserCaller),
    /// Somebody in the console.
    Console(ConsoleCaller),
}

/// What a decision came to: its answer, and what has to happen for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided<T> {
    /// The answer.
    pub result: T,
    /// What the store has to do, guards included.
    pub changes: Vec<Change>,
    /// What the audit log has to say.
    pub events: Vec<Event>,
}

/// Who acts, where, and when: what an audit event needs beside the event itself.
pub(crate) struct Acting<'a> {
    pub(crate) workspace: WorkspaceId,
    pub(crate) actor: Actor,
    pub(crate) origin: &'a Origin,
    pub(crate) now: Timestamp,
}

impl Portal {
    /// How often a decision is taken anew when others keep changing what it relied on.
    const ATTEMPTS: u32 = 16;

    /// A portal on these ports.
    pub fn new(ports: Ports) -> Self {
        Self { ports }
    }

    /// The store, for adapters that only read.
    pub fn store(&self) -> &dyn Store {
        &*self.ports.store
    }

    /// The present moment, by the clock of this portal.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    fn secret(&self, kind: SecretKind) -> Secret {
        Secret::new(kind, self.ports.random.secret())
    }

    fn id<I>(&self, wrap: fn(uuid::Uuid) -> I, now: Timestamp) -> I {
        wrap(self.ports.random.id(now))
    }

    /// Reads, decides and commits, and does so again when something relied on has moved in between.
    async fn deciding<T, F, A>(&self, attempt: A) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>> + Send,
        A: Fn() -> F + Send,
    {
        for _ in 1..Self::ATTEMPTS {
            match attempt().await {
                Err(Error::Contended) => {}
                done => return done,
            }
        }
        attempt().await
    }

    async fn commit<T>(&self, acting: &Acting<'_>, decided: Decided<T>) -> Result<T, Error> {
        let stamp = |event| AuditEvent {
            id: self.id(AuditEventId::new, acting.now),
            workspace: acting.workspace,
            at: acting.now,
            actor: acting.actor,
            origin: acting.origin.clone(),
            event,
        };
        let commit = Commit {
            workspace: acting.workspace,
            changes: decided.changes,
            events: decided.events.into_iter().map(stamp).collect(),
        };
        if !commit.changes.is_empty() {
            self.ports.store.commit(&commit).await?;
        }
        Ok(decided.result)
    }
}

impl ConsoleCaller {
    pub(crate) fn acting(&self, now: Timestamp) -> Acting<'_> {
        let actor = Actor::Console(self.identity);
        Acting {
            workspace: self.workspace,
            actor,
            origin: &self.origin,
            now,
        }
    }
}

impl EndUserCaller {
    pub(crate) fn acting(&self, now: Timestamp) -> Acting<'_> {
        let actor = Actor::EndUser(self.end_user);
        Acting {
            workspace: self.workspace,
            actor,
            origin: &self.origin,
            now,
        }
    }
}

impl Caller {
    /// The tenant.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::EndUser(caller) => caller.workspace,
            Self::Console(caller) => caller.workspace,
        }
    }

    pub(crate) fn acting(&self, now: Timestamp) -> Acting<'_> {
        match self {
            Self::EndUser(caller) => caller.acting(now),
            Self::Console(caller) => caller.acting(now),
        }
    }
}
