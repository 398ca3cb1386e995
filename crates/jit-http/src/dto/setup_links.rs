use jit_domain::{console, tokens::Secret};
use serde::Serialize;
use utoipa::ToSchema;

use super::{actor::Actor, moment::Moment};

/// An invitation to set up one connection.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupLink {
    id: String,
    connection_id: String,
    created_by: Actor,
    created_at: Moment,
    /// Until when it is good, and what was begun with it.
    expires_at: Moment,
    /// When it was opened; it opens once.
    opened_at: Option<Moment>,
}

/// An invitation, and the address to send.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewSetupLink {
    #[serde(flatten)]
    link: SetupLink,
    /// Shown once.
    url: String,
}

impl From<console::SetupLink> for SetupLink {
    fn from(link: console::SetupLink) -> Self {
        Self {
            id: link.id.to_string(),
            connection_id: link.connection.to_string(),
            created_by: link.created_by.into(),
            created_at: Moment(link.created_at),
            expires_at: Moment(link.expires_at),
            opened_at: link.opened_at.map(Moment),
        }
    }
}

impl NewSetupLink {
    pub(crate) fn new(link: console::SetupLink, secret: &Secret, public_url: &str) -> Self {
        Self {
            link: link.into(),
            url: format!("{public_url}/setup-link?code={}", secret.reveal()),
        }
    }
}
