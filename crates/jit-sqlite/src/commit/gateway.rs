use jit_domain::{change::GatewayChange, ids::WorkspaceId};
use sqlx::SqliteConnection;

use super::Done;

pub(super) async fn append(
    db: &mut SqliteConnection,
    workspace: WorkspaceId,
    change: GatewayChange,
) -> Done {
    let (kind, id) = match change {
        GatewayChange::Client(id) => ("client", id.uuid()),
        GatewayChange::EndUser(id) => ("end_user", id.uuid()),
        GatewayChange::Policy(id) => ("policy", id.uuid()),
        GatewayChange::Collection(id) => ("collection", id.uuid()),
    };
    let insert =
        sqlx::query("INSERT INTO gateway_changes (workspace_id, kind, id) VALUES (?, ?, ?)");
    let insert = insert.bind(workspace.uuid()).bind(kind).bind(id);
    insert.execute(db).await?;
    Ok(())
}
