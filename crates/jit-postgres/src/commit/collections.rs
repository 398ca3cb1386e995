use jit_domain::catalogue::ApiCollection;
use sqlx::types::Json;

use super::{Batch, Done, Put};
use crate::rows::code;

static COLLECTION: Put = Put {
    table: "api_collections",
    insert: "INSERT INTO api_collections (
            workspace_id, id, version, slug, api_version, name, name_key, summary, owner, tags, upstream,
            publication, audience, operations, document_version, created_at, updated_at, document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    replace: "UPDATE api_collections SET version = $3, slug = $4, api_version = $5, name = $6,
            name_key = $7, summary = $8, owner = $9, tags = $10, upstream = $11, publication = $12,
            audience = $13, operations = $14, document_version = $15, created_at = $16,
            updated_at = $17, document = $18
        WHERE workspace_id = $1 AND id = $2 AND version = $3 - 1",
};

pub(super) async fn put(batch: &mut Batch<'_>, it: &ApiCollection) -> Done {
    let put = batch
        .put(&COLLECTION, it.version)
        .await?
        .bind(it.workspace.uuid())
        .bind(it.id.uuid())
        .bind(i64::from(it.version.0))
        .bind(it.slug.as_str())
        .bind(it.api_version.as_str())
        .bind(it.name.as_str())
        .bind(it.name.as_str().to_lowercase())
        .bind(it.summary.as_str())
        .bind(&it.owner)
        .bind(Json(&it.tags))
        .bind(&it.upstream)
        .bind(code(it.publication)?)
        .bind(Json(&it.audience))
        .bind(Json(&it.operations))
        .bind(&it.document_version)
        .bind(it.created_at)
        .bind(it.updated_at)
        .bind(&it.document);
    put.hit()
}
