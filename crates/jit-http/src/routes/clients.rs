use axum::extract::State;
use jit_domain::{ids::ApiClientId, portal::Caller};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::Anyone,
    dto::{clients::Client, items::Items},
    extract::{Id, Query, page},
    problem::Problem,
    respond::Versioned,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// 1 to 100; 50 if absent.
    limit: Option<u32>,
    /// The `next` of an earlier answer.
    after: Option<String>,
}

/// Clients, newest first; end users see their own.
#[utoipa::path(get, path = "/clients", tag = "clients", operation_id = "list_clients", params(Part), responses((status = 200, body = Items<Client>)))]
pub(super) async fn list(
    Anyone(caller): Anyone,
    Query(part): Query<Part>,
    State(api): State<Api>,
) -> Result<Items<Client>, Problem> {
    let page = page(part.limit, part.after.as_deref())?;
    Ok(match &caller {
        Caller::EndUser(caller) => Items::all([api.portal.find_own_client(caller).await?]),
        Caller::Console(caller) => Items::page(api.portal.list_clients(caller, &page).await?),
    })
}

/// One client.
#[utoipa::path(get, path = "/clients/{id}", tag = "clients", operation_id = "find_client", params(("id" = String, Path)), responses((status = 200, body = Client)))]
pub(super) async fn find(
    Anyone(caller): Anyone,
    Id(id): Id<ApiClientId>,
    State(api): State<Api>,
) -> Result<Versioned<Client>, Problem> {
    let client = api.portal.find_client(&caller, id).await?;
    Ok(Versioned(client.version, client.into()))
}
