use axum::{Json, extract::State};

use crate::{
    Api,
    caller::Console,
    dto::settings::{AppliedNow, JitSettings, JitSettingsDraft, Unapplied},
    extract::{Body, IfMatch},
    problem::{Problem, ProblemBody},
    respond::Versioned,
};

/// The JIT user settings, as they are.
#[utoipa::path(get, path = "/jit-settings", tag = "jit-settings", operation_id = "find_jit_settings", responses(
    (status = 200, body = JitSettings, headers(("etag" = String, description = "The version in quotes; \"0\" while they are not configured"))),
))]
pub(super) async fn find(
    Console(caller): Console,
    State(api): State<Api>,
) -> Result<Versioned<JitSettings>, Problem> {
    let settings = JitSettings::from(api.portal.find_jit_settings(&caller).await?);
    Ok(Versioned(settings.version(), settings))
}

/// Saves the JIT user settings. The method is final from the first login on.
#[utoipa::path(put, path = "/jit-settings", tag = "jit-settings", operation_id = "save_jit_settings",
    params(("if-match" = Option<String>, Header, description = "The version that was read, in quotes")),
    request_body = JitSettingsDraft, responses(
    (status = 200, body = JitSettings, headers(("etag" = String, description = "The version in quotes"))),
    (status = 409, description = "`auth_method_locked`, with `auth_method`, `since` and `clients`", body = ProblemBody, content_type = "application/problem+json"),
    (status = 412, description = "`stale_version`, with `current`", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn save(
    Console(caller): Console,
    IfMatch(expected): IfMatch,
    State(api): State<Api>,
    Body(draft): Body<JitSettingsDraft>,
) -> Result<Versioned<JitSettings>, Problem> {
    let portal = &api.portal;
    portal
        .save_jit_settings(&caller, expected, &draft.into())
        .await?;
    let settings = JitSettings::from(portal.find_jit_settings(&caller).await?);
    Ok(Versioned(settings.version(), settings))
}

/// How many clients *apply to existing clients* would change.
#[utoipa::path(get, path = "/jit-settings/apply", tag = "jit-settings", operation_id = "count_unapplied_clients", responses((status = 200, body = Unapplied)))]
pub(super) async fn count(
    Console(caller): Console,
    State(api): State<Api>,
) -> Result<Json<Unapplied>, Problem> {
    let unapplied = api.portal.count_unapplied_clients(&caller).await?;
    Ok(Json(unapplied.into()))
}

/// Gives existing clients the policy and the groups of the settings.
#[utoipa::path(post, path = "/jit-settings/apply", tag = "jit-settings", operation_id = "apply_jit_settings", responses((status = 200, body = AppliedNow)))]
pub(super) async fn apply(
    Console(caller): Console,
    State(api): State<Api>,
) -> Result<Json<AppliedNow>, Problem> {
    let applied = api.portal.apply_jit_settings(&caller).await?;
    Ok(Json(applied.into()))
}
