use jit_domain::console::Workspace;
use sqlx::types::Json;

use super::{Batch, Done, Put};

static WORKSPACE: Put = Put {
    table: "workspaces",
    insert: "INSERT INTO workspaces (workspace_id, version, slug, setup) VALUES ($1, $2, $3, $4)",
    replace: "UPDATE workspaces SET version = $2, slug = $3, setup = $4
        WHERE workspace_id = $1 AND version = $2 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &Workspace) -> Done {
    let put = batch
        .put(&WORKSPACE, it.version)
        .await?
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.slug.as_str())
        .bind(Json(&it.setup));
    put.hit()
}
