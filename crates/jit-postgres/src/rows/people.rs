use jit_domain::{
    ids::{EndUserGroupId, EndUserId, IdpConnectionId, WorkspaceId},
    people::{EndUser, EndUserGroup},
    values::{EmailAddress, Name},
    views::GroupRow,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct EndUserRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    subjects: JsonText,
    connection_id: Uuid,
    display_name: String,
    email: Option<String>,
    memberships: JsonText,
    holds: JsonText,
    sessions_valid_from: Moment,
    created_at: Moment,
    last_signed_in_at: Moment,
}

impl TryFrom<EndUserRow> for EndUser {
    type Error = PostgresError;

    fn try_from(row: EndUserRow) -> Result<Self, PostgresError> {
        let id = EndUserId::new(row.id);
        let at = Place::new("end_users", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            subjects: at.json("subjects", &row.subjects)?,
            connection: IdpConnectionId::new(row.connection_id),
            display_name: Name::restore(row.display_name),
            email: row.email.map(EmailAddress::restore),
            memberships: at.json("memberships", &row.memberships)?,
            holds: at.json("holds", &row.holds)?,
            sessions_valid_from: at.time("sessions_valid_from", row.sessions_valid_from)?,
            created_at: at.time("created_at", row.created_at)?,
            last_signed_in_at: at.time("last_signed_in_at", row.last_signed_in_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct EndUserGroupRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    name: String,
    description: String,
    created_at: Moment,
}

impl TryFrom<EndUserGroupRow> for EndUserGroup {
    type Error = PostgresError;

    fn try_from(row: EndUserGroupRow) -> Result<Self, PostgresError> {
        let id = EndUserGroupId::new(row.id);
        let at = Place::new("end_user_groups", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            name: Name::restore(row.name),
            description: row.description,
            created_at: at.time("created_at", row.created_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct CountedGroupRow {
    #[sqlx(flatten)]
    group: EndUserGroupRow,
    #[sqlx(try_from = "i64")]
    members: u64,
}

impl TryFrom<CountedGroupRow> for GroupRow {
    type Error = PostgresError;

    fn try_from(row: CountedGroupRow) -> Result<Self, PostgresError> {
        Ok(Self {
            group: row.group.try_into()?,
            members: row.members,
        })
    }
}
