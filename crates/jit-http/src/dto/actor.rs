use jit_domain::{access::Decider, audit, settings::SavedBy};
use serde::Serialize;
use utoipa::ToSchema;

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Actor {
    kind: ActorKind,
    /// Absent for `system`.
    id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActorKind {
    Administrator,
    ApiToken,
    EndUser,
    /// Somebody from outside who sets up one connection; the id is that of the setup link.
    SetupContact,
    System,
}

impl Actor {
    fn new(kind: ActorKind, id: impl ToString) -> Self {
        let id = Some(id.to_string());
        Self { kind, id }
    }

    const SYSTEM: Self = Self {
        kind: ActorKind::System,
        id: None,
    };
}

impl From<Decider> for Actor {
    fn from(decider: Decider) -> Self {
        match decider {
            Decider::Administrator(id) => Self::new(ActorKind::Administrator, id),
            Decider::ApiToken(id) => Self::new(ActorKind::ApiToken, id),
        }
    }
}

impl From<SavedBy> for Actor {
    fn from(saved_by: SavedBy) -> Self {
        match saved_by {
            SavedBy::Administrator(id) => Self::new(ActorKind::Administrator, id),
            SavedBy::ApiToken(id) => Self::new(ActorKind::ApiToken, id),
            SavedBy::System => Self::SYSTEM,
        }
    }
}

impl From<audit::Actor> for Actor {
    fn from(actor: audit::Actor) -> Self {
        match actor {
            audit::Actor::EndUser(id) => Self::new(ActorKind::EndUser, id),
            audit::Actor::Console(decider) => decider.into(),
            audit::Actor::SetupContact(id) => Self::new(ActorKind::SetupContact, id),
            audit::Actor::System => Self::SYSTEM,
        }
    }
}
