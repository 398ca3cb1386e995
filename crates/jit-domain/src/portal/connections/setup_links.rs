use chrono::Duration;

use crate::{
    audit::{Actor, Event},
    change::{Change, Ref},
    console::{ConsoleCaller, Origin, SetupLink},
    error::{Error, Rejection},
    ids::{IdpConnectionId, SessionId, SetupLinkId, WorkspaceId},
    sessions::{Principal, Session, SessionState},
    tokens::{Secret, SecretKind},
    values::{Timestamp, Version},
};

use crate::portal::{Acting, Decided, Portal};

/// How long an invitation is good, and what was begun with it.
const GOOD_FOR: Duration = Duration::days(7);

fn decide_open(
    link: SetupLink,
    session: Session,
    now: Timestamp,
) -> Result<Decided<IdpConnectionId>, Rejection> {
    if !link.is_good(now) {
        return Err(Rejection::SetupLinkClosed);
    }
    let event = Event::changed("setup_link.opened", link.id, link.version)
        .with("connection", link.connection)
        .with("session", session.id);
    let opened = SetupLink {
        version: link.version.next(),
        opened_at: Some(now),
        ..link
    };
    Ok(Decided {
        result: opened.connection,
        changes: vec![Change::put(opened), Change::put(session)],
        events: vec![event],
    })
}

impl Portal {
    /// Invites somebody from outside to set up a connection. The secret belongs into the link; it opens once.
    pub async fn create_setup_link(
        &self,
        caller: &ConsoleCaller,
        connection: IdpConnectionId,
    ) -> Result<(SetupLink, Secret), Error> {
        let connection = self.find_connection(caller, connection).await?;
        caller.require_administrator()?;
        let secret = self.secret(SecretKind::SetupLink);
        let now = self.now();
        let link = SetupLink {
            id: self.id(SetupLinkId::new, now),
            workspace: caller.workspace,
            version: Version::FIRST,
            connection: connection.id,
            hash: secret.hash(),
            created_by: caller.identity,
            created_at: now,
            expires_at: now + GOOD_FOR,
            opened_at: None,
        };
        let event = Event::made("setup_link.created", link.id).with("connection", connection.id);
        let decided = Decided {
            result: (),
            changes: vec![Change::put(link.clone())],
            events: vec![event],
        };
        self.commit(&caller.acting(now), decided).await?;
        Ok((link, secret))
    }

    /// The invitations for a connection that are still good.
    pub async fn list_setup_links(
        &self,
        caller: &ConsoleCaller,
        connection: IdpConnectionId,
    ) -> Result<Vec<SetupLink>, Error> {
        caller.require_reader()?;
        let store = &self.ports.store;
        let mut links = store.list_setup_links(caller.workspace, connection).await?;
        let now = self.now();
        links.retain(|link| now < link.expires_at);
        Ok(links)
    }

    /// Takes an invitation back; what was begun with it ends as well.
    pub async fn delete_setup_link(
        &self,
        caller: &ConsoleCaller,
        id: SetupLinkId,
    ) -> Result<(), Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let found = self
                .ports
                .store
                .find_setup_link(caller.workspace, id)
                .await?;
            let link = found.ok_or(Rejection::NotFound { what: "setup link" })?;
            let event = Event::removed("setup_link.deleted", id, link.version)
                .with("connection", link.connection);
            let decided = Decided {
                result: (),
                changes: vec![Change::Remove(Ref::SetupLink(id), link.version)],
                events: vec![event],
            };
            self.commit(&caller.acting(self.now()), decided).await
        })
        .await
    }

    /// Whether an invitation can still be opened, for the page that asks to.
    pub async fn check_setup_link(
        &self,
        workspace: WorkspaceId,
        secret: &str,
    ) -> Result<(), Error> {
        self.usable_link(workspace, secret).await.map(drop)
    }

    /// Opens an invitation. The secret belongs into the session cookie.
    pub async fn open_setup_link(
        &self,
        workspace: WorkspaceId,
        secret: &str,
        origin: &Origin,
    ) -> Result<(IdpConnectionId, Secret), Error> {
        let cookie = self.secret(SecretKind::Session);
        let hash = cookie.hash();
        let connection = self
            .deciding(|| async {
                let now = self.now();
                let link = self.usable_link(workspace, secret).await?;
                let session = Session {
                    id: self.id(SessionId::new, now),
                    workspace,
                    version: Version::FIRST,
                    hash,
                    principal: Principal::SetupContact(link.id),
                    state: SessionState::Active,
                    saml: None,
                    created_at: now,
                    // As long as the invitation: whoever waits for a colleague comes back the next day.
                    expires_at: link.expires_at,
                };
                let acting = Acting {
                    workspace,
                    actor: Actor::SetupContact(link.id),
                    origin,
                    now,
                };
                self.commit(&acting, decide_open(link, session, now)?).await
            })
            .await?;
        Ok((connection, cookie))
    }

    async fn usable_link(&self, workspace: WorkspaceId, secret: &str) -> Result<SetupLink, Error> {
        let closed = Rejection::SetupLinkClosed;
        let secret = Secret::parse(SecretKind::SetupLink, secret).ok_or(closed.clone())?;
        let store = &self.ports.store;
        let found = store
            .find_setup_link_by_hash(workspace, &secret.hash())
            .await?;
        Ok(found
            .filter(|link| link.is_good(self.now()))
            .ok_or(closed)?)
    }
}
