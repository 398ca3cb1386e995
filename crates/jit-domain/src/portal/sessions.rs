use crate::{
    access::Decider,
    audit::{Actor, Event},
    change::Change,
    console::Origin,
    error::{Error, Rejection},
    ids::{IdpConnectionId, WorkspaceId},
    people::EndUser,
    sessions::{Principal, Session, SessionState},
    tokens::{Secret, SecretKind},
    values::Timestamp,
};

use super::{Acting, Decided, Portal};

mod signed_in;

pub use signed_in::SignedIn;

/// Whether a session lets its owner act (R17).
fn is_in_use(session: &Session, now: Timestamp) -> bool {
    session.state == SessionState::Active && now < session.expires_at
}

/// Whether a hold, or the end of all sessions, has put an end to this one (R17, R30).
fn is_stopped(session: &Session, end_user: &EndUser) -> bool {
    !end_user.is_usable() || session.created_at < end_user.sessions_valid_from
}

/// The second half of a login: the browser that began it shows its cookie.
fn decide_finish(
    session: Session,
    browser: Option<&Secret>,
    present: Option<&SignedIn>,
    now: Timestamp,
) -> Result<Decided<String>, Rejection> {
    let SessionState::AwaitingBrowser {
        browser_sha256,
        landing,
    } = &session.state
    else {
        return Err(Rejection::OtherBrowser);
    };
    let began_here = match browser_sha256 {
        Some(expected) => browser.is_some_and(|it| it.hash().hex() == *expected),
        // Begun at the provider. Nothing shows whose browser this is, but it must not become somebody else's.
        None if present.is_some_and(|it| it.session().principal != session.principal) => {
            return Err(Rejection::OtherSignedIn);
        }
        None => true,
    };
    if !began_here || now - session.created_at > chrono::Duration::minutes(5) {
        return Err(Rejection::OtherBrowser);
    }
    let landing = landing.clone();
    let version = session.version.next();
    let active = Session {
        state: SessionState::Active,
        version,
        ..session
    };
    Ok(Decided {
        result: landing,
        changes: vec![Change::put(active)],
        events: vec![],
    })
}

impl Portal {
    /// Finishes a login in the browser that began it, and says where to go. A response that somebody
    /// else's login produced, and that was slipped to this browser, ends here.
    ///
    /// `present` is the cookie of whoever is signed in already.
    pub async fn finish_sign_in(
        &self,
        workspace: WorkspaceId,
        session: &str,
        browser: Option<&str>,
        present: Option<&str>,
        origin: &Origin,
    ) -> Result<String, Error> {
        let secret = Secret::parse(SecretKind::Session, session).ok_or(Rejection::OtherBrowser)?;
        let browser = browser.and_then(|text| Secret::parse(SecretKind::Browser, text));
        let now = self.now();
        let session = self
            .ports
            .store
            .find_session(workspace, &secret.hash())
            .await?
            .ok_or(Rejection::OtherBrowser)?;
        let present = match present {
            Some(cookie) => self.find_signed_in(workspace, cookie).await?,
            None => None,
        };
        let decided = decide_finish(session, browser.as_ref(), present.as_ref(), now)?;
        self.commit(
            &Acting {
                workspace,
                actor: Actor::System,
                origin,
                now,
            },
            decided,
        )
        .await
    }

    /// Who is behind that session cookie, if it still counts (R17).
    pub async fn find_signed_in(
        &self,
        workspace: WorkspaceId,
        session: &str,
    ) -> Result<Option<SignedIn>, Error> {
        let Some(secret) = Secret::parse(SecretKind::Session, session) else {
            return Ok(None);
        };
        let store = &self.ports.store;
        let Some(session) = store.find_session(workspace, &secret.hash()).await? else {
            return Ok(None);
        };
        if !is_in_use(&session, self.now()) {
            return Ok(None);
        }
        Ok(match session.principal {
            Principal::EndUser(id) => {
                let end_user = store.find_end_user(workspace, id).await?;
                end_user
                    .filter(|end_user| !is_stopped(&session, end_user))
                    .map(|end_user| SignedIn::EndUser {
                        end_user: end_user.into(),
                        session: session.into(),
                    })
            }
            Principal::Administrator(id) => {
                let found = store.find_administrator(workspace, id).await?;
                let person = found.as_ref().and_then(|it| it.end_user);
                // Whoever left is gone from the console, too.
                let is_held = match person {
                    Some(person) => store
                        .find_end_user(workspace, person)
                        .await?
                        .is_some_and(|person| is_stopped(&session, &person)),
                    None => false,
                };
                found
                    .filter(|_| !is_held)
                    .map(|it| SignedIn::Administrator {
                        administrator: it.into(),
                        session: session.into(),
                    })
            }
            Principal::SetupContact(id) => {
                let found = store.find_setup_link(workspace, id).await?;
                found.map(|it| SignedIn::SetupContact {
                    link: it.into(),
                    session: session.into(),
                })
            }
        })
    }

