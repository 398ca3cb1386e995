use jit_domain::{
    console::{Administrator, ApiToken, ConsoleSignIn},
    ids::{EndUserId, IdpConnectionId},
    people::Subject,
};
use sqlx::types::Json;

use super::{Batch, Done, Put};

static ADMINISTRATOR: Put = Put {
    table: "administrators",
    insert: "INSERT INTO administrators (
            workspace_id, id, version, email, email_key, name, role, password_hash, connection_id,
            idp_entity_id, name_id, end_user_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    replace:
        "UPDATE administrators SET version = $3, email = $4, email_key = $5, name = $6, role = $7,
            password_hash = $8, connection_id = $9, idp_entity_id = $10, name_id = $11,
            end_user_id = $12, created_at = $13
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_administrator(batch: &mut Batch<'_>, it: &Administrator) -> Done {
    let sign_in = SignIn::of(&it.sign_in);
    let put = batch
        .put(&ADMINISTRATOR, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.email.as_str())
        .bind(it.email.key())
        .bind(it.name.as_str())
        .bind(Json(&it.role))
        .bind(sign_in.password_hash)
        .bind(sign_in.connection.map(IdpConnectionId::uuid))
        .bind(sign_in.subject.map(|it| it.idp_entity_id.as_str()))
        .bind(sign_in.subject.map(|it| it.name_id.as_str()))
        .bind(it.end_user.map(EndUserId::uuid))
        .bind(it.created_at);
    put.hit()
}

/// The columns of a way to sign in.
struct SignIn<'a> {
    password_hash: Option<&'a str>,
    connection: Option<IdpConnectionId>,
    subject: Option<&'a Subject>,
}

impl<'a> SignIn<'a> {
    fn of(sign_in: &'a ConsoleSignIn) -> Self {
        let (password_hash, connection, subject) = match sign_in {
            ConsoleSignIn::Password { hash } => (Some(hash.as_str()), None, None),
            ConsoleSignIn::Sso {
                connection,
                subject,
            } => (None, Some(*connection), Some(subject)),
        };
        Self {
            password_hash,
            connection,
            subject,
        }
    }
}

static TOKEN: Put = Put {
    table: "api_tokens",
    insert: "INSERT INTO api_tokens (
            workspace_id, id, version, name, role, hash, hint, created_at, expires_at, revoked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    replace: "UPDATE api_tokens SET version = $3, name = $4, role = $5, hash = $6, hint = $7,
            created_at = $8, expires_at = $9, revoked_at = $10
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put_token(batch: &mut Batch<'_>, it: &ApiToken) -> Done {
    let put = batch
        .put(&TOKEN, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.name.as_str())
        .bind(Json(&it.role))
        .bind(&it.hash.0[..])
        .bind(&it.hint)
        .bind(it.created_at)
        .bind(it.expires_at)
        .bind(it.revoked_at);
    put.hit()
}
