use async_trait::async_trait;
use jit_domain::{
    ids::{EndUserId, WorkspaceId},
    people::{EndUser, Subject},
    ports::EndUserRepository,
    values::EmailAddress,
    views::{EndUserFilter, Page, PageRequest, SearchText},
};
use sqlx::QueryBuilder;

use super::{Read, below, one_more};
use crate::{rows::people::EndUserRow, store::PostgresStore};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT u.workspace_id, u.id, u.version, u.connection_id, u.display_name, u.email,
                u.holds, u.sessions_valid_from, u.created_at, u.last_signed_in_at,
                (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                    'idp_entity_id', s.idp_entity_id, 'name_id', s.name_id)), '[]')
                 FROM end_user_subjects s
                 WHERE s.workspace_id = u.workspace_id AND s.end_user_id = u.id) AS subjects,
                (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                    'group', 'grp_' || replace(m.group_id::text, '-', ''), 'source', m.source)), '[]')
                 FROM memberships m
                 WHERE m.workspace_id = u.workspace_id AND m.end_user_id = u.id) AS memberships
             FROM end_users u ",
            $rest
        )
    };
}

#[async_trait]
impl EndUserRepository for PostgresStore {
    async fn find_end_user(&self, workspace: WorkspaceId, id: EndUserId) -> Read<Option<EndUser>> {
        let query =
            sqlx::query_as::<_, EndUserRow>(select!("WHERE u.workspace_id = $1 AND u.id = $2"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_end_user_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<EndUser>> {
        let query = sqlx::query_as::<_, EndUserRow>(select!(
            "WHERE u.workspace_id = $1 AND u.id = (
                SELECT end_user_id FROM end_user_subjects
                WHERE workspace_id = $1 AND idp_entity_id = $2 AND name_id = $3)"
        ));
        let query = query.bind(workspace.uuid());
        self.find(query.bind(&subject.idp_entity_id).bind(&subject.name_id))
            .await
    }

    async fn list_end_users_by_email(
        &self,
        workspace: WorkspaceId,
        email: &EmailAddress,
    ) -> Read<Vec<EndUser>> {
        let query = sqlx::query_as::<_, EndUserRow>(select!(
            "WHERE u.workspace_id = $1 AND u.email_key = $2 ORDER BY u.id"
        ));
        self.list(query.bind(workspace.uuid()).bind(email.key()))
            .await
    }

    async fn list_end_users(
        &self,
        workspace: WorkspaceId,
        filter: &EndUserFilter,
        page: &PageRequest,
    ) -> Read<Page<EndUser>> {
        // Only the conditions that are asked for: the plan of a text with all of them would suit none.
        let mut query = QueryBuilder::new(select!("WHERE u.workspace_id = "));
        query.push_bind(workspace.uuid());
        if let Some(search) = filter.search() {
            query.push(" AND (FALSE");
            if let Some(text) = &search.name {
                query.push(" OR u.name_key LIKE ").push_bind(pattern(text));
            }
            if let Some(text) = &search.address {
                query.push(" OR u.email_key LIKE ").push_bind(pattern(text));
            }
            query.push(")");
        }
        match filter.usable {
            Some(true) => query.push(" AND u.holds = '[]'"),
            Some(false) => query.push(" AND u.holds <> '[]'"),
            None => &mut query,
        };
        query.push(" AND u.id < ").push_bind(below(page));
        query
            .push(" ORDER BY u.id DESC LIMIT ")
            .push_bind(one_more(page));
        // Planned anew each time: what is best depends on how rare the text is.
        let query = query.build_query_as::<EndUserRow>().persistent(false);
        self.page(query, page, |user: &EndUser| user.id.uuid())
            .await
    }

    async fn count_end_users(&self, workspace: WorkspaceId) -> Read<u64> {
        let query = sqlx::query_as("SELECT COUNT(*) FROM end_users WHERE workspace_id = $1");
        self.number(query.bind(workspace.uuid())).await
    }
}

/// For `LIKE`.
fn pattern(text: &SearchText) -> String {
    match text {
        SearchText::Part(text) => format!("%{}%", literal(text)),
        SearchText::Beginning(text) => format!("{}%", literal(text)),
    }
}

/// The text without wildcards, for `LIKE`.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}
