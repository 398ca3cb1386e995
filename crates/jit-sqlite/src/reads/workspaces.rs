use async_trait::async_trait;
use jit_domain::{console::Workspace, ports::WorkspaceRepository, values::Slug};

use super::Read;
use crate::{rows::workspaces::WorkspaceRow, store::SqliteStore};

#[async_trait]
impl WorkspaceRepository for SqliteStore {
    async fn find_workspace(&self, slug: &Slug) -> Read<Option<Workspace>> {
        let query = sqlx::query_as::<_, WorkspaceRow>(
            "SELECT workspace_id, version, slug, setup FROM workspaces WHERE slug = ?",
        );
        self.find(query.bind(slug.as_str())).await
    }
}
