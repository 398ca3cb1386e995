use axum::{Json, extract::State};
use jit_domain::{portal::DiscoverQuery, values::Slug};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    Api,
    caller::Person,
    dto::{
        discover::{Discovered, Filter},
        items::Items,
    },
    extract::{Id, Query},
    problem::Problem,
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// Words, all of which stand in the name, summary, owner or tags.
    q: Option<String>,
    /// Where the end user stands.
    #[param(inline)]
    access: Option<Filter>,
    /// One tag.
    tag: Option<String>,
}

/// The collections that the end user may see, by name.
#[utoipa::path(get, path = "/discover", tag = "discover", operation_id = "discover", params(Search), responses((status = 200, body = Items<Discovered>)))]
pub(super) async fn list(
    Person(caller): Person,
    Query(search): Query<Search>,
    State(api): State<Api>,
) -> Result<Items<Discovered>, Problem> {
    let query = DiscoverQuery {
        text: search.q.unwrap_or_default(),
        access: search.access.map(Into::into),
        tag: search.tag,
    };
    let seen = api.portal.discover(&caller).await?.into_iter();
    let found = seen.filter(|found| query.finds(found));
    let shown = found.map(|found| Discovered::new(found, &api.public_url));
    Ok(Items::all(shown))
}

/// One collection that the end user may see; its document only with a grant.
#[utoipa::path(get, path = "/discover/{slug}", tag = "discover", operation_id = "find_discovered", params(("slug" = String, Path)), responses((status = 200, body = Discovered)))]
pub(super) async fn find(
    Person(caller): Person,
    Id(slug): Id<String>,
    State(api): State<Api>,
) -> Result<Json<Discovered>, Problem> {
    let slug = Slug::parse("slug", &slug).map_err(Problem::not_found_because)?;
    let found = api.portal.find_collection_for_user(&caller, &slug).await?;
    Ok(Json(Discovered::new(found, &api.public_url)))
}
