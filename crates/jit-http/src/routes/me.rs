use axum::{Json, extract::State};
use jit_domain::portal::Caller;

use crate::{Api, caller::Anyone, dto::me::Me, problem::Problem};

/// Who am I?
#[utoipa::path(get, path = "/me", tag = "me", operation_id = "find_me", responses((status = 200, body = Me)))]
pub(super) async fn find(
    Anyone(caller): Anyone,
    State(api): State<Api>,
) -> Result<Json<Me>, Problem> {
    Ok(Json(match caller {
        Caller::Console(caller) => Me::console(caller),
        Caller::EndUser(caller) => {
            Me::end_user(&caller, &api.portal.find_own_client(&caller).await?)
        }
    }))
}
