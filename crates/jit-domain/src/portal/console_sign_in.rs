use chrono::Duration;

use crate::{
    access::Decider,
    audit::{Actor, Event},
    change::Change,
    console::{Administrator, ConsoleSignIn, Origin},
    error::{Error, Rejection},
    ids::{SessionId, WorkspaceId},
    sessions::{Principal, Session, SessionState},
    tokens::{Secret, SecretKind},
    values::{EmailAddress, Version},
};

use super::{Acting, Decided, Portal};

impl Portal {
    /// Signs somebody in to the console with a password. The secret belongs into the session cookie.
    ///
    /// An unknown address takes as long as a wrong password, and gets the same answer.
    pub async fn sign_in_to_console(
        &self,
        workspace: WorkspaceId,
        email: &str,
        password: String,
        origin: &Origin,
    ) -> Result<(Administrator, Secret), Error> {
        let found = match EmailAddress::parse("email", email) {
            Ok(email) => {
                self.ports
                    .store
                    .find_administrator_by_email(workspace, &email)
                    .await?
            }
            Err(_) => None,
        };
        let hash = found
            .as_ref()
            .and_then(|administrator| match &administrator.sign_in {
                ConsoleSignIn::Password { hash } => Some(hash.clone()),
                ConsoleSignIn::Sso { .. } => None,
            });
        let right = self
            .ports
            .passwords
            .verify(password, hash)
            .await
            .map_err(Error::Unavailable)?;
        let administrator = found.filter(|_| right).ok_or(Rejection::WrongPassword)?;

        let now = self.now();
        let secret = self.secret(SecretKind::Session);
        let session = Session {
            id: self.id(SessionId::new, now),
            workspace,
            version: Version::FIRST,
            hash: secret.hash(),
            principal: Principal::Administrator(administrator.id),
            state: SessionState::Active,
            saml: None,
            created_at: now,
            expires_at: now + Duration::hours(8),
        };
        let event =
            Event::made("administrator.signed_in", administrator.id).with("session", session.id);
        let actor = Actor::Console(Decider::Administrator(administrator.id));
        let decided = Decided {
            result: (),
            changes: vec![Change::put(session)],
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
        .await?;
        Ok((administrator, secret))
    }
}
