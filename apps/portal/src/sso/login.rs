//! Where a login begins: the browser goes to the provider with a cookie that it has to show at the end.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use jit_domain::{
    connections::ServiceProvider,
    ids::IdpConnectionId,
    portal::{BegunSignIn, ConnectionEditor, LoginTarget},
    values::Slug,
};
use jit_http::session::{Transport, login_cookie};
use jit_idp::LoginRequest;
use serde::Deserialize;

use super::{post, refuse, too_many};
use crate::{facts::RequestOrigin, pages::PageContext, wiring::App};

#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    next: Option<String>,
    #[serde(default)]
    to: Target,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Target {
    #[default]
    Portal,
    Console,
}

impl From<Target> for LoginTarget {
    fn from(target: Target) -> Self {
        match target {
            Target::Portal => Self::Portal,
            Target::Console => Self::Console,
        }
    }
}

pub(super) async fn begin(
    State(app): State<App>,
    context: PageContext,
    RequestOrigin(origin): RequestOrigin,
    Path(connection): Path<String>,
    Query(Wish { next, to }): Query<Wish>,
) -> Response {
    if let Err(seconds) = app.guesses.login(origin.ip) {
        return too_many(&context, seconds);
    }
    let slug = Slug::restore(connection);
    let begun = app
        .portal
        .begin_sign_in(app.workspace, &slug, to.into(), next.as_deref())
        .await;
    match begun {
        Ok(begun) => send(&app, &context, &begun).await,
        Err(error) => refuse(&context, &error),
    }
}

/// Begins a login that only shows what the provider sends.
pub async fn begin_test(
    app: &App,
    context: &PageContext,
    editor: &ConnectionEditor,
    connection: IdpConnectionId,
) -> Response {
    match app.portal.begin_test_sign_in(editor, connection).await {
        Ok(begun) => send(app, context, &begun).await,
        Err(error) => refuse(context, &error),
    }
}

async fn send(app: &App, context: &PageContext, begun: &BegunSignIn) -> Response {
    let keys = match app.saml_keys.get(app).await {
        Ok(keys) => keys,
        Err(error) => return refuse(context, &error),
    };
    let request = LoginRequest {
        id: begun.request.id,
        issued_at: begun.request.created_at,
        connection: &begun.connection,
        service: &ServiceProvider::of(&begun.connection, &app.public_url),
        keys: &keys,
        relay_state: None,
    };
    match request.message() {
        Ok(message) => {
            let cookie = login_cookie(begun.browser.reveal(), Transport::of(&app.public_url));
            let sent = post::send(context, &message);
            ([(header::SET_COOKIE, cookie)], sent).into_response()
        }
        Err(error) => post::refuse(context, error),
    }
}
