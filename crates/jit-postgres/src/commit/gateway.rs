use jit_domain::{change::GatewayChange, ids::WorkspaceId};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Batch, Done};

/// The moment is that of the writing and not that of the begin of the transaction.
const APPEND: &str = "INSERT INTO gateway_changes (workspace_id, kind, id, written_at)
     SELECT $1, c.kind, c.id, clock_timestamp()
     FROM unnest($2::text[], $3::uuid[]) WITH ORDINALITY AS c (kind, id, place) ORDER BY c.place";

/// One statement however many there are; the numbers follow the order of the list.
pub(super) async fn append(
    batch: &mut Batch<'_>,
    workspace: WorkspaceId,
    changes: &[GatewayChange],
) -> Done {
    if changes.is_empty() {
        return Ok(());
    }
    let (kinds, ids) = columns(changes);
    let insert = batch.statement("gateway_changes", APPEND).await?;
    insert.bind(workspace.uuid()).bind(kinds).bind(ids).run()
}

/// Writes the same changes again, in a transaction of its own, for readers that went past the first numbers.
pub(crate) async fn append_again(
    db: &PgPool,
    workspace: WorkspaceId,
    changes: &[GatewayChange],
) -> Result<(), sqlx::Error> {
    let (kinds, ids) = columns(changes);
    let insert = sqlx::query(APPEND).bind(workspace.uuid());
    insert.bind(kinds).bind(ids).execute(db).await?;
    Ok(())
}

fn columns(changes: &[GatewayChange]) -> (Vec<&'static str>, Vec<Uuid>) {
    let row = |change: &GatewayChange| match change {
        GatewayChange::Client(id) => ("client", id.uuid()),
        GatewayChange::EndUser(id) => ("end_user", id.uuid()),
        GatewayChange::Policy(id) => ("policy", id.uuid()),
        GatewayChange::Collection(id) => ("collection", id.uuid()),
    };
    changes.iter().map(row).unzip()
}
