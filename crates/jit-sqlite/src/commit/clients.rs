use jit_domain::{
    clients::{ApiClient, Credential},
    ids::PolicyId,
    values::Version,
};
use sqlx::SqliteConnection;

use super::{Done, Put, hit};
use crate::rows::{code, json};

/// The method is written again, so that a trigger refuses another one (R4).
const CLIENT: Put = Put {
    insert: "INSERT INTO api_clients (
            workspace_id, id, version, owner_id, method, origin, name, policy_id, state, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    replace:
        "UPDATE api_clients SET version = ?3, owner_id = ?4, method = ?5, origin = ?6, name = ?7,
            policy_id = ?8, state = ?9, created_at = ?10
        WHERE workspace_id = ?1 AND id = ?2 AND version = ?3 - 1",
};

pub(super) async fn put(db: &mut SqliteConnection, it: &ApiClient) -> Done {
    let put = CLIENT
        .at(it.version)
        .bind(it.workspace().uuid())
        .bind(it.id().uuid())
        .bind(it.version.0)
        .bind(it.owner().uuid())
        .bind(it.method().code())
        .bind(code(it.origin())?)
        .bind(it.name.as_str())
        .bind(it.policy.map(PolicyId::uuid))
        .bind(code(it.state)?)
        .bind(it.created_at().timestamp_micros());
    hit(db, put).await?;
    if it.version != Version::FIRST {
        forget_credentials(db, it).await?;
    }
    for (position, credential) in (0_i64..).zip(it.credentials()) {
        add_credential(db, it, position, credential).await?;
    }
    Ok(())
}

async fn forget_credentials(db: &mut SqliteConnection, it: &ApiClient) -> Done {
    let delete = sqlx::query("DELETE FROM credentials WHERE workspace_id = ? AND client_id = ?");
    let delete = delete.bind(it.workspace().uuid()).bind(it.id().uuid());
    delete.execute(db).await?;
    Ok(())
}

async fn add_credential(
    db: &mut SqliteConnection,
    client: &ApiClient,
    position: i64,
    it: &Credential,
) -> Done {
    let insert = sqlx::query(
        "INSERT INTO credentials (
            workspace_id, id, client_id, position, name, hash, hint, created_at, expires_at,
            revoked_at, ip_rules)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    let insert = insert
        .bind(client.workspace().uuid())
        .bind(it.id.uuid())
        .bind(client.id().uuid())
        .bind(position)
        .bind(it.name.as_str())
        .bind(&it.hash.0[..])
        .bind(&it.hint)
        .bind(it.created_at.timestamp_micros())
        .bind(it.expires_at.map(|at| at.timestamp_micros()))
        .bind(it.revoked_at.map(|at| at.timestamp_micros()))
        .bind(json(&it.ip_rules)?);
    insert.execute(db).await?;
    Ok(())
}
