use jit_domain::{
    clients::{ApiClient, Credential},
    ids::PolicyId,
    values::Version,
};
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::code;

/// The method is written again, so that a trigger refuses another one (R4).
static CLIENT: Put = Put {
    table: "api_clients",
    insert: "INSERT INTO api_clients (
            workspace_id, id, version, owner_id, method, origin, name, policy_id, state, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    replace:
        "UPDATE api_clients SET version = $3, owner_id = $4, method = $5, origin = $6, name = $7,
            policy_id = $8, state = $9, created_at = $10
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &ApiClient) -> Done {
    let put = batch
        .put(&CLIENT, it.version)
        .await?
        .bind(it.workspace().uuid())
        .bind(it.id().uuid())
        .bind(i64::from(it.version.0))
        .bind(it.owner().uuid())
        .bind(it.method().code())
        .bind(code(it.origin())?)
        .bind(it.name.as_str())
        .bind(it.policy.map(PolicyId::uuid))
        .bind(code(it.state)?)
        .bind(it.created_at());
    put.hit()?;
    if it.version != Version::FIRST {
        forget_credentials(batch, it).await?;
    }
    for (position, credential) in (0_i64..).zip(it.credentials()) {
        add_credential(batch, it, position, credential).await?;
    }
    Ok(())
}

async fn forget_credentials(batch: &mut Batch<'_>, it: &ApiClient) -> Done {
    let delete = batch.statement(
        "credentials",
        "DELETE FROM credentials WHERE workspace_id = $1 AND client_id = $2",
    );
    let delete = delete.await?.bind(it.workspace().uuid());
    delete.bind(it.id().uuid()).run()
}

async fn add_credential(
    batch: &mut Batch<'_>,
    client: &ApiClient,
    position: i64,
    it: &Credential,
) -> Done {
    let insert = batch.statement(
        "credentials",
        "INSERT INTO credentials (
            workspace_id, id, client_id, position, name, hash, hint, created_at, expires_at,
            revoked_at, ip_rules)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    let insert = insert
        .await?
        .bind(client.workspace().uuid())
        .bind(it.id.uuid())
        .bind(client.id().uuid())
        .bind(position)
        .bind(it.name.as_str())
        .bind(&it.hash.0[..])
        .bind(&it.hint)
        .bind(it.created_at)
        .bind(it.expires_at)
        .bind(it.revoked_at)
        .bind(Json(&it.ip_rules));
    insert.hit()
}
