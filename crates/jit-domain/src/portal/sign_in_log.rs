//! The log of sign-ins, and logins that only show what a provider sends.

use crate::{
    assertion::{Assertion, Examination},
    audit::Actor,
    change::{Change, Ref},
    connections::IdpConnection,
    console::{ConsoleCaller, Origin},
    error::{Error, Rejection},
    ids::{SignInAttemptId, WorkspaceId},
    sessions::LoginPurpose,
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt, SignInAttemptFilter},
    values::Version,
    views::{Page, PageRequest},
};

use super::{Acting, ConnectionEditor, Decided, Portal};

impl Portal {
    /// Whether a response answers a login that only shows what a provider sends, and makes nothing.
    ///
    /// What it says is not believed yet; whoever forges such a response sees it and nothing else.
    pub async fn answers_test(
        &self,
        connection: &IdpConnection,
        examination: &Examination,
    ) -> Result<bool, Error> {
        let purpose = self.purpose_of(connection, examination).await?;
        Ok(purpose == Some(LoginPurpose::Test))
    }

    /// Takes the answer to a test: it counts once, and nothing comes of it but a line of the log.
    pub async fn finish_test_sign_in(
        &self,
        connection: &IdpConnection,
        examination: &Examination,
        origin: &Origin,
    ) -> Result<(), Error> {
        let workspace = connection.workspace;
        let outcome = match &examination.verdict {
            Ok(who) => {
                let consumed = self.find_login(workspace, who).await?;
                let consumed = consumed
                    .filter(|it| it.purpose == LoginPurpose::Test)
                    .ok_or(Rejection::LoginUnknown)?;
                let now = self.now();
                let decided = Decided {
                    result: (),
                    changes: vec![Change::Remove(
                        Ref::AuthnRequest(consumed.id),
                        consumed.version,
                    )],
                    events: vec![],
                };
                let acting = Acting {
                    workspace,
                    actor: Actor::System,
                    origin,
                    now,
                };
                self.commit(&acting, decided).await?;
                AttemptOutcome::Tested
            }
            Err(refusal) => refusal.into(),
        };
        self.log_sign_in(connection, examination, outcome, origin)
            .await
    }

    /// Remembers an attempt for a time, so that an administrator can say why it came to nothing.
    pub async fn log_sign_in(
        &self,
        connection: &IdpConnection,
        examination: &Examination,
        outcome: AttemptOutcome,
        origin: &Origin,
    ) -> Result<(), Error> {
        let now = self.now();
        let workspace = connection.workspace;
        let claimed = examination.claimed.as_ref().map(|it| &it.0);
        let believed = examination.verdict.as_ref().ok();
        let attempt = SignInAttempt {
            id: self.id(SignInAttemptId::new, now),
            workspace,
            version: Version::FIRST,
            at: now,
            connection: connection.id,
            outcome,
            origin: origin.clone(),
            evidence: Evidence {
                purpose: self.purpose_of(connection, examination).await?,
                name_id: believed.or(claimed).map(|it| it.name_id.clone()),
                certificate: examination.certificate.clone(),
                clock_difference_ms: examination
                    .issued_at
                    .map(|issued| (issued - now).num_milliseconds()),
                checks: examination.checks.clone(),
                redacted: examination.redacted.clone(),
            },
            expires_at: now + SignInAttempt::KEPT,
        };
        let acting = Acting {
            workspace,
            actor: Actor::System,
            origin,
            now,
        };
        let decided = Decided {
            result: (),
            changes: vec![Change::put(attempt)],
            events: vec![],
        };
        self.commit(&acting, decided).await
    }

    async fn purpose_of(
        &self,
        connection: &IdpConnection,
        examination: &Examination,
    ) -> Result<Option<LoginPurpose>, Error> {
        let claimed = examination.claimed.as_ref().map(|it| &it.0);
        let who: Option<&Assertion> = examination.verdict.as_ref().ok().or(claimed);
        let Some(who) = who else { return Ok(None) };
        let request = self.find_login(connection.workspace, who).await?;
        Ok(request
            .filter(|request| request.connection == connection.id)
            .map(|request| request.purpose))
    }

    /// A page of attempts, newest first.
    pub async fn list_sign_in_attempts(
        &self,
        caller: &ConsoleCaller,
        filter: &SignInAttemptFilter,
        page: &PageRequest,
    ) -> Result<Page<SignInAttempt>, Error> {
        caller.require_reader()?;
        let store = &self.ports.store;
        Ok(store
            .list_sign_in_attempts(caller.workspace, filter, page)
            .await?)
    }

    /// One attempt.
    pub async fn find_sign_in_attempt(
        &self,
        caller: &ConsoleCaller,
        id: SignInAttemptId,
    ) -> Result<SignInAttempt, Error> {
        caller.require_reader()?;
        let found = self
            .ports
            .store
            .find_sign_in_attempt(caller.workspace, id)
            .await?;
        Ok(found.ok_or(Rejection::NotFound {
            what: "sign-in attempt",
        })?)
    }

    /// The latest attempts through a connection, for those who set it up: what came of their tests.
    pub async fn list_attempts_through(
        &self,
        editor: &ConnectionEditor,
        connection: &IdpConnection,
        page: &PageRequest,
    ) -> Result<Page<SignInAttempt>, Error> {
        let connection = self
            .find_connection_to_set_up(editor, connection.id)
            .await?;
        let filter = SignInAttemptFilter {
            connection: Some(connection.id),
            ..SignInAttemptFilter::default()
        };
        let store = &self.ports.store;
        let workspace: WorkspaceId = editor.workspace();
        Ok(store
            .list_sign_in_attempts(workspace, &filter, page)
            .await?)
    }
}
