use async_trait::async_trait;
use jit_domain::{
    ids::{IdpConnectionId, SignInAttemptId, WorkspaceId},
    ports::SignInLogRepository,
    sign_in_log::{SignInAttempt, SignInAttemptFilter},
    views::{Page, PageRequest},
};

use super::{Read, below, one_more};
use crate::{rows::sign_in_log::SignInAttemptRow, store::SqliteStore};

macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT workspace_id, id, version, at, connection_id, reference, outcome, ip, evidence,
                expires_at
             FROM sign_in_attempts ",
            $rest
        )
    };
}

/// The first condition leads the planner to an index; the others filter what that finds.
macro_rules! page_of {
    ($first:literal) => {
        select!(concat!(
            "WHERE workspace_id = ?1 ",
            $first,
            " AND (?2 IS NULL OR connection_id = ?2)
                AND (?3 IS NULL OR (refusal IS NOT NULL) = ?3)
                AND (?4 IS NULL OR reference = ?4)
                AND id < ?5
             ORDER BY id DESC LIMIT ?6"
        ))
    };
}

fn page_text(filter: &SignInAttemptFilter) -> &'static str {
    let is_refused = filter.refused == Some(true);
    match (filter.reference.is_some(), filter.connection.is_some()) {
        (true, _) => page_of!("AND reference = ?4"),
        (false, true) if is_refused => {
            page_of!("AND connection_id = ?2 AND refusal IS NOT NULL")
        }
        (false, true) => page_of!("AND connection_id = ?2"),
        (false, false) if is_refused => page_of!("AND refusal IS NOT NULL"),
        (false, false) => page_of!(""),
    }
}

#[async_trait]
impl SignInLogRepository for SqliteStore {
    async fn find_sign_in_attempt(
        &self,
        workspace: WorkspaceId,
        id: SignInAttemptId,
    ) -> Read<Option<SignInAttempt>> {
        let query =
            sqlx::query_as::<_, SignInAttemptRow>(select!("WHERE workspace_id = ? AND id = ?"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn list_sign_in_attempts(
        &self,
        workspace: WorkspaceId,
        filter: &SignInAttemptFilter,
        page: &PageRequest,
    ) -> Read<Page<SignInAttempt>> {
        let query = sqlx::query_as::<_, SignInAttemptRow>(page_text(filter))
            .bind(workspace.uuid())
            .bind(filter.connection.map(IdpConnectionId::uuid))
            .bind(filter.refused)
            .bind(&filter.reference)
            .bind(below(page))
            .bind(one_more(page));
        self.page(query, page, |attempt: &SignInAttempt| attempt.id.uuid())
            .await
    }
}
