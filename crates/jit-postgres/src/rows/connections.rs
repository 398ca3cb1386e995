use jit_domain::{
    connections::{GroupSync, IdpConnection},
    ids::{IdpConnectionId, WorkspaceId},
    values::{Name, Slug},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct IdpConnectionRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    slug: String,
    name: String,
    state: String,
    idp: JsonText,
    attributes: JsonText,
    jit: String,
    group_rules: Option<JsonText>,
    enforced_domains: JsonText,
    linking: String,
    created_at: Moment,
}

impl TryFrom<IdpConnectionRow> for IdpConnection {
    type Error = PostgresError;

    fn try_from(row: IdpConnectionRow) -> Result<Self, PostgresError> {
        let id = IdpConnectionId::new(row.id);
        let at = Place::new("idp_connections", &id);
        let rules = at.some_json("group_rules", row.group_rules.as_deref())?;
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            slug: Slug::restore(row.slug),
            name: Name::restore(row.name),
            state: at.code("state", &row.state)?,
            idp: at.json("idp", &row.idp)?,
            attributes: at.json("attributes", &row.attributes)?,
            jit: at.code("jit", &row.jit)?,
            group_sync: rules.map_or(GroupSync::Off, GroupSync::On),
            enforced_domains: at.json("enforced_domains", &row.enforced_domains)?,
            linking: at.code("linking", &row.linking)?,
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}
