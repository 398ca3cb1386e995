//! Removals and guards: the same for every kind, but for the table.

use jit_domain::{change::Ref, ids::WorkspaceId, values::Version};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Batch, Done};

/// The table of that kind, the text for it, and the id.
macro_rules! in_table {
    ($what:expr, $before:literal, $after:literal) => {
        in_table!($what, $before, $after,
            Workspace: "workspaces", "workspace_id";
            JitSettings: "jit_settings", "workspace_id";
            IdpConnection: "idp_connections", "id";
            EndUser: "end_users", "id";
            EndUserGroup: "end_user_groups", "id";
            ApiClient: "api_clients", "id";
            Policy: "policies", "id";
            ApiCollection: "api_collections", "id";
            AccessRequest: "access_requests", "id";
            Grant: "grants", "id";
            Administrator: "administrators", "id";
            ApiToken: "api_tokens", "id";
            Session: "sessions", "id";
            AuthnRequest: "authn_requests", "id";
            SamlKey: "saml_keys", "id";
            SetupLink: "setup_links", "id";
            SignInAttempt: "sign_in_attempts", "id";
        )
    };
    ($what:expr, $before:literal, $after:literal, $($kind:ident: $table:literal, $key:literal;)*) => {
        match $what {
            $(Ref::$kind(id) => (
                $table,
                concat!($before, $table, " WHERE workspace_id = $1 AND ", $key, $after),
                id.uuid(),
            ),)*
        }
    };
}

pub(super) async fn remove(
    batch: &mut Batch<'_>,
    workspace: WorkspaceId,
    what: Ref,
    version: Version,
) -> Done {
    let (table, delete, id): (_, _, Uuid) =
        in_table!(what, "DELETE FROM ", " = $2 AND version = $3");
    // What refers to it is checked, or removed with it, at the end of the statement.
    let stands_alone = matches!(what, Ref::AuthnRequest(_) | Ref::Session(_));
    if !stands_alone {
        batch.send().await?;
    }
    let delete = batch.statement(table, delete).await?;
    let delete = delete.bind(workspace.uuid()).bind(id);
    delete.bind(i64::from(version.0)).hit()?;
    if stands_alone {
        Ok(())
    } else {
        batch.send().await
    }
}

/// Holds the row as it is until the end of the transaction: whoever is changing it is waited for, and the
/// version looked at again.
pub(super) async fn unchanged(
    batch: &mut Batch<'_>,
    workspace: WorkspaceId,
    what: Ref,
    version: Version,
) -> Done {
    let (table, select, id): (_, _, Uuid) = in_table!(
        what,
        "SELECT version FROM ",
        " = $2 AND version = $3 FOR SHARE"
    );
    let select = batch.statement(table, select).await?;
    let select = select.bind(workspace.uuid()).bind(id);
    select.bind(i64::from(version.0)).hit()
}

/// Waits for the turn to change the row.
pub(super) async fn lock(batch: &mut Batch<'_>, workspace: WorkspaceId, what: Ref) -> Done {
    let (table, select, id): (_, _, Uuid) =
        in_table!(what, "SELECT version FROM ", " = $2 FOR NO KEY UPDATE");
    let select = batch.statement(table, select).await?;
    select.bind(workspace.uuid()).bind(id).run()
}

/// Whether that row is there, at whatever version.
pub(super) async fn is_there(
    db: &PgPool,
    workspace: WorkspaceId,
    what: Ref,
) -> Result<bool, sqlx::Error> {
    let (_, select, id): (&str, _, Uuid) = in_table!(what, "SELECT 1 FROM ", " = $2");
    let found: Option<i32> = sqlx::query_scalar(select)
        .bind(workspace.uuid())
        .bind(id)
        .fetch_optional(db)
        .await?;
    Ok(found.is_some())
}
