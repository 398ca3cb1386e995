use crate::{
    assertion::Assertion,
    connections::ConnectionState,
    error::{Error, Rejection},
    ids::WorkspaceId,
    people::Subject,
    sessions::AuthnRequestId,
    values::Slug,
};

use super::{SignInView, profile::Profile};
use crate::portal::Portal;

impl Portal {
    pub(in crate::portal) async fn sign_in_view(
        &self,
        workspace: WorkspaceId,
        connection: &Slug,
        who: &Assertion,
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
        let subject = Subject {
            idp_entity_id: who.issuer.clone(),
            name_id: who.name_id.clone(),
        };
        let known = store.find_end_user_by_subject(workspace, &subject).await?;
        let email = Profile::of(who, &connection).email;
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
        let request = match who
            .in_response_to
            .as_deref()
            .and_then(AuthnRequestId::parse)
        {
            Some(id) => store.find_authn_request(workspace, id).await?,
            None => None,
        };
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
            accepted_before,
        })
    }
}
