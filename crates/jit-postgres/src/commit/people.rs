use jit_domain::{
    people::{EndUser, EndUserGroup},
    values::{EmailAddress, Version},
};
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::code;

static END_USER: Put = Put {
    table: "end_users",
    insert: "INSERT INTO end_users (
            workspace_id, id, version, connection_id, display_name, name_key, email, email_key,
            holds, sessions_valid_from, created_at, last_signed_in_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    replace:
        "UPDATE end_users SET version = $3, connection_id = $4, display_name = $5, name_key = $6,
            email = $7, email_key = $8, holds = $9, sessions_valid_from = $10, created_at = $11,
            last_signed_in_at = $12
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_end_user(batch: &mut Batch<'_>, it: &EndUser) -> Done {
    let put = batch
        .put(&END_USER, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.connection.uuid())
        .bind(it.display_name.as_str())
        .bind(it.display_name.as_str().to_lowercase())
        .bind(it.email.as_ref().map(EmailAddress::as_str))
        .bind(it.email.as_ref().map(EmailAddress::key))
        .bind(Json(&it.holds))
        .bind(it.sessions_valid_from)
        .bind(it.created_at)
        .bind(it.last_signed_in_at);
    put.hit()?;
    if it.version != Version::FIRST {
        forget_subjects(batch, it).await?;
        forget_memberships(batch, it).await?;
    }
    add_subjects(batch, it).await?;
    add_memberships(batch, it).await
}

async fn forget_subjects(batch: &mut Batch<'_>, it: &EndUser) -> Done {
    let delete = batch.statement(
        "end_user_subjects",
        "DELETE FROM end_user_subjects WHERE workspace_id = $1 AND end_user_id = $2",
    );
    let delete = delete.await?.bind(it.workspace.uuid());
    delete.bind(it.id.uuid()).run()
}

async fn add_subjects(batch: &mut Batch<'_>, it: &EndUser) -> Done {
    let insert = batch.statement(
        "end_user_subjects",
        "INSERT INTO end_user_subjects (workspace_id, end_user_id, idp_entity_id, name_id)
         SELECT $1, $2, s.idp_entity_id, s.name_id
         FROM unnest($3::text[], $4::text[]) AS s (idp_entity_id, name_id)",
    );
    let subjects = it.subjects.iter();
    let (providers, names): (Vec<_>, Vec<_>) = subjects
        .map(|it| (it.idp_entity_id.as_str(), it.name_id.as_str()))
        .unzip();
    let insert = insert.await?.bind(it.workspace.uuid()).bind(it.id.uuid());
    insert.bind(providers).bind(names).run()
}

async fn forget_memberships(batch: &mut Batch<'_>, it: &EndUser) -> Done {
    let delete = batch.statement(
        "memberships",
        "DELETE FROM memberships WHERE workspace_id = $1 AND end_user_id = $2",
    );
    let delete = delete.await?.bind(it.workspace.uuid());
    delete.bind(it.id.uuid()).run()
}

/// One statement however many there are.
async fn add_memberships(batch: &mut Batch<'_>, it: &EndUser) -> Done {
    if it.memberships.is_empty() {
        return Ok(());
    }
    let insert = batch.statement(
        "memberships",
        "INSERT INTO memberships (workspace_id, end_user_id, group_id, source)
         SELECT $1, $2, m.group_id, m.source
         FROM unnest($3::uuid[], $4::text[]) AS m (group_id, source)",
    );
    let mut groups = Vec::with_capacity(it.memberships.len());
    let mut sources = Vec::with_capacity(it.memberships.len());
    for membership in &it.memberships {
        groups.push(membership.group.uuid());
        sources.push(code(membership.source)?);
    }
    let insert = insert.await?.bind(it.workspace.uuid()).bind(it.id.uuid());
    insert.bind(groups).bind(sources).run()
}

static GROUP: Put = Put {
    table: "end_user_groups",
    insert: "INSERT INTO end_user_groups (
            workspace_id, id, version, name, name_key, description, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)",
    replace: "UPDATE end_user_groups SET version = $3, name = $4, name_key = $5, description = $6,
            created_at = $7
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_group(batch: &mut Batch<'_>, it: &EndUserGroup) -> Done {
    let put = batch
        .put(&GROUP, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.name.as_str())
        .bind(it.name.as_str().to_lowercase())
        .bind(&it.description)
        .bind(it.created_at);
    put.hit()
}
