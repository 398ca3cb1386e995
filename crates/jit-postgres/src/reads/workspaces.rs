use async_trait::async_trait;
use jit_domain::{console::Workspace, ports::WorkspaceRepository, values::Slug};

use super::Read;
use crate::{rows::workspaces::WorkspaceRow, store::PostgresStore};

#[async_trait]
impl WorkspaceRepository for PostgresStore {
    async fn find_workspace(&self, slug: &Slug) -> Read<Option<Workspace>> {
        let query = sqlx::query_as::<_, WorkspaceRow>(
            "SELECT workspace_id, version, slug, setup FROM workspaces WHERE slug = $1",
        );
        self.find(query.bind(slug.as_str())).await
    }
}
