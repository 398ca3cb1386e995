use chrono::Duration;

use crate::{
    assertion::{Assertion, ExampleAssertion},
    catalogue::Policy,
    console::ConsoleCaller,
    error::{Error, Rejection},
    ids::{EndUserGroupId, EndUserId},
    sessions::{AuthnRequest, AuthnRequestId, LoginPurpose},
    settings::AuthMethod,
    tokens::{Secret, SecretKind},
    values::{EmailAddress, Name, Slug, Version},
};

use super::{Portal, SignInOutcome, decide_sign_in};

/// What signing in with an example would do (R10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What would happen.
    pub outcome: PreviewOutcome,
    /// What was read out of the example.
    pub assertion: Assertion,
}

/// What would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewOutcome {
    /// The person could sign in.
    Accepted {
        /// Created, linked or known.
        outcome: SignInOutcome,
        /// The end user that it would be, if there is one already.
        end_user: Option<EndUserId>,
        /// What the person would be called.
        display_name: Name,
        /// Their address.
        email: Option<EmailAddress>,
        /// The groups that they would be in, whatever the source.
        groups: Vec<EndUserGroupId>,
        /// How the client would authenticate.
        method: AuthMethod,
        /// The policy that would govern it.
        policy: Option<Policy>,
    },
    /// The person would be refused, and why.
    Refused(Rejection),
}

impl Portal {
    /// Says what signing in with an example would do, without doing it: the same decision, no commit (R10).
    pub async fn preview_sign_in(
        &self,
        caller: &ConsoleCaller,
        connection: &Slug,
        example: ExampleAssertion,
    ) -> Result<Preview, Error> {
        caller.require_administrator()?;
        let ExampleAssertion(assertion) = example;
        let now = self.now();
        let mut view = self
            .sign_in_view(caller.workspace, connection, &assertion, None)
            .await?;
        let known = view
            .known
            .as_ref()
            .or(view.same_email.first())
            .map(|user| user.id);
        let settings = view.settings.clone();
        let present_client = view.client.clone();
        // An example was not asked for and may be old: what an honest login would answer is taken as given.
        view.accepted_before = false;
        let request = AuthnRequest {
            id: AuthnRequestId::new(self.ports.random.id(now)),
            workspace: caller.workspace,
            version: Version::FIRST,
            connection: view.connection.id,
            purpose: LoginPurpose::Portal,
            browser: Secret::new(SecretKind::Browser, [0; 20]).hash(),
            return_to: None,
            created_at: now,
            expires_at: now + Duration::minutes(1),
        };
        let asked_for = Assertion {
            in_response_to: Some(request.id.to_string()),
            ..assertion.clone()
        };
        view.request = Some(request);
        let nobody = Secret::new(SecretKind::Session, [0; 20]).hash();
        let decided = decide_sign_in(view, &asked_for, &self.new_sign_in(nobody, now), now);
        let outcome = match decided {
            Err(rejection) => PreviewOutcome::Refused(rejection),
            Ok(decided) => {
                let user = decided.result.end_user;
                let client =
                    present_client.filter(|_| decided.result.outcome != SignInOutcome::Created);
                let method = client
                    .as_ref()
                    .map(crate::clients::ApiClient::method)
                    .or(settings.as_ref().map(|settings| settings.method))
                    .ok_or(Rejection::SettingsNotConfigured)?;
                let policy = match client {
                    Some(client) => client.policy,
                    None => settings.and_then(|settings| settings.policy),
                };
                let policy = match policy {
                    Some(id) => self.ports.store.find_policy(caller.workspace, id).await?,
                    None => None,
                };
                PreviewOutcome::Accepted {
                    outcome: decided.result.outcome,
                    end_user: known.filter(|_| decided.result.outcome != SignInOutcome::Created),
                    groups: user.groups().into_iter().collect(),
                    display_name: user.display_name,
                    email: user.email,
                    method,
                    policy,
                }
            }
        };
        Ok(Preview { outcome, assertion })
    }
}
