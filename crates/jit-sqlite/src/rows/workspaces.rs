use jit_domain::{console::Workspace, ids::WorkspaceId, values::Slug};
use sqlx::FromRow;
use uuid::Uuid;

use super::Place;
use crate::error::SqliteError;

#[derive(FromRow)]
pub(crate) struct WorkspaceRow {
    workspace_id: Uuid,
    version: i64,
    slug: String,
    setup: String,
}

impl TryFrom<WorkspaceRow> for Workspace {
    type Error = SqliteError;

    fn try_from(row: WorkspaceRow) -> Result<Self, SqliteError> {
        let id = WorkspaceId::new(row.workspace_id);
        let at = Place::new("workspaces", &id);
        Ok(Self {
            id,
            version: at.version(row.version)?,
            slug: Slug::restore(row.slug),
            setup: at.json("setup", &row.setup)?,
        })
    }
}
