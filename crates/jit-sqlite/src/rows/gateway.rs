use jit_domain::{
    access::Grant,
    change::GatewayChange,
    gateway::CallingClient,
    ids::{ApiClientId, ApiCollectionId, EndUserId, PolicyId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Place, access::GrantRow, clients::credentials};
use crate::error::SqliteError;

#[derive(FromRow)]
pub(crate) struct CallingClientRow {
    id: Uuid,
    owner_id: Uuid,
    owner_is_usable: bool,
    groups: String,
    method: String,
    state: String,
    policy_id: Option<Uuid>,
    credentials: String,
    grants: String,
}

impl TryFrom<CallingClientRow> for CallingClient {
    type Error = SqliteError;

    fn try_from(row: CallingClientRow) -> Result<Self, SqliteError> {
        let id = ApiClientId::new(row.id);
        let at = Place::new("api_clients", &id);
        let grants: Vec<GrantRow> = at.json("grants", &row.grants)?;
        Ok(Self {
            id,
            owner: EndUserId::new(row.owner_id),
            owner_is_usable: row.owner_is_usable,
            groups: at.json("groups", &row.groups)?,
            method: at.code("method", &row.method)?,
            state: at.code("state", &row.state)?,
            policy: row.policy_id.map(PolicyId::new),
            credentials: credentials(at, &row.credentials)?,
            grants: grants
                .into_iter()
                .map(Grant::try_from)
                .collect::<Result<_, _>>()?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct GatewayChangeRow {
    number: i64,
    kind: String,
    id: Uuid,
}

impl TryFrom<GatewayChangeRow> for (u64, GatewayChange) {
    type Error = SqliteError;

    fn try_from(row: GatewayChangeRow) -> Result<Self, SqliteError> {
        let at = Place::new("gateway_changes", &row.number);
        let change = match row.kind.as_str() {
            "client" => GatewayChange::Client(ApiClientId::new(row.id)),
            "end_user" => GatewayChange::EndUser(EndUserId::new(row.id)),
            "policy" => GatewayChange::Policy(PolicyId::new(row.id)),
            "collection" => GatewayChange::Collection(ApiCollectionId::new(row.id)),
            other => return Err(at.corrupt("kind", "a kind of this release", other)),
        };
        let number = u64::try_from(row.number)
            .map_err(|_| at.corrupt("number", "a number above 0", row.number))?;
        Ok((number, change))
    }
}
