use jit_domain::{console::Workspace, ids::WorkspaceId, values::Slug};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct WorkspaceRow {
    workspace_id: Uuid,
    version: i64,
    slug: String,
    setup: JsonText,
}

impl TryFrom<WorkspaceRow> for Workspace {
    type Error = PostgresError;

    fn try_from(row: WorkspaceRow) -> Result<Self, PostgresError> {
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
