use crate::{
    audit::Actor,
    connections::IdpConnection,
    console::{ConsoleCaller, Origin},
    error::{Error, InvalidField, Rejection},
    ids::{IdpConnectionId, SetupLinkId, WorkspaceId},
    values::Timestamp,
};

use super::{Acting, Expected, Portal};

mod decide;
mod draft;
mod setup_links;
mod upkeep;

use decide::{Scene, decide_connection};

pub use draft::ConnectionDraft;
pub use upkeep::{Ending, decide_certificate_notices, decide_refresh};

/// Somebody who sets up a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionEditor {
    /// Somebody in the console.
    Console(ConsoleCaller),
    /// Somebody from outside, who was invited for one connection.
    Contact(SetupContact),
}

/// Somebody from outside who sets up one connection and can do nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupContact {
    /// The tenant; the only one whose things this caller reaches (R38).
    pub workspace: WorkspaceId,
    /// The invitation.
    pub link: SetupLinkId,
    /// The connection.
    pub connection: IdpConnectionId,
    /// Where from.
    pub origin: Origin,
}

impl ConnectionEditor {
    /// The tenant.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::Console(caller) => caller.workspace,
            Self::Contact(contact) => contact.workspace,
        }
    }

    /// Refuses an address of metadata that does not look like one of the internet, from somebody who is not of
    /// this house: this server would ask inside of its own network on their word.
    pub fn require_fetchable(&self, url: &str) -> Result<(), InvalidField> {
        let host = |rest: &str| {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let authority = rest[..end].to_lowercase();
            let (host, _) = authority.split_once(':').unwrap_or((&authority, ""));
            host.trim_end_matches('.').to_owned()
        };
        let is_public = |host: String| {
            let last = host.rsplit('.').next().unwrap_or_default();
            let is_name = last.chars().any(char::is_alphabetic) && !host.contains(['@', '[', '%']);
            let inside = [
                "localhost",
                "local",
                "internal",
                "intranet",
                "lan",
                "home",
                "corp",
            ];
            host.contains('.') && is_name && !inside.contains(&last)
        };
        match self {
            Self::Console(_) => Ok(()),
            Self::Contact(_)
                if url
                    .trim()
                    .strip_prefix("https://")
                    .map(host)
                    .is_some_and(is_public) =>
            {
                Ok(())
            }
            Self::Contact(_) => {
                let expected = "an https address with a name that is known on the internet";
                Err(InvalidField::new("metadata_url", expected, url))
            }
        }
    }

    /// Refuses those who may not set up that connection; `None` is a new one.
    fn require(&self, connection: Option<IdpConnectionId>) -> Result<(), Rejection> {
        match self {
            Self::Console(caller) => caller.require_administrator(),
            Self::Contact(contact) if Some(contact.connection) == connection => Ok(()),
            // Whether there is another connection is not theirs to know.
            Self::Contact(_) => Err(Rejection::NotFound {
                what: "identity provider",
            }),
        }
    }

    pub(super) fn acting(&self, now: Timestamp) -> Acting<'_> {
        match self {
            Self::Console(caller) => caller.acting(now),
            Self::Contact(contact) => Acting {
                workspace: contact.workspace,
                actor: Actor::SetupContact(contact.link),
                origin: &contact.origin,
                now,
            },
        }
    }
}

impl Portal {
    /// Every connection.
    pub async fn list_connections(
        &self,
        caller: &ConsoleCaller,
    ) -> Result<Vec<IdpConnection>, Error> {
        caller.require_reader()?;
        Ok(self.ports.store.list_connections(caller.workspace).await?)
    }

    /// One connection.
    pub async fn find_connection(
        &self,
        caller: &ConsoleCaller,
        id: IdpConnectionId,
    ) -> Result<IdpConnection, Error> {
        caller.require_reader()?;
        let found = self
            .ports
            .store
            .find_connection(caller.workspace, id)
            .await?;
        Ok(found.ok_or(Rejection::NotFound {
            what: "identity provider",
        })?)
    }

    /// One connection, for those who set it up.
    pub async fn find_connection_to_set_up(
        &self,
        editor: &ConnectionEditor,
        id: IdpConnectionId,
    ) -> Result<IdpConnection, Error> {
        editor.require(Some(id))?;
        let store = &self.ports.store;
        let found = store.find_connection(editor.workspace(), id).await?;
        Ok(found.ok_or(Rejection::NotFound {
            what: "identity provider",
        })?)
    }

    /// Makes a connection.
    pub async fn create_connection(
        &self,
        caller: &ConsoleCaller,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        let editor = ConnectionEditor::Console(caller.clone());
        self.save_connection(&editor, None, Expected::Any, draft)
            .await
    }

    /// Changes a connection; its place in our addresses stays. Somebody from outside changes only what the
    /// provider has to do with.
    pub async fn change_connection(
        &self,
        editor: &ConnectionEditor,
        id: IdpConnectionId,
        expected: Expected,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        self.save_connection(editor, Some(id), expected, draft)
            .await
    }

    async fn save_connection(
        &self,
        editor: &ConnectionEditor,
        id: Option<IdpConnectionId>,
        expected: Expected,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        editor.require(id)?;
        let (store, workspace) = (&self.ports.store, editor.workspace());
        self.deciding(|| async {
            let connections = store.list_connections(workspace).await?;
            let groups = store.list_groups(workspace).await?;
            let before = match id {
                None => None,
                Some(id) => {
                    let found = connections.iter().find(|other| other.id == id);
                    let found = found.ok_or(Rejection::NotFound {
                        what: "identity provider",
                    })?;
                    expected.check(found.version)?;
                    Some(found)
                }
            };
            let now = self.now();
            let scene = Scene {
                editor,
                before,
                connections: &connections,
                groups: &groups,
                new: self.id(IdpConnectionId::new, now),
                now,
            };
            let decided = decide_connection(&scene, draft)?;
            self.commit(&editor.acting(now), decided).await
        })
        .await
    }
}
