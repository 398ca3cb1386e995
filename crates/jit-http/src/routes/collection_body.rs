use axum::{extract::Request, http::StatusCode};
use jit_domain::portal::CollectionDraft;
use serde_json::Value;

use crate::{
    document,
    dto::collections_draft::{BesideDocument, NewCollection},
    extract::{parse_json, read_body},
    problem::Problem,
    same_origin::media_type,
};

const YAML: [&str; 4] = [
    "application/yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
];

/// A new collection in one of the three forms that its body may have.
pub(super) async fn new_collection(
    beside: BesideDocument,
    request: Request,
) -> Result<CollectionDraft, Problem> {
    let sent = media_type(request.headers()).unwrap_or_default();
    let sent = sent.to_ascii_lowercase();
    let is_yaml = YAML.contains(&sent.as_str());
    if !is_yaml && sent != "application/json" {
        return Err(Problem::media_type(
            "application/json` or `application/yaml",
        ));
    }
    let bytes = read_body(request, &()).await?;
    if is_yaml {
        return Ok(beside.with_document(document::from_body(&bytes)?));
    }
    let body: Value = parse_json(&bytes)?;
    if body.get("openapi").is_some() {
        return Ok(beside.with_document(document::from_body(&bytes)?));
    }
    if beside != BesideDocument::default() {
        let detail = "send these values in the body, beside `document`";
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "invalid_query",
            detail,
        ));
    }
    parse_json::<NewCollection>(&bytes)?.into_draft()
}
