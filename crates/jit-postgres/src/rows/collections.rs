use jit_domain::{
    catalogue::ApiCollection,
    gateway::Route,
    ids::{ApiCollectionId, WorkspaceId},
    values::{Name, Slug, Summary},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{JsonText, Moment, Place};
use crate::error::PostgresError;

#[derive(FromRow)]
pub(crate) struct ApiCollectionRow {
    workspace_id: Uuid,
    id: Uuid,
    version: i64,
    slug: String,
    api_version: String,
    name: String,
    summary: String,
    owner: String,
    tags: JsonText,
    upstream: String,
    publication: String,
    audience: JsonText,
    operations: JsonText,
    document_version: String,
    created_at: Moment,
    updated_at: Moment,
    document: String,
}

impl TryFrom<ApiCollectionRow> for ApiCollection {
    type Error = PostgresError;

    fn try_from(row: ApiCollectionRow) -> Result<Self, PostgresError> {
        let id = ApiCollectionId::new(row.id);
        let at = Place::new("api_collections", &id);
        Ok(Self {
            id,
            workspace: WorkspaceId::new(row.workspace_id),
            version: at.version(row.version)?,
            slug: Slug::restore(row.slug),
            api_version: Slug::restore(row.api_version),
            name: Name::restore(row.name),
            summary: Summary::restore(row.summary),
            owner: row.owner,
            tags: at.json("tags", &row.tags)?,
            upstream: row.upstream,
            publication: at.code("publication", &row.publication)?,
            audience: at.json("audience", &row.audience)?,
            operations: at.json("operations", &row.operations)?,
            document_version: row.document_version,
            document: row.document,
            created_at: at.time("created_at", row.created_at)?,
            updated_at: at.time("updated_at", row.updated_at)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RouteRow {
    id: Uuid,
    slug: String,
    api_version: String,
    upstream: String,
    publication: String,
    audience: JsonText,
}

impl TryFrom<RouteRow> for Route {
    type Error = PostgresError;

    fn try_from(row: RouteRow) -> Result<Self, PostgresError> {
        let collection = ApiCollectionId::new(row.id);
        let at = Place::new("api_collections", &collection);
        Ok(Self {
            collection,
            slug: Slug::restore(row.slug),
            api_version: Slug::restore(row.api_version),
            upstream: row.upstream,
            publication: at.code("publication", &row.publication)?,
            audience: at.json("audience", &row.audience)?,
        })
    }
}
