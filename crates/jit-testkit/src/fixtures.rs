//! Things to test with, made with sensible defaults and ids that sort in the order of creation.
//!
//! Aggregates have public fields, so a test says what matters to it by struct update:
//! `EndUser { email: None, ..make.end_user("dana", &connection) }`.

use chrono::Duration;
use jit_domain::{
    console::{Setup, Workspace},
    ids::WorkspaceId,
    ports::{Clock, Random},
    settings::{AuthMethod, JitSettings, SavedBy},
    tokens::{Secret, SecretHash, SecretKind},
    values::{Slug, Timestamp, Version},
};
use uuid::Uuid;

use crate::fakes::{FixedClock, SeededRandom};

mod access;
mod catalogue;
mod clients;
mod commits;
mod console;
mod people;
mod versions;

pub use clients::ClientParts;
pub use versions::at_version;

/// Makes things of one workspace.
#[derive(Debug)]
pub struct Fixtures {
    workspace: WorkspaceId,
    clock: FixedClock,
    random: SeededRandom,
}

impl Fixtures {
    /// For the workspace of that seed. Different seeds make different ids and secrets.
    pub fn seeded(seed: u64) -> Self {
        let (clock, random) = (FixedClock::default(), SeededRandom::new(seed));
        let workspace = WorkspaceId::new(random.id(clock.now()));
        Self {
            workspace,
            clock,
            random,
        }
    }

    /// The id of the workspace.
    pub fn workspace_id(&self) -> WorkspaceId {
        self.workspace
    }

    /// A moment, a little later each time, never on a whole millisecond.
    pub fn now(&self) -> Timestamp {
        self.clock.advance(Duration::microseconds(2_001))
    }

    /// An id that nothing else has.
    pub fn id<I>(&self, wrap: fn(Uuid) -> I) -> I {
        wrap(self.random.id(self.now()))
    }

    /// A secret that nothing else has.
    pub fn secret(&self, kind: SecretKind) -> Secret {
        Secret::new(kind, self.random.secret())
    }

    /// What is kept of a secret that nothing else has.
    pub fn hash(&self) -> SecretHash {
        self.secret(SecretKind::AuthToken).hash()
    }

    /// The workspace, named `default`, with its administrator made.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            id: self.workspace,
            version: Version::FIRST,
            slug: Slug::restore("default".to_owned()),
            setup: Setup::Done,
        }
    }

    /// The first save of the settings: auth tokens, no policy, no groups.
    pub fn settings(&self) -> JitSettings {
        JitSettings {
            workspace: self.workspace,
            version: Version::FIRST,
            method: AuthMethod::AuthToken,
            policy: None,
            groups: [].into(),
            method_locked_since: None,
            saved_by: SavedBy::System,
            saved_at: self.now(),
        }
    }
}

impl Default for Fixtures {
    fn default() -> Self {
        Self::seeded(1)
    }
}
