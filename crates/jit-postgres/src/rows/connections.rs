use jit_domain::{
    connections::{GroupSync, IdpConnection},
    console::SetupLink,
    ids::{IdpConnectionId, SamlKeyId, SetupLinkId, WorkspaceId},
    saml_keys::{PrivateKey, SamlKey},
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
    provider: String,
    idp: Option<JsonText>,
    metadata: JsonText,
    saml: JsonText,
    attributes: JsonText,
    jit: String,
    group_rules: Option<JsonText>,
    enforced_domains: JsonText,
    linking: String,
    console_roles: JsonText,
    certificate_notices: JsonText,
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
            provider: at.code("provider", &row.provider)?,
            idp: at.some_json("idp", row.idp.as_deref())?,
            metadata: at.json("metadata", &row.metadata)?,
            saml: at.json("saml", &row.saml)?,
            attributes: at.json("attributes", &row.attributes)?,
            jit: at.code("jit", &row.jit)?,
            group_sync: rules.map_or(GroupSync::Off, GroupSync::On),
            enforced_domains: at.json("enforced_domains", &row.enforced_domains)?,
            linking: at.code("linking", &row.linking)?,
            console_roles: at.json("console_roles", &row.console_roles)?,
            certificate_notices: at.json("certificate_notices", &row.certificate_notices)?,
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct SamlKeyRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    private: Vec<u8>,
    certificate: JsonText,
    created_at: Moment,
}

impl TryFrom<SamlKeyRow> for SamlKey {
    type Error = PostgresError;

    fn try_from(row: SamlKeyRow) -> Result<Self, PostgresError> {
        let id = SamlKeyId::new(row.id);
        let at = Place::new("saml_keys", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            private: PrivateKey(row.private),
            certificate: at.json("certificate", &row.certificate)?,
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct SetupLinkRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    connection_id: Uuid,
    hash: Vec<u8>,
    created_by: JsonText,
    created_at: Moment,
    expires_at: Moment,
    opened_at: Option<Moment>,
}

impl TryFrom<SetupLinkRow> for SetupLink {
    type Error = PostgresError;

    fn try_from(row: SetupLinkRow) -> Result<Self, PostgresError> {
        let id = SetupLinkId::new(row.id);
        let at = Place::new("setup_links", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            connection: IdpConnectionId::new(row.connection_id),
            hash: at.hash("hash", &row.hash)?,
            created_by: at.json("created_by", &row.created_by)?,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.time("expires_at", row.expires_at)?,
            opened_at: at.some_time("opened_at", row.opened_at)?,
        })
    }
}
