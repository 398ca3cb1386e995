use jit_domain::{
    ids::{PolicyId, WorkspaceId},
    settings::JitSettings,
    values::Version,
};
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::{error::Failure, rows::json};

const SETTINGS: Put = Put {
    insert: "INSERT INTO jit_settings (
            workspace_id, version, epoch, method, policy_id, method_locked_since, saved_by, saved_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    replace: "UPDATE jit_settings SET version = ?2, epoch = ?3, method = ?4, policy_id = ?5,
            method_locked_since = ?6, saved_by = ?7, saved_at = ?8
        WHERE workspace_id = ?1 AND version = ?2 - 1",
};

pub(super) async fn put(db: &mut SqliteConnection, it: &JitSettings) -> Done {
    let put = SETTINGS
        .at(it.version)
        .bind(it.workspace.uuid())
        .bind(it.version.0)
        .bind(it.epoch.0)
        .bind(it.method.code())
        .bind(it.policy.map(PolicyId::uuid))
        .bind(it.method_locked_since.map(|at| at.timestamp_micros()))
        .bind(json(&it.saved_by)?)
        .bind(it.saved_at.timestamp_micros());
    hit(db, put).await?;
    if it.version != Version::FIRST {
        forget_groups(db, it).await?;
    }
    add_groups(db, it).await
}

pub(super) async fn same_epoch(
    db: &mut SqliteConnection,
    workspace: WorkspaceId,
    epoch: Version,
) -> Done {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM jit_settings WHERE workspace_id = ? AND epoch = ?")
            .bind(workspace.uuid())
            .bind(epoch.0)
            .fetch_optional(db)
            .await?;
    found.map(|_| ()).ok_or(Failure::Conflict)
}

async fn forget_groups(db: &mut SqliteConnection, it: &JitSettings) -> Done {
    let delete = sqlx::query("DELETE FROM jit_settings_groups WHERE workspace_id = ?");
    delete.bind(it.workspace.uuid()).execute(db).await?;
    Ok(())
}

async fn add_groups(db: &mut SqliteConnection, it: &JitSettings) -> Done {
    if it.groups.is_empty() {
        return Ok(());
    }
    let insert = sqlx::query(
        "INSERT INTO jit_settings_groups (workspace_id, group_id)
         SELECT ?, unhex(substr(value, 5)) FROM json_each(?)",
    );
    let insert = insert.bind(it.workspace.uuid()).bind(json(&it.groups)?);
    insert.execute(db).await?;
    Ok(())
}
