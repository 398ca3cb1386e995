//! What a commit leaves behind that no other can leave.

use jit_domain::{
    change::{Change, Commit, Ref},
    ids::AuditEventId,
    values::Version,
};
use sqlx::PgPool;

use super::refs;
use crate::{error::PostgresError, writer::patiently};

#[derive(Clone, Copy)]
enum Trace {
    Event(AuditEventId),
    Row(Ref),
}

/// Whether a commit was applied whose answer was lost.
pub(crate) async fn is_applied(db: &PgPool, commit: &Commit) -> Result<bool, PostgresError> {
    let trace = of(commit).ok_or(PostgresError::Unknown)?;
    let found = patiently(|| is_there(db, commit, trace)).await;
    found.map_err(PostgresError::from)
}

/// The id of an audit event, or of something new: ids are never used twice.
fn of(commit: &Commit) -> Option<Trace> {
    let event = commit.events.first().map(|event| Trace::Event(event.id));
    let made = || commit.changes.iter().find_map(made);
    event.or_else(|| made().map(Trace::Row))
}

fn made(change: &Change) -> Option<Ref> {
    match change {
        // The settings share the id of their workspace.
        Change::Put(it) if it.version() == Version::FIRST => {
            Some(it.reference()).filter(|it| !matches!(it, Ref::JitSettings(_)))
        }
        Change::Put(_)
        | Change::Remove(..)
        | Change::Unchanged(..)
        | Change::SameEpoch(_)
        | Change::Accept(_) => None,
    }
}

async fn is_there(db: &PgPool, commit: &Commit, trace: Trace) -> Result<bool, sqlx::Error> {
    let id = match trace {
        Trace::Event(id) => id,
        Trace::Row(what) => return refs::is_there(db, commit.workspace, what).await,
    };
    let found: Option<i32> =
        sqlx::query_scalar("SELECT 1 FROM audit_events WHERE workspace_id = $1 AND id = $2")
            .bind(commit.workspace.uuid())
            .bind(id.uuid())
            .fetch_optional(db)
            .await?;
    Ok(found.is_some())
}
