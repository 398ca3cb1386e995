//! Signing in to the console through an identity provider.

use crate::{
    access::Decider,
    assertion::Assertion,
    audit::{Actor, Event},
    change::{Change, Ref},
    connections::{ConnectionState, IdpConnection},
    console::{Administrator, ConsoleRole, ConsoleSignIn, Origin},
    error::{Error, Rejection},
    ids::{AdministratorId, SessionId, WorkspaceId},
    people::EndUser,
    sessions::{AuthnRequest, LoginPurpose, Principal, Session, SessionState},
    tokens::{Secret, SecretHash, SecretKind},
    values::{Slug, Timestamp, Version},
};

use super::{
    Acting, Decided, Portal,
    sign_in::{Begun, Profile, accepted, saml_session, session_end},
};

/// What the decision about a login to the console has to see.
#[derive(Debug, Clone)]
pub struct ConsoleSsoView {
    /// The provider.
    pub connection: IdpConnection,
    /// The administrator whom the provider knows by that name.
    pub known: Option<Administrator>,
    /// The end user whom the provider knows by that name.
    pub end_user: Option<EndUser>,
    /// The login under way that the response answers.
    pub request: Option<AuthnRequest>,
    /// Whether this assertion was accepted before.
    pub accepted_before: bool,
}

/// Ids and secrets that it needs, chosen beforehand.
#[derive(Debug, Clone, Copy)]
pub struct NewConsoleSso {
    /// The administrator, if one is made.
    pub administrator: AdministratorId,
    /// The session.
    pub session: SessionId,
    /// What is kept of the session's secret.
    pub session_hash: SecretHash,
}

impl IdpConnection {
    /// The role in the console that an assertion gives: that of the first rule whose value it has.
    pub fn console_role(&self, who: &Assertion) -> Option<&ConsoleRole> {
        let groups = who.groups(&self.attributes)?;
        let mut rules = self.console_roles.iter();
        rules
            .find(|rule| groups.contains(&rule.value))
            .map(|rule| &rule.role)
    }
}

/// Decides a login to the console. The provider gives the role anew each time; it makes nobody an end user,
/// and never touches an administrator who has a password.
pub fn decide_console_sso(
    view: ConsoleSsoView,
    who: &Assertion,
    new: &NewConsoleSso,
    now: Timestamp,
) -> Result<Decided<Administrator>, Rejection> {
    let ConsoleSsoView {
        connection,
        known,
        end_user,
        request,
        accepted_before,
    } = view;
    if connection.state != ConnectionState::Active {
        return Err(Rejection::ConnectionInactive);
    }
    if accepted_before {
        return Err(Rejection::AssertionReplayed);
    }
    let purpose = LoginPurpose::Console;
    let begun = Begun::of(who, &connection, request, None, purpose, now)?;
    let profile = Profile::of(who, &connection)?;
    let role = connection
        .console_role(who)
        .ok_or(Rejection::NoConsoleRole)?;
    let email = profile.email.ok_or(Rejection::EmailMissing)?;
    if end_user.as_ref().is_some_and(|user| !user.is_usable()) {
        return Err(Rejection::Suspended);
    }
    let mut changes = vec![
        Change::Unchanged(Ref::IdpConnection(connection.id), connection.version),
        Change::Accept(accepted(who)),
    ];
    changes.extend(begun.consumed());
    changes.extend(
        end_user
            .as_ref()
            .map(|user| Change::Unchanged(Ref::EndUser(user.id), user.version)),
    );
    let mut events = Vec::new();
    let wanted = Administrator {
        id: known.as_ref().map_or(new.administrator, |known| known.id),
        workspace: connection.workspace,
        version: known.as_ref().map_or(Version::FIRST, |known| known.version),
        email,
        name: profile.display_name,
        role: role.clone(),
        sign_in: ConsoleSignIn::Sso {
            connection: connection.id,
            subject: profile.subject,
        },
        end_user: end_user.map(|user| user.id),
        created_at: known.as_ref().map_or(now, |known| known.created_at),
    };
    let administrator = match known {
        Some(known) if known == wanted => {
            let guard = Ref::Administrator(known.id);
            changes.push(Change::Unchanged(guard, known.version));
            known
        }
        Some(known) => {
            let (id, version) = (known.id, known.version);
            events.push(
                Event::changed("administrator.refreshed", id, version)
                    .with("connection", connection.id)
                    .with("role", role.code()),
            );
            let refreshed = Administrator {
                version: version.next(),
                ..wanted
            };
            changes.push(Change::put(refreshed.clone()));
            refreshed
        }
        None => {
            events.push(
                Event::made("administrator.created", wanted.id)
                    .with("connection", connection.id)
                    .with("role", role.code()),
            );
            changes.push(Change::put(wanted.clone()));
            wanted
        }
    };
    let session = Session {
        id: new.session,
        workspace: connection.workspace,
        version: Version::FIRST,
        hash: new.session_hash,
        principal: Principal::Administrator(administrator.id),
        state: SessionState::AwaitingBrowser {
            browser_sha256: begun.browser_sha256(),
            landing: begun.return_to().cloned().unwrap_or("/admin".to_owned()),
        },
        saml: Some(saml_session(who, &connection)),
        created_at: now,
        expires_at: session_end(who, now),
    };
    events.push(
        Event::made("administrator.signed_in", administrator.id)
            .with("connection", connection.id)
            .with("session", session.id),
    );
    changes.push(Change::put(session));
    Ok(Decided {
        result: administrator,
        changes,
        events,
    })
}

impl Portal {
    /// Signs somebody in to the console whose assertion was verified. The secret belongs into the browser's
    /// session cookie; the session counts after [`Portal::finish_sign_in`].
    pub async fn sign_in_to_console_by_sso(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        who: &Assertion,
        origin: &Origin,
    ) -> Result<(Administrator, Secret), Error> {
        let secret = self.secret(SecretKind::Session);
        let hash = secret.hash();
        let administrator = self
            .deciding(|| async {
                let now = self.now();
                let view = self.console_sso_view(workspace, connection, who).await?;
                let new = NewConsoleSso {
                    administrator: self.id(AdministratorId::new, now),
                    session: self.id(SessionId::new, now),
                    session_hash: hash,
                };
                let decided = decide_console_sso(view, who, &new, now)?;
                let acting = Acting {
                    workspace,
                    actor: Actor::Console(Decider::Administrator(decided.result.id)),
                    origin,
                    now,
                };
                self.commit(&acting, decided).await
            })
            .await?;
        Ok((administrator, secret))
    }

    async fn console_sso_view(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        who: &Assertion,
    ) -> Result<ConsoleSsoView, Error> {
        let store = &self.ports.store;
        let connection = store
            .find_connection_by_slug(workspace, connection)
            .await?
            .ok_or(Rejection::NotFound {
                what: "identity provider",
            })?;
        let (known, end_user) = match Profile::of(who, &connection) {
            Ok(it) => (
                store
                    .find_administrator_by_subject(workspace, &it.subject)
                    .await?,
                store
                    .find_end_user_by_subject(workspace, &it.subject)
                    .await?,
            ),
            Err(_) => (None, None),
        };
        let accepted_before = store
            .is_assertion_accepted(workspace, &who.issuer, &who.assertion_id)
            .await?;
        Ok(ConsoleSsoView {
            request: self.find_login(workspace, who).await?,
            connection,
            known,
            end_user,
            accepted_before,
        })
    }
}
