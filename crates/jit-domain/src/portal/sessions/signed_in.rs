use crate::{
    access::Decider,
    console::{Administrator, ConsoleCaller, Origin, SetupLink},
    people::EndUser,
    sessions::Session,
};

use crate::portal::{ConnectionEditor, EndUserCaller, SetupContact};

/// Who a session belongs to, as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedIn {
    /// Somebody who came through an identity provider.
    EndUser {
        /// The person.
        end_user: Box<EndUser>,
        /// The session.
        session: Box<Session>,
    },
    /// Somebody who uses the console.
    Administrator {
        /// The person.
        administrator: Box<Administrator>,
        /// The session.
        session: Box<Session>,
    },
    /// Somebody from outside who sets up one connection.
    SetupContact {
        /// The invitation.
        link: Box<SetupLink>,
        /// The session.
        session: Box<Session>,
    },
}

impl SignedIn {
    /// The session.
    pub fn session(&self) -> &Session {
        match self {
            Self::EndUser { session, .. }
            | Self::Administrator { session, .. }
            | Self::SetupContact { session, .. } => session,
        }
    }

    /// The end user as a caller.
    pub fn end_user_caller(&self, origin: Origin) -> Option<EndUserCaller> {
        match self {
            Self::EndUser { end_user, .. } => Some(EndUserCaller {
                workspace: end_user.workspace,
                end_user: end_user.id,
                origin,
            }),
            Self::Administrator { .. } | Self::SetupContact { .. } => None,
        }
    }

    /// The administrator as a caller.
    pub fn console_caller(&self, origin: Origin) -> Option<ConsoleCaller> {
        match self {
            Self::Administrator { administrator, .. } => Some(ConsoleCaller {
                workspace: administrator.workspace,
                identity: Decider::Administrator(administrator.id),
                role: administrator.role.clone(),
                email: Some(administrator.email.clone()),
                end_user: administrator.end_user,
                origin,
            }),
            Self::EndUser { .. } | Self::SetupContact { .. } => None,
        }
    }

    /// Whoever may set up connections, as such: an administrator, or somebody from outside.
    pub fn connection_editor(&self, origin: Origin) -> Option<ConnectionEditor> {
        match self {
            Self::EndUser { .. } => None,
            Self::Administrator { .. } => {
                self.console_caller(origin).map(ConnectionEditor::Console)
            }
            Self::SetupContact { link, .. } => Some(ConnectionEditor::Contact(SetupContact {
                workspace: link.workspace,
                link: link.id,
                connection: link.connection,
                origin,
            })),
        }
    }
}
