use axum::{Json, extract::State};
use jit_domain::{error::InvalidField, values::Slug};

use crate::{
    Api,
    caller::Console,
    dto::preview::{Preview, PreviewRequest},
    extract::Body,
    problem::Problem,
};

/// What signing in with an example would do, without doing it.
#[utoipa::path(post, path = "/jit-settings/preview", tag = "jit-settings", operation_id = "preview_sign_in", request_body = PreviewRequest, responses((status = 200, body = Preview)))]
pub(super) async fn preview(
    Console(caller): Console,
    State(api): State<Api>,
    Body(request): Body<PreviewRequest>,
) -> Result<Json<Preview>, Problem> {
    caller.require_administrator()?;
    let connection = match request.connection.parse() {
        Ok(id) => api.portal.find_connection(&caller, id).await?.slug,
        Err(_) => Slug::parse("connection", &request.connection)?,
    };
    let example = api.verifier.read_example(&request.assertion);
    let example = example
        .map_err(|refusal| InvalidField::new("assertion", refusal.expected, refusal.found))?;
    let preview = api
        .portal
        .preview_sign_in(&caller, &connection, example)
        .await?;
    Ok(Json(preview.into()))
}
