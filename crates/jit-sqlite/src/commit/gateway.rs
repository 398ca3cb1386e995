use jit_domain::{change::GatewayChange, ids::WorkspaceId};
use sqlx::SqliteConnection;

use super::Done;
use crate::rows::json;

/// One statement however many there are; the numbers follow the order of the list.
pub(super) async fn append(
    db: &mut SqliteConnection,
    workspace: WorkspaceId,
    changes: &[GatewayChange],
) -> Done {
    if changes.is_empty() {
        return Ok(());
    }
    let row = |change: &GatewayChange| match change {
        GatewayChange::Client(id) => ("client", id.uuid().simple()),
        GatewayChange::EndUser(id) => ("end_user", id.uuid().simple()),
        GatewayChange::Policy(id) => ("policy", id.uuid().simple()),
        GatewayChange::Collection(id) => ("collection", id.uuid().simple()),
    };
    let rows: Vec<_> = changes.iter().map(row).collect();
    let insert = sqlx::query(
        "INSERT INTO gateway_changes (workspace_id, kind, id)
         SELECT ?, value ->> 0, unhex(value ->> 1) FROM json_each(?) ORDER BY key",
    );
    let insert = insert.bind(workspace.uuid()).bind(json(&rows)?);
    insert.execute(db).await?;
    Ok(())
}
