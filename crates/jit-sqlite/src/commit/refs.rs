//! Removals and guards: the same for every kind, but for the table.

use jit_domain::{change::Ref, ids::WorkspaceId, values::Version};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{Done, hit};
use crate::error::Failure;

/// The text for the table of that kind, and the id.
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
                concat!($before, $table, " WHERE workspace_id = ? AND ", $key, $after),
                id.uuid(),
            ),)*
        }
    };
}

pub(super) async fn remove(
    db: &mut SqliteConnection,
    workspace: WorkspaceId,
    what: Ref,
    version: Version,
) -> Done {
    let (delete, id): (&'static str, Uuid) =
        in_table!(what, "DELETE FROM ", " = ? AND version = ?");
    let delete = sqlx::query(delete).bind(workspace.uuid()).bind(id);
    hit(db, delete.bind(version.0)).await
}

pub(super) async fn unchanged(
    db: &mut SqliteConnection,
    workspace: WorkspaceId,
    what: Ref,
    version: Version,
) -> Done {
    let (select, id): (&'static str, Uuid) =
        in_table!(what, "SELECT version FROM ", " = ? AND version = ?");
    let select = sqlx::query(select).bind(workspace.uuid()).bind(id);
    match select.bind(version.0).fetch_optional(db).await? {
        Some(_) => Ok(()),
        None => Err(Failure::Conflict),
    }
}