    /// Ends a session, and gives it back if it was open: a logout at the provider may follow (R17).
    pub async fn sign_out(
        &self,
        workspace: WorkspaceId,
        session: &str,
        origin: &Origin,
    ) -> Result<Option<Session>, Error> {
        let Some(secret) = Secret::parse(SecretKind::Session, session) else {
            return Ok(None);
        };
        self.deciding(|| async {
            let store = &self.ports.store;
            let found = store.find_session(workspace, &secret.hash()).await?;
            let Some(session) = found.filter(is_open) else {
                return Ok(None);
            };
            let now = self.now();
            let (actor, action, target) = signed_out(session.principal);
            let event = Event {
                after: None,
                ..Event::made(action, target)
            };
            let decided = Decided {
                result: Some(session.clone()),
                changes: vec![end(&session, now)],
                events: vec![event.with("session", session.id)],
            };
            let acting = Acting {
                workspace,
                actor,
                origin,
                now,
            };
            self.commit(&acting, decided).await
        })
        .await
    }

    /// Ends the sessions that an identity provider says are over (SAML profiles 4.4): those of one name, and
    /// of these indexes if it names any. Gives how many there were.
    pub async fn end_sessions_for_provider(
        &self,
        workspace: WorkspaceId,
        connection: IdpConnectionId,
        name_id: &str,
        session_indexes: &[String],
        origin: &Origin,
    ) -> Result<usize, Error> {
        self.deciding(|| async {
            let store = &self.ports.store;
            let mut sessions = store
                .list_sessions_by_name_id(workspace, connection, name_id)
                .await?;
            sessions.retain(|session| is_open(session) && is_meant(session, session_indexes));
            let now = self.now();
            let event = |session: &Session| {
                let version = session.version;
                Event::changed("session.ended_by_provider", session.id, version)
                    .with("connection", connection)
            };
            let decided = Decided {
                result: sessions.len(),
                changes: sessions.iter().map(|session| end(session, now)).collect(),
                events: sessions.iter().map(event).collect(),
            };
            let acting = Acting {
                workspace,
                actor: Actor::System,
                origin,
                now,
            };
            self.commit(&acting, decided).await
        })
        .await
    }
}

fn is_open(session: &Session) -> bool {
    !matches!(session.state, SessionState::Ended { .. })
}

/// Whether a logout request is about that session: a request without indexes is about all (core 3.7.1).
fn is_meant(session: &Session, indexes: &[String]) -> bool {
    let index = session
        .saml
        .as_ref()
        .and_then(|it| it.session_index.as_ref());
    indexes.is_empty() || index.is_none_or(|index| indexes.contains(index))
}

fn end(session: &Session, now: Timestamp) -> Change {
    Change::put(Session {
        state: SessionState::Ended { at: now },
        version: session.version.next(),
        ..session.clone()
    })
}

fn signed_out(principal: Principal) -> (Actor, &'static str, String) {
    match principal {
        Principal::EndUser(id) => (Actor::EndUser(id), "end_user.signed_out", id.to_string()),
        Principal::Administrator(id) => (
            Actor::Console(Decider::Administrator(id)),
            "administrator.signed_out",
            id.to_string(),
        ),
        Principal::SetupContact(id) => {
            (Actor::SetupContact(id), "setup_link.closed", id.to_string())
        }
    }
}
