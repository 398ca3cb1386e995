use jit_domain::console::Workspace;
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::json;

const WORKSPACE: Put = Put {
    insert: "INSERT INTO workspaces (workspace_id, version, slug, setup) VALUES (?1, ?2, ?3, ?4)",
    replace: "UPDATE workspaces SET version = ?2, slug = ?3, setup = ?4
        WHERE workspace_id = ?1 AND version = ?2 - 1",
};

pub(super) async fn put(db: &mut SqliteConnection, it: &Workspace) -> Done {
    let put = WORKSPACE
        .at(it.version)
        .bind(it.id.uuid())
        .bind(it.version.0)
        .bind(it.slug.as_str())
        .bind(json(&it.setup)?);
    hit(db, put).await
}
