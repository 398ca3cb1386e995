//! The one write: guards first, every change in order, then the audit events, then the changelog of the gateway.

use std::time::Instant;

use jit_domain::{
    change::{AcceptedAssertion, Aggregate, Change, Commit},
    ids::WorkspaceId,
    values::Version,
};
use sqlx::PgConnection;

use crate::error::Failure;

mod access;
mod audit;
mod batch;
mod clients;
mod collections;
mod connections;
mod console;
mod gateway;
mod locks;
mod people;
mod policies;
mod refs;
mod sessions;
mod settings;
mod sign_in_log;
mod trace;
mod workspaces;

use batch::Batch;
pub(crate) use gateway::append_again;
pub(crate) use trace::is_applied;

type Done = Result<(), Failure>;

/// Applies a commit inside a transaction, which must be rolled back after a failure.
/// Gives a moment before its changes got their numbers in the changelog.
pub(crate) async fn apply(db: &mut PgConnection, commit: &Commit) -> Result<Instant, Failure> {
    let mut batch = Batch::new(db);
    locks::take(&mut batch, commit).await?;
    for change in &commit.changes {
        match change {
            Change::Put(it) => {
                belongs(it.workspace(), commit)?;
                put(&mut batch, it).await?;
            }
            Change::Remove(what, version) => {
                refs::remove(&mut batch, commit.workspace, *what, *version).await?;
            }
            Change::Unchanged(what, version) => {
                // The others were looked at when they were locked.
                if locks::is_written(commit, *what) {
                    refs::unchanged(&mut batch, commit.workspace, *what, *version).await?;
                }
            }
            Change::SameEpoch(epoch) => {
                settings::same_epoch(&mut batch, commit.workspace, *epoch).await?;
            }
            Change::Accept(it) => accept(&mut batch, commit.workspace, it).await?,
        }
    }
    for event in &commit.events {
        belongs(event.workspace, commit)?;
    }
    audit::append(&mut batch, &commit.events).await?;
    gateway::append(&mut batch, commit.workspace, &commit.gateway_changes()).await?;
    let numbered = Instant::now();
    batch.send().await?;
    Ok(numbered)
}

async fn put(batch: &mut Batch<'_>, aggregate: &Aggregate) -> Done {
    match aggregate {
        Aggregate::Workspace(it) => workspaces::put(batch, it).await,
        Aggregate::JitSettings(it) => settings::put(batch, it).await,
        Aggregate::IdpConnection(it) => connections::put(batch, it).await,
        Aggregate::EndUser(it) => people::put_end_user(batch, it).await,
        Aggregate::EndUserGroup(it) => people::put_group(batch, it).await,
        Aggregate::ApiClient(it) => clients::put(batch, it).await,
        Aggregate::Policy(it) => policies::put(batch, it).await,
        Aggregate::ApiCollection(it) => collections::put(batch, it).await,
        Aggregate::AccessRequest(it) => access::put_request(batch, it).await,
        Aggregate::Grant(it) => access::put_grant(batch, it).await,
        Aggregate::Administrator(it) => console::put_administrator(batch, it).await,
        Aggregate::ApiToken(it) => console::put_token(batch, it).await,
        Aggregate::Session(it) => sessions::put_session(batch, it).await,
        Aggregate::AuthnRequest(it) => sessions::put_authn_request(batch, it).await,
        Aggregate::SamlKey(it) => connections::put_key(batch, it).await,
        Aggregate::SetupLink(it) => connections::put_link(batch, it).await,
        Aggregate::SignInAttempt(it) => sign_in_log::put(batch, it).await,
    }
}

async fn accept(batch: &mut Batch<'_>, workspace: WorkspaceId, it: &AcceptedAssertion) -> Done {
    let insert = batch.statement(
        "accepted_assertions",
        "INSERT INTO accepted_assertions (workspace_id, idp_entity_id, assertion_id, valid_until)
         VALUES ($1, $2, $3, $4)",
    );
    let insert = insert
        .await?
        .bind(workspace.uuid())
        .bind(&it.idp_entity_id)
        .bind(&it.assertion_id)
        .bind(it.valid_until);
    insert.hit()
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
    table: &'static str,
    insert: &'static str,
    replace: &'static str,
}

impl Put {
    fn at(&self, version: Version) -> &'static str {
        if version == Version::FIRST {
            self.insert
        } else {
            self.replace
        }
    }
}
