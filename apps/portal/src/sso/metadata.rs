//! Our own metadata, for administrators of the provider.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use jit_domain::connections::ServiceProvider;
use jit_idp::sp_metadata;

use super::{find, refuse};
use crate::{pages::PageContext, wiring::App};

pub(super) async fn show(
    State(app): State<App>,
    context: PageContext,
    Path(connection): Path<String>,
) -> Response {
    match find(&app, &connection).await {
        Ok(connection) => {
            let service = ServiceProvider::of(&connection, &app.public_url);
            let keys = match app.saml_keys.get(&app).await {
                Ok(keys) => keys,
                Err(error) => return refuse(&context, &error),
            };
            let xml = sp_metadata(&connection, &service, &keys);
            let kind = [(header::CONTENT_TYPE, "application/samlmetadata+xml")];
            (kind, xml).into_response()
        }
        Err(error) => refuse(&context, &error),
    }
}
