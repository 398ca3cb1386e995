use crate::{
    assertion::Assertion,
    connections::ConnectionState,
    error::{Error, Rejection},
    ids::WorkspaceId,
    sessions::{AuthnRequest, AuthnRequestId},
    values::Slug,
};

use super::{SignInView, profile::Profile};
use crate::portal::Portal;

impl Portal {
    /// The login under way that an assertion answers, believed or not.
    pub(in crate::portal) async fn find_login(
        &self,
        workspace: WorkspaceId,
        who: &Assertion,
    ) -> Result<Option<AuthnRequest>, Error> {
        let id = who.in_response_to.as_deref();
        match id.and_then(AuthnRequestId::parse) {
            Some(id) => Ok(self.ports.store.find_authn_request(workspace, id).await?),
            None => Ok(None),
        }
    }

    pub(in crate::portal) async fn sign_in_view(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        who: &Assertion,
        relay_state: Option<&str>,
    ) -> Result<SignInView, Error> {
        let store = &self.ports.store;
        let mut others = store.list_connections(workspace).await?;
        let connection = others
            .iter()
            .position(|other| other.slug == *connection)
            .map(|at| others.swap_remove(at))
            .ok_or(Rejection::NotFound {
                what: "identity provider",
            })?;
        others.retain(|other| other.state == ConnectionState::Active);
        let settings = store.find_jit_settings(workspace).await?;
        // Whoever cannot be named is refused by the decision.
        let profile = Profile::of(who, &connection).ok();
        let known = match &profile {
            Some(it) => {
                store
                    .find_end_user_by_subject(workspace, &it.subject)
                    .await?
            }
            None => None,
        };
        let email = profile.and_then(|it| it.email);
        let same_email = match (&known, &email) {
            (None, Some(email)) => store.list_end_users_by_email(workspace, email).await?,
            _ => vec![],
        };
        let client = match known.as_ref().or(same_email.first()) {
            Some(user) => store.find_client_of(workspace, user.id).await?,
            None => None,
        };
        let now = self.now();
        let has_live_grant = match &client {
            Some(client) => {
                let grants = store.list_grants_of_client(workspace, client.id()).await?;
                grants.iter().any(|grant| grant.is_live(now))
            }
            None => false,
        };
        let request = self.find_login(workspace, who).await?;
        let accepted_before = store
            .is_assertion_accepted(workspace, &who.issuer, &who.assertion_id)
            .await?;
        Ok(SignInView {
            connection,
            others,
            settings,
            known,
            same_email,
            client,
            has_live_grant,
            request,
            relay_state: relay_state.map(str::to_owned),
            accepted_before,
        })
    }
}
