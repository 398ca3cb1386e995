use jit_domain::{
    catalogue::Policy,
    ids::{PolicyId, WorkspaceId},
    values::Name,
    views::PolicyRow as CountedPolicy,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct PolicyRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    name: String,
    rate: Option<JsonText>,
    quota: Option<JsonText>,
    ip_rules: JsonText,
    created_at: Moment,
}

impl TryFrom<PolicyRow> for Policy {
    type Error = PostgresError;

    fn try_from(row: PolicyRow) -> Result<Self, PostgresError> {
        let id = PolicyId::new(row.id);
        let at = Place::new("policies", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            name: Name::restore(row.name),
            rate: at.some_json("rate", row.rate.as_deref())?,
            quota: at.some_json("quota", row.quota.as_deref())?,
            ip_rules: at.json("ip_rules", &row.ip_rules)?,
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct CountedPolicyRow {
    #[sqlx(flatten)]
    policy: PolicyRow,
    #[sqlx(try_from = "i64")]
    clients: u64,
}

impl TryFrom<CountedPolicyRow> for CountedPolicy {
    type Error = PostgresError;

    fn try_from(row: CountedPolicyRow) -> Result<Self, PostgresError> {
        Ok(Self {
            policy: row.policy.try_into()?,
            clients: row.clients,
        })
    }
}
