//! The log of sign-ins, for those who are asked why it does not work.

use crate::{
    connections::IdpConnection,
    console::ConsoleCaller,
    error::{Error, Rejection},
    ids::SignInAttemptId,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    views::{Page, PageRequest},
};

use super::{ConnectionEditor, Portal};

impl Portal {
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
        let store = &self.ports.store;
        let found = store.find_sign_in_attempt(caller.workspace, id).await?;
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
        Ok(store
            .list_sign_in_attempts(editor.workspace(), &filter, page)
            .await?)
    }
}
