use chrono::Duration;

use crate::{
    assertion::Assertion,
    audit::{Actor, Event},
    change::{AcceptedAssertion, Change, Ref},
    clients::ApiClient,
    connections::{AnswersFor, ConnectionState, IdpConnection, Switch},
    console::Origin,
    error::{Error, Rejection},
    ids::{ApiClientId, EndUserId, SessionId, WorkspaceId},
    people::EndUser,
    sessions::{AuthnRequest, LoginPurpose, NameId, Principal, SamlSession, Session, SessionState},
    settings::JitSettings,
    tokens::{Secret, SecretHash, SecretKind},
    values::{EmailAddress, Slug, Timestamp, Version},
};

use super::{Acting, Decided, Portal};

mod begun;
mod profile;
mod provision;
mod view;

pub(super) use begun::Begun;
pub(super) use profile::Profile;
use provision::provision_client;

/// What the decision about a login has to see.
#[derive(Debug, Clone)]
pub struct SignInView {
    /// The provider.
    pub connection: IdpConnection,
    /// The other providers that are switched on.
    pub others: Vec<IdpConnection>,
    /// The settings, if they were ever saved.
    pub settings: Option<JitSettings>,
    /// The person whom the provider knows by that name.
    pub known: Option<EndUser>,
    /// Everybody else with the e-mail address of the assertion.
    pub same_email: Vec<EndUser>,
    /// The client of the known person, or of the only one with the same address.
    pub client: Option<ApiClient>,
    /// Whether that client may call anything at present.
    pub has_live_grant: bool,
    /// The login under way that the response answers.
    pub request: Option<AuthnRequest>,
    /// `RelayState`, which counts for a login that began at the provider.
    pub relay_state: Option<String>,
    /// Whether this assertion was accepted before.
    pub accepted_before: bool,
}

/// Ids and secrets that a first login needs, chosen beforehand.
#[derive(Debug, Clone, Copy)]
pub struct NewSignIn {
    /// The end user, if one is made.
    pub end_user: EndUserId,
    /// The client, if one is made.
    pub client: ApiClientId,
    /// The session.
    pub session: SessionId,
    /// What is kept of the session's secret.
    pub session_hash: SecretHash,
}

/// What a login does to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInOutcome {
    /// Makes an end user and a client.
    Created,
    /// Adds this identity to an end user who has the same e-mail address (R15).
    Linked,
    /// The person was known.
    Known,
}

/// A login that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedInNow {
    /// What it did.
    pub outcome: SignInOutcome,
    /// The person, as stored.
    pub end_user: EndUser,
    /// Their client.
    pub client: ApiClientId,
    /// Where to go (R16).
    pub landing: String,
}

/// Decides a login: create, link, refresh or refuse. The preview uses the same function (R10).
pub fn decide_sign_in(
    view: SignInView,
    who: &Assertion,
    new: &NewSignIn,
    now: Timestamp,
) -> Result<Decided<SignedInNow>, Rejection> {
    let SignInView {
        connection,
        others,
        settings,
        known,
        same_email,
        client,
        has_live_grant,
        request,
        relay_state,
        accepted_before,
    } = view;
    if connection.state != ConnectionState::Active {
        return Err(Rejection::ConnectionInactive);
    }
    // Before anything about this response: whoever comes too early gets the same words (R3).
    let settings = settings.ok_or(Rejection::SettingsNotConfigured)?;
    if accepted_before {
        return Err(Rejection::AssertionReplayed);
    }
    let purpose = LoginPurpose::Portal;
    let relay_state = relay_state.as_deref();
    let begun = Begun::of(who, &connection, request, relay_state, purpose, now)?;

    let profile = Profile::of(who, &connection)?;
    // The others are not guarded: a domain that is enforced this very moment binds the next login.
    if let Some(other) = answers_instead(&connection, &others, &profile, known.as_ref()) {
        return Err(Rejection::OtherProvider {
            name: other.name.clone(),
        });
    }
    let mut changes = vec![
        Change::Unchanged(Ref::IdpConnection(connection.id), connection.version),
        Change::Accept(accepted(who)),
    ];
    changes.extend(begun.consumed());
    let mut events = Vec::new();

    let (outcome, end_user) = match (known, linkable(&connection, &profile, same_email)) {
        (Some(known), _) => (SignInOutcome::Known, known),
        (None, Some(twin)) => (SignInOutcome::Linked, twin),
        (None, None) if connection.jit == Switch::Off => return Err(Rejection::JitDisabled),
        (None, None) => {
            let user = profile.new_end_user(new.end_user, &connection, &settings, now);
            (SignInOutcome::Created, user)
        }
    };
    if !end_user.is_usable() {
        return Err(Rejection::Suspended);
    }
    let end_user = match outcome {
        SignInOutcome::Created => {
            events.push(
                Event::made("end_user.created", end_user.id).with("connection", connection.id),
            );
            changes.push(Change::put(end_user.clone()));
            end_user
        }
        SignInOutcome::Linked => {
            events.push(
                Event::changed("end_user.linked", end_user.id, end_user.version)
                    .with("connection", connection.id),
            );
            let refreshed = profile.refreshed(&end_user, &connection, now);
            changes.push(Change::put(refreshed.clone()));
            refreshed
        }
        SignInOutcome::Known => {
            let refreshed = profile.refreshed(&end_user, &connection, now);
            if refreshed == end_user {
                changes.push(Change::Unchanged(
                    Ref::EndUser(end_user.id),
                    end_user.version,
                ));
            } else {
                events.push(Event::changed(
                    "end_user.refreshed",
                    end_user.id,
                    end_user.version,
                ));
                changes.push(Change::put(refreshed.clone()));
            }
            refreshed
        }
    };

    let client = if let Some(client) = client.filter(|_| outcome != SignInOutcome::Created) {
        client.id()
    } else {
        provision_client(
            &settings,
            &end_user,
            new.client,
            now,
            &mut changes,
            &mut events,
        );
        new.client
    };

    let landing = landing(&begun, outcome, has_live_grant);
    let session = Session {
        id: new.session,
        workspace: connection.workspace,
        version: Version::FIRST,
        hash: new.session_hash,
        principal: Principal::EndUser(end_user.id),
        state: SessionState::AwaitingBrowser {
            browser_sha256: begun.browser_sha256(),
            landing: landing.clone(),
        },
        saml: Some(saml_session(who, &connection)),
        // The clock of the machine that made this person may have been ahead of this one.
        created_at: now.max(end_user.sessions_valid_from),
        expires_at: session_end(who, now),
    };
    events.push(
        Event::made("end_user.signed_in", end_user.id)
            .with("connection", connection.id)
            .with("session", session.id),
    );
    changes.push(Change::put(session));
    Ok(Decided {
        result: SignedInNow {
            outcome,
            end_user,
            client,
            landing,
        },
        changes,
        events,
    })
}

