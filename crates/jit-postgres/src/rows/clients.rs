use jit_domain::{
    clients::{ApiClient, Credential},
    ids::{ApiClientId, CredentialId, EndUserId, PolicyId, WorkspaceId},
    values::Name,
};
use serde::Deserialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct ApiClientRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    owner_id: Uuid,
    method: String,
    origin: String,
    name: String,
    policy_id: Option<Uuid>,
    state: String,
    created_at: Moment,
    credentials: JsonText,
}

impl TryFrom<ApiClientRow> for ApiClient {
    type Error = PostgresError;

    fn try_from(row: ApiClientRow) -> Result<Self, PostgresError> {
        let id = ApiClientId::new(row.id);
        let at = Place::new("api_clients", &id);
        Ok(Self::restore(
            id,
            WorkspaceId::new(row.workspace_id),
            EndUserId::new(row.owner_id),
            at.code("method", &row.method)?,
            at.code("origin", &row.origin)?,
            at.time("created_at", row.created_at)?,
            at.version(row.version)?,
            Name::restore(row.name),
            row.policy_id.map(PolicyId::new),
            at.code("state", &row.state)?,
            credentials(at, &row.credentials)?,
        ))
    }
}

/// A credential as it comes inside the row of its client.
#[derive(Deserialize)]
struct CredentialRow {
    id: Uuid,
    name: String,
    hash: String,
    hint: String,
    created_at: Moment,
    expires_at: Option<Moment>,
    revoked_at: Option<Moment>,
    ip_rules: JsonText,
}

pub(super) fn credentials(at: Place<'_>, json: &str) -> Result<Vec<Credential>, PostgresError> {
    let rows: Vec<CredentialRow> = at.json("credentials", json)?;
    rows.into_iter().map(Credential::try_from).collect()
}

impl TryFrom<CredentialRow> for Credential {
    type Error = PostgresError;

    fn try_from(row: CredentialRow) -> Result<Self, PostgresError> {
        let id = CredentialId::new(row.id);
        let at = Place::new("credentials", &id);
        Ok(Self {
            id,
            name: Name::restore(row.name),
            hash: at.hash("hash", &bytes(&row.hash))?,
            hint: row.hint,
            created_at: at.time("created_at", row.created_at)?,
            expires_at: at.some_time("expires_at", row.expires_at)?,
            revoked_at: at.some_time("revoked_at", row.revoked_at)?,
            ip_rules: at.json("ip_rules", &row.ip_rules)?,
        })
    }
}

/// The bytes of a text of hexadecimal digits; fewer if others are in it.
fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |pair: &[u8]| match *pair {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    };
    hex.as_bytes().chunks(2).map_while(byte).collect()
}
