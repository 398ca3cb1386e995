//! The handlers: take out of the request, call the use case, answer.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Api;

mod access_requests;
mod audit_events;
mod clients;
mod collection_body;
mod collections;
mod credentials;
mod discover;
mod end_users;
mod grants;
mod groups;
mod idp_connections;
mod jit_settings;
mod me;
pub(crate) mod openapi;
mod policies;
mod preview;
mod sign_in_attempts;

/// Addresses that take short bodies.
pub(crate) fn small() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(openapi::find))
        .routes(routes!(me::find))
        .routes(routes!(jit_settings::find, jit_settings::save))
        .routes(routes!(jit_settings::count, jit_settings::apply))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::find, groups::change, groups::delete))
        .routes(routes!(policies::list, policies::create))
        .routes(routes!(policies::find, policies::change, policies::delete))
        .routes(routes!(discover::list))
        .routes(routes!(discover::find))
        .routes(routes!(access_requests::list, access_requests::create))
        .routes(routes!(access_requests::find))
        .routes(routes!(access_requests::approve))
        .routes(routes!(access_requests::reject))
        .routes(routes!(access_requests::withdraw))
        .routes(routes!(grants::list))
        .routes(routes!(grants::revoke))
        .routes(routes!(end_users::list))
        .routes(routes!(end_users::find))
        .routes(routes!(end_users::set_groups))
        .routes(routes!(
            end_users::list_holds,
            end_users::open_hold,
            end_users::clear_hold
        ))
        .routes(routes!(end_users::clear_admin_hold))
        .routes(routes!(clients::list))
        .routes(routes!(clients::find))
        .routes(routes!(credentials::list, credentials::create))
        .routes(routes!(credentials::rotate))
        .routes(routes!(credentials::revoke))
        .routes(routes!(audit_events::list))
        .routes(routes!(sign_in_attempts::list))
        .routes(routes!(sign_in_attempts::find))
        .routes(routes!(idp_connections::refresh))
        .routes(routes!(
            idp_connections::list_setup_links,
            idp_connections::create_setup_link
        ))
        .routes(routes!(idp_connections::delete_setup_link))
}

/// Addresses that take documents.
pub(crate) fn large() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(preview::preview))
        .routes(routes!(idp_connections::list, idp_connections::create))
        .routes(routes!(
            idp_connections::find,
            idp_connections::replace,
            idp_connections::change
        ))
        .routes(routes!(collections::list, collections::create))
        .routes(routes!(
            collections::find,
            collections::change,
            collections::delete
        ))
        .routes(routes!(collections::publish))
        .routes(routes!(collections::unpublish))
}
