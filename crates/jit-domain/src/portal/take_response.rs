//! What comes of a response of an identity provider, whatever it was asked for.

use crate::{
    assertion::{Assertion, AssertionRefusal, Examination},
    audit::Actor,
    change::{Change, Ref},
    connections::IdpConnection,
    console::{Administrator, Origin},
    error::{Error, Rejection},
    ids::SignInAttemptId,
    sessions::{AuthnRequest, LoginPurpose},
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt},
    tokens::Secret,
    values::{Timestamp, Version},
};

use super::{Acting, Decided, Portal, SignedInNow, sign_in::accepted};

/// So many characters of a name are remembered, whoever made it up.
const LONGEST_NAME: usize = 256;

/// A response that came to the address of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// The connection.
    pub connection: &'a IdpConnection,
    /// What the verifier found out.
    pub examination: &'a Examination,
    /// `RelayState`.
    pub relay_state: Option<&'a str>,
    /// From where.
    pub origin: &'a Origin,
}

/// What came of it. A secret belongs into the browser's session cookie, and the session counts after
/// [`Portal::finish_sign_in`].
#[derive(Debug)]
pub enum Answered {
    /// An end user signed in.
    EndUser(Box<SignedInNow>, Secret),
    /// Somebody signed in to the console.
    Administrator(Box<Administrator>, Secret),
    /// A test came to its end, well or not; nobody signed in.
    Test,
    /// It was not believed.
    Refused(AssertionRefusal),
}

impl Portal {
    /// Takes a response for what its login was begun for, and remembers for a time what came of it.
    ///
    /// Before the JIT user settings are saved no end user signs in, whatever the response says (R3).
    pub async fn take_response(&self, response: &Response<'_>) -> Result<Answered, Error> {
        let login = self.claimed_login(response).await?;
        let purpose = login.as_ref().map(|login| login.purpose);
        let answered = match purpose {
            Some(LoginPurpose::Test) => self.finish_test(response, login).await,
            Some(LoginPurpose::Console) => self.take_for_console(response).await,
            Some(LoginPurpose::Portal) | None => self.take_for_portal(response).await,
        };
        let outcome = match (&answered, &response.examination.verdict) {
            (Ok(Answered::EndUser(now, _)), _) => AttemptOutcome::EndUser {
                id: now.end_user.id,
            },
            (Ok(Answered::Administrator(it, _)), _) => AttemptOutcome::Administrator { id: it.id },
            (Ok(Answered::Test), Ok(_)) => AttemptOutcome::Tested,
            (Ok(Answered::Test | Answered::Refused(_)), Err(refusal)) => refusal.into(),
            (Err(Error::Rejected(rejection)), _) => rejection.into(),
            // Nothing is known of what the store is down for.
            _ => return answered,
        };
        // A log that cannot be written stops nobody.
        let _unwritten = self.log_attempt(response, purpose, outcome).await;
        answered
    }

    async fn take_for_portal(&self, response: &Response<'_>) -> Result<Answered, Error> {
        let (store, connection) = (&self.ports.store, response.connection);
        let workspace = connection.workspace;
        if store.find_jit_settings(workspace).await?.is_none() {
            return Err(Rejection::SettingsNotConfigured.into());
        }
        let who = match &response.examination.verdict {
            Ok(who) => who,
            Err(refusal) => return Ok(Answered::Refused(refusal.clone())),
        };
        let (relay_state, origin) = (response.relay_state, response.origin);
        let (now, secret) = self
            .sign_in(workspace, &connection.slug, who, relay_state, origin)
            .await?;
        Ok(Answered::EndUser(now.into(), secret))
    }

    async fn take_for_console(&self, response: &Response<'_>) -> Result<Answered, Error> {
        let connection = response.connection;
        let who = match &response.examination.verdict {
            Ok(who) => who,
            Err(refusal) => return Ok(Answered::Refused(refusal.clone())),
        };
        let (administrator, secret) = self
            .sign_in_to_console_by_sso(connection.workspace, &connection.slug, who, response.origin)
            .await?;
        Ok(Answered::Administrator(administrator.into(), secret))
    }

    /// A test that passed counts once. One that did not may be tried again by going back.
    async fn finish_test(
        &self,
        response: &Response<'_>,
        login: Option<AuthnRequest>,
    ) -> Result<Answered, Error> {
        let (Ok(who), Some(login)) = (&response.examination.verdict, login) else {
            return Ok(Answered::Test);
        };
        let now = self.now();
        if now >= login.expires_at {
            return Err(Rejection::LoginUnknown.into());
        }
        let decided = Decided {
            result: Answered::Test,
            changes: vec![
                Change::Remove(Ref::AuthnRequest(login.id), login.version),
                Change::Accept(accepted(who)),
            ],
            events: vec![],
        };
        let acting = Acting {
            workspace: login.workspace,
            actor: Actor::System,
            origin: response.origin,
            now,
        };
        match self.commit(&acting, decided).await {
            Err(Error::Contended) => Err(Rejection::AssertionReplayed.into()),
            done => done,
        }
    }

    /// The login that a response says it answers, believed or not: whoever forges one learns nothing by it.
    async fn claimed_login(&self, response: &Response<'_>) -> Result<Option<AuthnRequest>, Error> {
        let Some(who) = said(response.examination) else {
            return Ok(None);
        };
        let login = self.find_login(response.connection.workspace, who).await?;
        Ok(login.filter(|login| login.connection == response.connection.id))
    }

    async fn log_attempt(
        &self,
        response: &Response<'_>,
        purpose: Option<LoginPurpose>,
        outcome: AttemptOutcome,
    ) -> Result<(), Error> {
        let now = self.now();
        let (connection, examination) = (response.connection, response.examination);
        let difference = |issued: Timestamp| (issued - now).num_milliseconds();
        let attempt = SignInAttempt {
            id: self.id(SignInAttemptId::new, now),
            workspace: connection.workspace,
            version: Version::FIRST,
            at: now,
            connection: connection.id,
            outcome,
            origin: response.origin.clone(),
            evidence: Evidence {
                purpose,
                name_id: said(examination)
                    .map(|who| who.name_id.chars().take(LONGEST_NAME).collect())
                    .filter(|name: &String| !name.is_empty()),
                certificate: examination.certificate.clone(),
                clock_difference_ms: examination.issued_at.map(difference),
                checks: examination.checks.clone(),
                redacted: examination.redacted.clone(),
            },
            expires_at: now + SignInAttempt::KEPT,
        };
        let acting = Acting {
            workspace: connection.workspace,
            actor: Actor::System,
            origin: response.origin,
            now,
        };
        let decided = Decided {
            result: (),
            changes: vec![Change::put(attempt)],
            events: vec![],
        };
        self.commit(&acting, decided).await
    }
}

/// What a message says, believed or not.
fn said(examination: &Examination) -> Option<&Assertion> {
    let claimed = examination.claimed.as_ref().map(|it| &it.0);
    examination.verdict.as_ref().ok().or(claimed)
}
