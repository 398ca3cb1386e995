//! Things to test with, made with sensible defaults and ids that sort in the order of creation.
//!
//! Aggregates have public fields, so a test says what matters to it by struct update:
//! `EndUser { email: None, ..make.end_user("dana", &connection) }`.

use chrono::Duration;
use jit_domain::{
    connections::IdpConnection,
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
mod connections;
mod console;
mod people;
mod versions;

pub use clients::ClientParts;
pub use versions::at_version;

/// Makes things of one workspace.
#[derive(Debug)]
pub struct Fixtures {
    workspace: WorkspaceId,
    slug: Slug,
    clock: FixedClock,
    random: SeededRandom,
}

impl Fixtures {
    /// For a workspace of that name. Different seeds make different ids and secrets.
    pub fn named(slug: &str, seed: u64) -> Self {
        let (clock, random) = (FixedClock::default(), SeededRandom::new(seed));
        let workspace = WorkspaceId::new(random.id(clock.now()));
        Self {
            workspace,
            slug: Slug::restore(slug.to_owned()),
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

    /// The workspace, with its first administrator made.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            id: self.workspace,
            version: Version::FIRST,
            slug: self.slug.clone(),
            setup: Setup::Done,
        }
    }

    /// The first save of the settings: auth tokens, no policy, no groups.
    pub fn settings(&self) -> JitSettings {
        JitSettings {
            workspace: self.workspace,
            version: Version::FIRST,
            epoch: Version::FIRST,
            method: AuthMethod::AuthToken,
            policy: None,
            groups: [].into(),
            method_locked_since: None,
            saved_by: SavedBy::System,
            saved_at: self.now(),
        }
    }
}

/// The name of that connection's provider; empty if it is not described.
fn entity_id(connection: &IdpConnection) -> String {
    let idp = connection.idp.as_ref();
    idp.map(|idp| idp.entity_id.clone()).unwrap_or_default()
}

impl Default for Fixtures {
    /// For the workspace `default`.
    fn default() -> Self {
        Self::named("default", 1)
    }
}
