use jit_domain::{
    people::{EndUser, EndUserGroup},
    values::{EmailAddress, Version},
};
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::json;

const END_USER: Put = Put {
    insert: "INSERT INTO end_users (
            workspace_id, id, version, connection_id, display_name, name_key, email, email_key,
            holds, sessions_valid_from, created_at, last_signed_in_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    replace:
        "UPDATE end_users SET version = ?3, connection_id = ?4, display_name = ?5, name_key = ?6,
            email = ?7, email_key = ?8, holds = ?9, sessions_valid_from = ?10, created_at = ?11,
            last_signed_in_at = ?12
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_end_user(db: &mut SqliteConnection, it: &EndUser) -> Done {
    let put = END_USER
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.connection.uuid())
        .bind(it.display_name.as_str())
        .bind(it.display_name.as_str().to_lowercase())
        .bind(it.email.as_ref().map(EmailAddress::as_str))
        .bind(it.email.as_ref().map(EmailAddress::key))
        .bind(json(&it.holds)?)
        .bind(it.sessions_valid_from.timestamp_micros())
        .bind(it.created_at.timestamp_micros())
        .bind(it.last_signed_in_at.timestamp_micros());
    hit(db, put).await?;
    if it.version != Version::FIRST {
        forget_subjects(db, it).await?;
        forget_memberships(db, it).await?;
    }
    add_subjects(db, it).await?;
    add_memberships(db, it).await
}

async fn forget_subjects(db: &mut SqliteConnection, it: &EndUser) -> Done {
    let delete =
        sqlx::query("DELETE FROM end_user_subjects WHERE workspace_id = ? AND end_user_id = ?");
    let delete = delete.bind(it.workspace.uuid()).bind(it.id.uuid());
    delete.execute(db).await?;
    Ok(())
}

async fn add_subjects(db: &mut SqliteConnection, it: &EndUser) -> Done {
    for subject in &it.subjects {
        let insert = sqlx::query(
            "INSERT INTO end_user_subjects (workspace_id, end_user_id, idp_entity_id, name_id)
             VALUES (?, ?, ?, ?)",
        );
        let insert = insert.bind(it.workspace.uuid()).bind(it.id.uuid());
        let insert = insert.bind(&subject.idp_entity_id).bind(&subject.name_id);
        insert.execute(&mut *db).await?;
    }
    Ok(())
}

async fn forget_memberships(db: &mut SqliteConnection, it: &EndUser) -> Done {
    let delete = sqlx::query("DELETE FROM memberships WHERE workspace_id = ? AND end_user_id = ?");
    let delete = delete.bind(it.workspace.uuid()).bind(it.id.uuid());
    delete.execute(db).await?;
    Ok(())
}

/// One statement however many there are.
async fn add_memberships(db: &mut SqliteConnection, it: &EndUser) -> Done {
    if it.memberships.is_empty() {
        return Ok(());
    }
    let insert = sqlx::query(
        "INSERT INTO memberships (workspace_id, end_user_id, group_id, source)
         SELECT ?, ?, unhex(substr(value ->> 'group', 5)), value ->> 'source' FROM json_each(?)",
    );
    let insert = insert.bind(it.workspace.uuid()).bind(it.id.uuid());
    insert.bind(json(&it.memberships)?).execute(db).await?;
    Ok(())
}

const GROUP: Put = Put {
    insert: "INSERT INTO end_user_groups (
            workspace_id, id, version, name, name_key, description, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    replace: "UPDATE end_user_groups SET version = ?3, name = ?4, name_key = ?5, description = ?6,
            created_at = ?7
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put_group(db: &mut SqliteConnection, it: &EndUserGroup) -> Done {
    let put = GROUP
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.name.as_str())
        .bind(it.name.as_str().to_lowercase())
        .bind(&it.description)
        .bind(it.created_at.timestamp_micros());
    hit(db, put).await
}
