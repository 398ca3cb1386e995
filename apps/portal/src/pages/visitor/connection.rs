//! Who looks at the page of an SSO connection: the console, or somebody from outside who was invited to it.

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use jit_domain::{
    console::SetupLink,
    portal::{ConnectionEditor, SetupContact, SignedIn},
};
use jit_http::origin::origin;

use super::{ConsoleVisitor, console_visitor, signed_in};
use crate::{
    pages::{
        Nav, PageContext, Shell, failure,
        shell::{Reach, Visitor},
        view::When,
    },
    wiring::App,
};

/// Somebody who looks at the page of a connection.
pub enum ConnectionVisitor {
    /// Somebody in the console.
    Console(Box<ConsoleVisitor>),
    /// Somebody from outside.
    Contact(Box<ContactVisitor>),
}

/// Somebody from outside who opened a setup link.
pub struct ContactVisitor {
    /// The request.
    pub context: PageContext,
    /// As somebody who changes a connection.
    pub contact: SetupContact,
    /// The invitation.
    pub link: SetupLink,
}

impl ConnectionVisitor {
    /// The request.
    pub fn context(&self) -> &PageContext {
        match self {
            Self::Console(visitor) => &visitor.context,
            Self::Contact(visitor) => &visitor.context,
        }
    }

    /// As somebody who changes a connection. Use cases ask whether they may.
    pub fn editor(&self) -> ConnectionEditor {
        match self {
            Self::Console(visitor) => ConnectionEditor::Console(visitor.caller.clone()),
            Self::Contact(visitor) => ConnectionEditor::Contact(visitor.contact.clone()),
        }
    }

    /// Somebody in the console, if it is one.
    pub fn console(&self) -> Option<&ConsoleVisitor> {
        match self {
            Self::Console(visitor) => Some(visitor),
            Self::Contact(_) => None,
        }
    }

    /// The frame of a page.
    pub fn shell(&self, title: &str) -> Shell {
        match self {
            Self::Console(visitor) => visitor.shell(title, Nav::Connections),
            Self::Contact(visitor) => visitor.shell(title),
        }
    }
}

impl ContactVisitor {
    fn shell(&self, title: &str) -> Shell {
        let until = When::from(self.link.expires_at);
        let shell = self.context.shell(title, Nav::None).signed_in(Visitor {
            name: "Invited contact".to_owned(),
            detail: format!("Sets up one SSO connection, until {}", until.text),
            sign_out: "/sign-out".to_owned(),
        });
        Shell {
            reach: Reach::OneConnection,
            ..shell
        }
    }
}

impl FromRequestParts<App> for ConnectionVisitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match signed_in(parts, app).await? {
            Some(SignedIn::SetupContact { link, .. }) => {
                let contact = SetupContact {
                    workspace: link.workspace,
                    link: link.id,
                    connection: link.connection,
                    origin: origin(parts),
                };
                Ok(Self::Contact(Box::new(ContactVisitor {
                    context: PageContext::of(parts),
                    contact,
                    link: *link,
                })))
            }
            found => {
                let visitor = console_visitor(parts, app, found).await?;
                Ok(Self::Console(Box::new(visitor)))
            }
        }
    }
}

/// Somebody who is about to change a connection. Use cases ask again; this refuses before a form is read.
pub struct ByConnectionEditor(pub ConnectionVisitor);

impl FromRequestParts<App> for ByConnectionEditor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = ConnectionVisitor::from_request_parts(parts, app).await?;
        let may = visitor
            .console()
            .map_or(Ok(()), |console| console.caller.require_administrator());
        match may {
            Ok(()) => Ok(Self(visitor)),
            Err(rejection) => Err(failure::page(visitor.context(), &rejection.into())),
        }
    }
}
