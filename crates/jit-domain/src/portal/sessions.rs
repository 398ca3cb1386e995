use crate::{
    access::Decider,
    audit::{Actor, Event},
    change::Change,
    console::{Administrator, ConsoleCaller, Origin},
    error::{Error, Rejection},
    ids::WorkspaceId,
    people::EndUser,
    sessions::{Principal, Session, SessionState},
    tokens::{Secret, SecretKind},
    values::Timestamp,
};

use super::{Acting, Decided, EndUserCaller, Portal};

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
}

impl SignedIn {
    /// The session.
    pub fn session(&self) -> &Session {
        match self {
            Self::EndUser { session, .. } | Self::Administrator { session, .. } => session,
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
            Self::Administrator { .. } => None,
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
            Self::EndUser { .. } => None,
        }
    }
}

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
    now: Timestamp,
) -> Result<Decided<String>, Rejection> {
    let SessionState::AwaitingBrowser {
        browser_sha256,
        landing,
    } = &session.state
    else {
        return Err(Rejection::OtherBrowser);
    };
    let expected_from_browser = browser.is_some_and(|b| b.hash().hex() == *browser_sha256);
    if !expected_from_browser || now - session.created_at > chrono::Duration::minutes(5) {
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
    pub async fn finish_sign_in(
        &self,
        workspace: WorkspaceId,
        session: &str,
        browser: Option<&str>,
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
        let decided = decide_finish(session, browser.as_ref(), now)?;
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
                found.map(|it| SignedIn::Administrator {
                    administrator: it.into(),
                    session: session.into(),
                })
            }
        })
    }

    /// Ends a session. One that has ended already stays so.
    pub async fn sign_out(
        &self,
        workspace: WorkspaceId,
        session: &str,
        origin: &Origin,
    ) -> Result<(), Error> {
        let Some(secret) = Secret::parse(SecretKind::Session, session) else {
            return Ok(());
        };
        self.deciding(|| async {
            let Some(session) = self
                .ports
                .store
                .find_session(workspace, &secret.hash())
                .await?
            else {
                return Ok(());
            };
            if matches!(session.state, SessionState::Ended { .. }) {
                return Ok(());
            }
            let now = self.now();
            let (actor, event) = match session.principal {
                Principal::EndUser(id) => {
                    (Actor::EndUser(id), Event::made("end_user.signed_out", id))
                }
                Principal::Administrator(id) => (
                    Actor::Console(Decider::Administrator(id)),
                    Event::made("administrator.signed_out", id),
                ),
            };
            let event = Event {
                after: None,
                ..event
            }
            .with("session", session.id);
            let version = session.version.next();
            let ended = Session {
                state: SessionState::Ended { at: now },
                version,
                ..session
            };
            let decided = Decided {
                result: (),
                changes: vec![Change::put(ended)],
                events: vec![event],
            };
            self.commit(
                &Acting {
                    workspace,
                    actor,
                    origin,
                    now,
                },
                decided,
            )
            .await
        })
        .await
    }
}
