use jit_domain::{
    access::Grant,
    change::GatewayChange,
    gateway::CallingClient,
    ids::{ApiClientId, ApiCollectionId, EndUserId, PolicyId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Place, access::GrantRow, clients::credentials};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct CallingClientRow {
    id: Uuid,
    owner_id: Uuid,
    owner_is_usable: bool,
    groups: JsonText,
    method: String,
    state: String,
    policy_id: Option<Uuid>,
    credentials: JsonText,
    grants: JsonText,
}

impl TryFrom<CallingClientRow> for CallingClient {
    type Error = PostgresError;

    fn try_from(row: CallingClientRow) -> Result<Self, PostgresError> {
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

/// A change with what is settled as far as this row tells; without a change if there are none.
#[derive(FromRow)]
pub(crate) struct GatewayChangeRow {
    settled_before: i64,
    number: Option<i64>,
    kind: Option<String>,
    id: Option<Uuid>,
    is_settled: Option<bool>,
}

/// What a row tells.
pub(crate) struct Seen {
    pub(crate) change: Option<(u64, GatewayChange)>,
    pub(crate) settled: u64,
}

impl TryFrom<GatewayChangeRow> for Seen {
    type Error = PostgresError;

    fn try_from(row: GatewayChangeRow) -> Result<Self, PostgresError> {
        let at = Place::new("gateway_changes", &row.settled_before);
        let settled = at.number(row.settled_before)?;
        let Some(number) = row.number else {
            return Ok(Self {
                change: None,
                settled,
            });
        };
        let at = Place::new("gateway_changes", &number);
        let (kind, id) = (at.present("kind", row.kind)?, at.present("id", row.id)?);
        let change = match kind.as_str() {
            "client" => GatewayChange::Client(ApiClientId::new(id)),
            "end_user" => GatewayChange::EndUser(EndUserId::new(id)),
            "policy" => GatewayChange::Policy(PolicyId::new(id)),
            "collection" => GatewayChange::Collection(ApiCollectionId::new(id)),
            other => return Err(at.corrupt("kind", "a kind of this release", other)),
        };
        let number = at.number(number)?;
        Ok(Self {
            change: Some((number, change)),
            settled: if row.is_settled == Some(true) {
                number
            } else {
                settled
            },
        })
    }
}

impl Place<'_> {
    fn number(self, number: i64) -> Result<u64, PostgresError> {
        u64::try_from(number).map_err(|_| self.corrupt("number", "a number above 0", number))
    }
}
