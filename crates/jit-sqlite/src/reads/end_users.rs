use async_trait::async_trait;
use jit_domain::{
    ids::{EndUserId, WorkspaceId},
    people::{EndUser, Subject},
    ports::EndUserRepository,
    values::EmailAddress,
    views::{EndUserFilter, Page, PageRequest, SearchText},
};

use super::{Read, below, one_more};
use crate::{rows::people::EndUserRow, store::SqliteStore};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT u.workspace_id, u.id, u.version, u.connection_id, u.display_name, u.email,
                u.holds, u.sessions_valid_from, u.created_at, u.last_signed_in_at,
                (SELECT json_group_array(json_object(
                    'idp_entity_id', s.idp_entity_id, 'name_id', s.name_id))
                 FROM end_user_subjects s
                 WHERE s.workspace_id = u.workspace_id AND s.end_user_id = u.id) AS subjects,
                (SELECT json_group_array(json_object(
                    'group', 'grp_' || lower(hex(m.group_id)), 'source', m.source))
                 FROM memberships m
                 WHERE m.workspace_id = u.workspace_id AND m.end_user_id = u.id) AS memberships
             FROM end_users u ",
            $rest
        )
    };
}

#[async_trait]
impl EndUserRepository for SqliteStore {
    async fn find_end_user(&self, workspace: WorkspaceId, id: EndUserId) -> Read<Option<EndUser>> {
        let query =
            sqlx::query_as::<_, EndUserRow>(select!("WHERE u.workspace_id = ? AND u.id = ?"));
        self.find(query.bind(workspace.uuid()).bind(id.uuid()))
            .await
    }

    async fn find_end_user_by_subject(
        &self,
        workspace: WorkspaceId,
        subject: &Subject,
    ) -> Read<Option<EndUser>> {
        let query = sqlx::query_as::<_, EndUserRow>(select!(
            "WHERE u.workspace_id = ?1 AND u.id = (
                SELECT end_user_id FROM end_user_subjects
                WHERE workspace_id = ?1 AND idp_entity_id = ?2 AND name_id = ?3)"
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
            "WHERE u.workspace_id = ? AND u.email_key = ? ORDER BY u.id"
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
        let search = filter.search();
        let is_open = search.is_none();
        let (name, address) = search.map_or((None, None), |it| (it.name, it.address));
        let query = sqlx::query_as::<_, EndUserRow>(select!(
            "WHERE u.workspace_id = ?1 AND u.id < ?2
                AND (?3 OR u.name_key GLOB ?4 OR u.email_key GLOB ?5)
                AND (?6 IS NULL OR (u.holds = '[]') = ?6)
             ORDER BY u.id DESC LIMIT ?7"
        ));
        let query = query
            .bind(workspace.uuid())
            .bind(below(page))
            .bind(is_open)
            .bind(name.as_ref().map(pattern))
            .bind(address.as_ref().map(pattern))
            .bind(filter.usable)
            .bind(one_more(page));
        self.page(query, page, |user: &EndUser| user.id.uuid())
            .await
    }

    async fn count_end_users(&self, workspace: WorkspaceId) -> Read<u64> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM end_users WHERE workspace_id = ?");
        self.number(query.bind(workspace.uuid())).await
    }
}

/// For `GLOB`, which knows letter case.
fn pattern(text: &SearchText) -> String {
    match text {
        SearchText::Part(text) => format!("*{}*", literal(text)),
        SearchText::Beginning(text) => format!("{}*", literal(text)),
    }
}

/// The text without wildcards, for `GLOB`: each in a class of its own.
fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '*' | '?' | '[') {
            escaped.extend(['[', char, ']']);
        } else {
            escaped.push(char);
        }
    }
    escaped
}
