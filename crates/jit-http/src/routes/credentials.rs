use axum::{Json, extract::State};
use jit_domain::{
    error::Rejection,
    ids::{ApiClientId, CredentialId},
    portal::Overlap,
};

use crate::{
    Api,
    caller::Anyone,
    dto::{
        credentials::{Credential, CredentialDraft, CredentialWithSecret, Rotation},
        items::Items,
    },
    extract::{Body, Id, Ids, MaybeBody, Nothing, Query},
    problem::Problem,
    respond::CreatedSecret,
};

/// The credentials of a client, oldest first, without their secrets.
#[utoipa::path(get, path = "/clients/{id}/credentials", tag = "credentials", operation_id = "list_credentials", params(("id" = String, Path)), responses((status = 200, body = Items<Credential>)))]
pub(super) async fn list(
    Anyone(caller): Anyone,
    Id(id): Id<ApiClientId>,
    Query(Nothing {}): Query<Nothing>,
    State(api): State<Api>,
) -> Result<Items<Credential>, Problem> {
    let client = api.portal.find_client(&caller, id).await?;
    Ok(Items::all(client.credentials().iter().cloned()))
}

/// Makes a credential. Its secret is in this answer and nowhere else.
#[utoipa::path(post, path = "/clients/{id}/credentials", tag = "credentials", operation_id = "create_credential", params(("id" = String, Path)), request_body = CredentialDraft, responses((status = 201, body = CredentialWithSecret)))]
pub(super) async fn create(
    Anyone(caller): Anyone,
    Id(id): Id<ApiClientId>,
    State(api): State<Api>,
    Body(draft): Body<CredentialDraft>,
) -> Result<CreatedSecret<CredentialWithSecret>, Problem> {
    let draft = draft.into();
    let new = api.portal.create_credential(&caller, id, &draft).await?;
    Ok(CreatedSecret(new.into()))
}

/// Makes a successor for a credential; the old secret lives on for the overlap.
#[utoipa::path(post, path = "/clients/{id}/credentials/{credential_id}/rotate", tag = "credentials", operation_id = "rotate_credential",
    params(("id" = String, Path), ("credential_id" = String, Path)), request_body = Option<Rotation>, responses((status = 201, body = CredentialWithSecret)))]
pub(super) async fn rotate(
    Anyone(caller): Anyone,
    Ids(client, old): Ids<ApiClientId, CredentialId>,
    State(api): State<Api>,
    MaybeBody(rotation): MaybeBody<Rotation>,
) -> Result<CreatedSecret<CredentialWithSecret>, Problem> {
    let overlap = rotation.overlap_seconds.map(Overlap::parse).transpose()?;
    let overlap = overlap.unwrap_or(Overlap::DEFAULT);
    let new = api.portal.rotate_credential(&caller, client, old, overlap);
    Ok(CreatedSecret(new.await?.into()))
}

/// Ends a credential at once.
#[utoipa::path(post, path = "/clients/{id}/credentials/{credential_id}/revoke", tag = "credentials", operation_id = "revoke_credential",
    params(("id" = String, Path), ("credential_id" = String, Path)), responses((status = 200, body = Credential)))]
pub(super) async fn revoke(
    Anyone(caller): Anyone,
    Ids(client, id): Ids<ApiClientId, CredentialId>,
    State(api): State<Api>,
) -> Result<Json<Credential>, Problem> {
    let portal = &api.portal;
    portal.revoke_credential(&caller, client, id).await?;
    let client = portal.find_client(&caller, client).await?;
    let revoked = client.find_credential(id).cloned();
    let revoked = revoked.ok_or(Rejection::NotFound { what: "credential" })?;
    Ok(Json(revoked.into()))
}
