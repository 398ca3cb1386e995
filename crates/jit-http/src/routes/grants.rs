use axum::{Json, extract::State};
use jit_domain::{
    error::Rejection,
    ids::{ApiClientId, GrantId},
    portal::Caller,
    views::{GrantFilter, PageRequest},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::{Anyone, Console},
    dto::{
        grants::{Grant, RevokeGrant},
        items::Items,
    },
    extract::{Body, Id, Query, page},
    problem::Problem,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// The id of a client. End users see their own client's, whatever it says.
    #[param(value_type = Option<String>)]
    client: Option<ApiClientId>,
    /// The id or the slug of a collection. Only in the console.
    collection: Option<String>,
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// Grants, newest first, ended ones too; end users see their own.
#[utoipa::path(get, path = "/grants", tag = "grants", operation_id = "list_grants", params(Filter), responses((status = 200, body = Items<Grant>)))]
pub(super) async fn list(
    Anyone(caller): Anyone,
    Query(filter): Query<Filter>,
    State(api): State<Api>,
) -> Result<Items<Grant>, Problem> {
    let page = page(filter.limit, filter.after.as_deref())?;
    let grants = match &caller {
        Caller::EndUser(caller) => api.portal.list_own_grants(caller, &page).await?,
        Caller::Console(caller) => {
            let filter = GrantFilter {
                client: filter.client,
                collection: api
                    .collection_to_filter(filter.collection.as_deref())
                    .await?,
                collections: None,
            };
            api.portal.list_grants(caller, &filter, &page).await?
        }
    };
    Ok(Items::page(grants))
}

/// Takes a grant back: the client's next call is refused.
#[utoipa::path(post, path = "/grants/{id}/revoke", tag = "grants", operation_id = "revoke_grant", params(("id" = String, Path)), request_body = RevokeGrant, responses((status = 200, body = Grant)))]
pub(super) async fn revoke(
    Console(caller): Console,
    Id(id): Id<GrantId>,
    State(api): State<Api>,
    Body(body): Body<RevokeGrant>,
) -> Result<Json<Grant>, Problem> {
    api.portal.revoke_grant(&caller, id, &body.reason).await?;
    let missing = Rejection::NotFound { what: "grant" };
    let grant = api.portal.store().find_grant(caller.workspace, id);
    let grant = grant.await.map_err(jit_domain::error::Error::from)?;
    let grant = grant.ok_or(missing.clone())?;
    let filter = GrantFilter {
        client: Some(grant.client),
        collection: Some(grant.collection),
        collections: None,
    };
    let grants = api
        .portal
        .list_grants(&caller, &filter, &PageRequest::FIRST);
    let mut rows = grants.await?.items.into_iter();
    let row = rows.find(|row| row.grant.id == id).ok_or(missing)?;
    Ok(Json(row.into()))
}
