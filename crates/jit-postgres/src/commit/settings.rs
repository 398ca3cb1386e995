use jit_domain::{
    ids::{PolicyId, WorkspaceId},
    settings::JitSettings,
    values::Version,
};
use sqlx::types::Json;

use super::{Batch, Done, Put};

static SETTINGS: Put = Put {
    table: "jit_settings",
    insert: "INSERT INTO jit_settings (
            workspace_id, version, epoch, method, policy_id, method_locked_since, saved_by, saved_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    replace: "UPDATE jit_settings SET version = $2, epoch = $3, method = $4, policy_id = $5,
            method_locked_since = $6, saved_by = $7, saved_at = $8
        WHERE workspace_id = $1 AND version = $2 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &JitSettings) -> Done {
    let put = batch
        .put(&SETTINGS, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(i64::from(it.version.0))
        .bind(i64::from(it.epoch.0))
        .bind(it.method.code())
        .bind(it.policy.map(PolicyId::uuid))
        .bind(it.method_locked_since)
        .bind(Json(&it.saved_by))
        .bind(it.saved_at);
    put.hit()?;
    if it.version != Version::FIRST {
        forget_groups(batch, it).await?;
    }
    add_groups(batch, it).await
}

pub(super) async fn same_epoch(
    batch: &mut Batch<'_>,
    workspace: WorkspaceId,
    epoch: Version,
) -> Done {
    let select = batch.statement(
        "jit_settings",
        "SELECT 1 FROM jit_settings WHERE workspace_id = $1 AND epoch = $2 FOR SHARE",
    );
    let select = select.await?.bind(workspace.uuid());
    select.bind(i64::from(epoch.0)).hit()
}

async fn forget_groups(batch: &mut Batch<'_>, it: &JitSettings) -> Done {
    let delete = batch.statement(
        "jit_settings_groups",
        "DELETE FROM jit_settings_groups WHERE workspace_id = $1",
    );
    delete.await?.bind(it.workspace.uuid()).run()
}

async fn add_groups(batch: &mut Batch<'_>, it: &JitSettings) -> Done {
    if it.groups.is_empty() {
        return Ok(());
    }
    let insert = batch.statement(
        "jit_settings_groups",
        "INSERT INTO jit_settings_groups (workspace_id, group_id)
         SELECT $1, unnest($2::uuid[])",
    );
    let groups: Vec<_> = it.groups.iter().map(|group| group.uuid()).collect();
    insert.await?.bind(it.workspace.uuid()).bind(groups).run()
}
