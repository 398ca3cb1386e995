use async_trait::async_trait;
use jit_domain::{
    ids::{SignInAttemptId, WorkspaceId},
    ports::SignInLogRepository,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    views::{Page, PageRequest},
};
use sqlx::QueryBuilder;

use super::{Read, below, one_more};
use crate::{rows::sign_in_log::SignInAttemptRow, store::PostgresStore};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT workspace_id, id, version, at, connection_id, reference, outcome, ip, evidence,
                expires_at
             FROM sign_in_attempts WHERE workspace_id = ",
            $rest
        )
    };
}

#[async_trait]
impl SignInLogRepository for PostgresStore {
    async fn find_sign_in_attempt(
        &self,
        workspace: WorkspaceId,
        id: SignInAttemptId,
    ) -> Read<Option<SignInAttempt>> {
        let query = sqlx::query_as::<_, SignInAttemptRow>(select!("$1 AND id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_sign_in_attempts(
        &self,
        workspace: WorkspaceId,
        filter: &SignInAttemptFilter,
        page: &PageRequest,
    ) -> Read<Page<SignInAttempt>> {
        // Only the conditions that are asked for: the plan of a text with all of them would suit none.
        let mut query = QueryBuilder::new(select!(""));
        query.push_bind(workspace.uuid());
        if let Some(connection) = filter.connection {
            query
                .push(" AND connection_id = ")
                .push_bind(connection.uuid());
        }
        match filter.refused {
            Some(true) => {
                query.push(" AND refusal IS NOT NULL");
            }
            Some(false) => {
                query.push(" AND refusal IS NULL");
            }
            None => {}
        }
        if let Some(reference) = &filter.reference {
            query.push(" AND reference = ").push_bind(reference);
        }
        query.push(" AND id < ").push_bind(below(page));
        query
            .push(" ORDER BY id DESC LIMIT ")
            .push_bind(one_more(page));
        let query = query.build_query_as::<SignInAttemptRow>();
        self.page(query, page, |attempt: &SignInAttempt| attempt.id.uuid())
            .await
    }
}