/// The provider that answers for the domain of this person's address when this one does not (R15).
///
/// The address that is known counts as well as the one of the assertion: whoever was linked must not be
/// reached through a lesser provider that merely states another address.
fn answers_instead<'a>(
    connection: &IdpConnection,
    others: &'a [IdpConnection],
    profile: &Profile,
    known: Option<&EndUser>,
) -> Option<&'a IdpConnection> {
    let before = known.and_then(|known| known.email.as_ref());
    let emails = profile.email.iter().chain(before);
    emails.map(EmailAddress::domain).find_map(|domain| {
        let here = connection.answers_for(&domain);
        others
            .iter()
            .find(|other| other.answers_for(&domain) > here)
    })
}

/// Somebody with the same address, only if this provider answers for its domain and linking is on (R15).
fn linkable(
    connection: &IdpConnection,
    profile: &Profile,
    mut same_email: Vec<EndUser>,
) -> Option<EndUser> {
    let domain = profile.email.as_ref()?.domain();
    let may_link =
        connection.linking == Switch::On && connection.answers_for(&domain) == AnswersFor::Named;
    // Two people with one address: which of them it is cannot be told, so it is neither.
    if may_link && same_email.len() == 1 {
        same_email.pop()
    } else {
        None
    }
}

/// R16: a deep link, else *Discover* the first time, else *My APIs* once there is a grant.
fn landing(begun: &Begun, outcome: SignInOutcome, has_live_grant: bool) -> String {
    match begun.return_to() {
        Some(path) => path.clone(),
        None if outcome != SignInOutcome::Created && has_live_grant => "/apis".to_owned(),
        None => "/discover".to_owned(),
    }
}

/// R17: 8 hours, or the provider's own end if that is earlier.
pub(super) fn session_end(who: &Assertion, now: Timestamp) -> Timestamp {
    let longest = now + Duration::hours(8);
    who.session_not_on_or_after
        .map_or(longest, |end| end.min(longest))
}

/// What keeps an assertion from being accepted twice (R11).
pub(super) fn accepted(who: &Assertion) -> AcceptedAssertion {
    AcceptedAssertion {
        idp_entity_id: who.issuer.clone(),
        assertion_id: who.assertion_id.clone(),
        valid_until: who.valid_until,
    }
}

/// What a logout at the provider needs.
pub(super) fn saml_session(who: &Assertion, connection: &IdpConnection) -> SamlSession {
    SamlSession {
        connection: connection.id,
        name_id: NameId {
            value: who.name_id.clone(),
            format: who.name_id_format.clone(),
        },
        session_index: who.session_index.clone(),
    }
}

impl Portal {
    /// Signs somebody in whose assertion was verified (R11 to R17), and makes the end user and the client
    /// if it is the first time (R13). The secret belongs into the browser's session cookie; the session
    /// counts after [`Portal::finish_sign_in`] has seen the browser that began the login.
    ///
    /// `RelayState` says where to go only if the login began at the provider, and only to a path of this portal.
    pub async fn sign_in(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        who: &Assertion,
        relay_state: Option<&str>,
        origin: &Origin,
    ) -> Result<(SignedInNow, Secret), Error> {
        let secret = self.secret(SecretKind::Session);
        let hash = secret.hash();
        let signed_in = self
            .deciding(|| async {
                let now = self.now();
                let view = self
                    .sign_in_view(workspace, connection, who, relay_state)
                    .await?;
                let decided = decide_sign_in(view, who, &self.new_sign_in(hash, now), now)?;
                let actor = Actor::EndUser(decided.result.end_user.id);
                let acting = Acting {
                    workspace,
                    actor,
                    origin,
                    now,
                };
                self.commit(&acting, decided).await
            })
            .await?;
        Ok((signed_in, secret))
    }

    pub(super) fn new_sign_in(&self, session_hash: SecretHash, now: Timestamp) -> NewSignIn {
        NewSignIn {
            end_user: self.id(EndUserId::new, now),
            client: self.id(ApiClientId::new, now),
            session: self.id(SessionId::new, now),
            session_hash,
        }
    }
}
