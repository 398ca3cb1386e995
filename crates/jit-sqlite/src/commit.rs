//! The one write: every change in order, then the audit events, then the changelog of the gateway.

use jit_domain::{
    change::{AcceptedAssertion, Aggregate, Change, Commit},
    ids::WorkspaceId,
    values::Version,
};
use sqlx::{Sqlite, SqliteConnection, query::Query, sqlite::SqliteArguments};

use crate::error::Failure;

mod access;
mod audit;
mod clients;
mod collections;
mod connections;
mod console;
mod gateway;
mod people;
mod policies;
mod refs;
mod sessions;
mod settings;
mod sign_in_log;
mod workspaces;

type Done = Result<(), Failure>;
type Statement<'q> = Query<'q, Sqlite, SqliteArguments>;

/// Applies a commit inside a transaction, which must be rolled back after a failure.
pub(crate) async fn apply(db: &mut SqliteConnection, commit: &Commit) -> Done {
    for change in &commit.changes {
        match change {
            Change::Put(it) => {
                belongs(it.workspace(), commit)?;
                put(db, it).await?;
            }
            Change::Remove(what, version) => {
                refs::remove(db, commit.workspace, *what, *version).await?;
            }
            Change::Unchanged(what, version) => {
                refs::unchanged(db, commit.workspace, *what, *version).await?;
            }
            Change::SameEpoch(epoch) => {
                settings::same_epoch(db, commit.workspace, *epoch).await?;
            }
            Change::Accept(it) => accept(db, commit.workspace, it).await?,
        }
    }
    for event in &commit.events {
        belongs(event.workspace, commit)?;
    }
    audit::append(db, &commit.events).await?;
    gateway::append(db, commit.workspace, &commit.gateway_changes()).await
}

async fn put(db: &mut SqliteConnection, aggregate: &Aggregate) -> Done {
    match aggregate {
        Aggregate::Workspace(it) => workspaces::put(db, it).await,
        Aggregate::JitSettings(it) => settings::put(db, it).await,
        Aggregate::IdpConnection(it) => connections::put(db, it).await,
        Aggregate::EndUser(it) => people::put_end_user(db, it).await,
        Aggregate::EndUserGroup(it) => people::put_group(db, it).await,
        Aggregate::ApiClient(it) => clients::put(db, it).await,
        Aggregate::Policy(it) => policies::put(db, it).await,
        Aggregate::ApiCollection(it) => collections::put(db, it).await,
        Aggregate::AccessRequest(it) => access::put_request(db, it).await,
        Aggregate::Grant(it) => access::put_grant(db, it).await,
        Aggregate::Administrator(it) => console::put_administrator(db, it).await,
        Aggregate::ApiToken(it) => console::put_token(db, it).await,
        Aggregate::Session(it) => sessions::put_session(db, it).await,
        Aggregate::AuthnRequest(it) => sessions::put_authn_request(db, it).await,
        Aggregate::SamlKey(it) => connections::put_key(db, it).await,
        Aggregate::SetupLink(it) => connections::put_link(db, it).await,
        Aggregate::SignInAttempt(it) => sign_in_log::put(db, it).await,
    }
}

async fn accept(db: &mut SqliteConnection, workspace: WorkspaceId, it: &AcceptedAssertion) -> Done {
    let insert = sqlx::query(
        "INSERT INTO accepted_assertions (workspace_id, idp_entity_id, assertion_id, valid_until)
         VALUES (?, ?, ?, ?)",
    );
    let insert = insert
        .bind(workspace.uuid())
        .bind(&it.idp_entity_id)
        .bind(&it.assertion_id)
        .bind(it.valid_until.timestamp_micros());
    insert.execute(db).await?;
    Ok(())
}

/// R38: nothing of another workspace.
fn belongs(workspace: WorkspaceId, commit: &Commit) -> Done {
    if workspace == commit.workspace {
        Ok(())
    } else {
        Err(Failure::Conflict)
    }
}

/// The two texts of a put. Their parameters are the same, in the same order.
struct Put {
    insert: &'static str,
    replace: &'static str,
}

impl Put {
    fn at(&self, version: Version) -> Statement<'static> {
        sqlx::query(if version == Version::FIRST {
            self.insert
        } else {
            self.replace
        })
    }
}

/// Runs a statement that must hit exactly the row, at exactly the version, that was relied on.
async fn hit(db: &mut SqliteConnection, statement: Statement<'_>) -> Done {
    match statement.execute(db).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Failure::Conflict),
    }
}
